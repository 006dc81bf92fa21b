"""Where a text is: each step that it took with its day and reason, where it stands, what comes next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.common import events
from portal.common.formatting import day, day_and_time, local_day
from portal.common.models import Event
from portal.common.reviews import Link
from portal.moderation.due import due_on
from portal.moderation.models import Decision
from portal.moderation.queries import decisions_about
from portal.submissions.models import Appeal, Submission, SubmittedVersion
from portal.submissions.queries import versions_of
from portal.submissions.redress.queries import measures_of
from portal.submissions.redress.states import APPEAL_STATES
from portal.submissions.redress_enums import Act, MeasureState
from portal.submissions.states import SUBMITTABLE, SubmissionState
from portal.submissions.types import SubmissionType

# What authors read of an event; of one that only names a state, the state.
SAID: Mapping[str, Promise] = {
    "created": gettext_lazy("Begun"),
    "imported": gettext_lazy("Entered by the secretariat"),
    "in_review": gettext_lazy("Somebody of the secretariat began to read it"),
    "given_back": gettext_lazy("It waits again for somebody who reads it"),
    "correcting": gettext_lazy("A new version was begun"),
    "recalled": gettext_lazy("Taken back to change it"),
    "given_up": gettext_lazy("Changes given up"),
    "taken_up": gettext_lazy("Taken up again"),
    "opened_again": gettext_lazy("Opened for changes again"),
    "unmerged": gettext_lazy("On its own again"),
    "appealed": gettext_lazy("Your organization appealed"),
    "appeal_granted": gettext_lazy("Appeal granted by two"),
    "appeal_dismissed": gettext_lazy("Appeal dismissed by two"),
    "take_down_confirmed": gettext_lazy("Take-down confirmed"),
    "put_back": gettext_lazy("Put back as it was"),
    "amendment_proposed": gettext_lazy("The secretariat proposed an amendment"),
    "amendment_accepted": gettext_lazy("Your organization accepted the amendment; it is public"),
    "amendment_refused": gettext_lazy("Your organization refused the amendment"),
    "amendment_taken_back": gettext_lazy("The secretariat took its amendment back"),
    "amendment_lapsed": gettext_lazy("The amendment lapsed, because the text had changed"),
    "refiling_accepted": gettext_lazy("Filed anew by two of the secretariat"),
}
AMENDED = frozenset({"amendment_accepted", "refiling_accepted"})
PROPOSED = "amendment_proposed"
OF_AMENDMENTS = frozenset(action for action in SAID if action.startswith("amendment_"))
ASKED = gettext_lazy("Your organization accepts or refuses the amendment.")
NO_DEADLINE = gettext_lazy(
    "There is no day by which. Until you decide the text stays as it is; the amendment lapses only when the "
    "text changes or goes."
)


@dataclass(frozen=True, slots=True)
class Item:
    """One of `components/timeline.html`."""

    title: str
    date: str = ""
    text: str = ""
    url: str = ""
    link: Link | None = None
    done: bool = False
    current: bool = False


def course_of(of: SubmissionType, draft: Submission, now: datetime) -> list[Item]:
    """What happened, oldest first; where it stands; what may come. Three queries, four after an appeal."""
    rows = list(events.history(of.kind, draft.key).order_by("pk"))
    actions = [row.action for row in rows]
    return [*_past(of, draft, rows), *_now(of, draft, now), *_asked(draft, actions), *_then(of, draft)]


def _past(of: SubmissionType, draft: Submission, rows: Iterable[Event]) -> Iterator[Item]:
    versions = {version.receipt_number: version for version in versions_of(draft)}
    amended = {version.submitted_at: version for version in versions.values()}
    decided = {decision.decided_at: decision for decision in decisions_about(of, draft)}
    for event in rows:
        if event.action == SubmissionState.SUBMITTED:
            yield _submitted(of, draft, event, versions.get(str(event.details.get("receipt"))))
        elif event.action in AMENDED and event.at in amended:
            yield _amended(of, draft, event, amended[event.at])
        elif title := _title(of, event.action):
            yield Item(title, day_and_time(event.at), _reason(decided.get(event.at)), done=True)


def _submitted(of: SubmissionType, draft: Submission, event: Event, version: SubmittedVersion | None) -> Item:
    at = day_and_time(event.at)
    if version is None:
        return Item(_("Submitted"), at, done=True)
    title = _("Submitted: receipt %(number)s") % {"number": version.receipt_number}
    url = of.address("receipt_of", draft.key, version.receipt_number)
    return Item(title, at, url=url, link=_changes(of, draft, version), done=True)


def _amended(of: SubmissionType, draft: Submission, event: Event, version: SubmittedVersion) -> Item:
    url = of.address("receipt_of", draft.key, version.receipt_number)
    changes = _changes(of, draft, version)
    return Item(str(SAID[event.action]), day_and_time(event.at), url=url, link=changes, done=True)


def _changes(of: SubmissionType, draft: Submission, version: SubmittedVersion) -> Link | None:
    if version.number == 1:
        return None
    return Link(_("What changed"), of.address("changes", draft.key, version.receipt_number))


def _title(of: SubmissionType, action: str) -> str:
    """Empty for what is no step, such as a save."""
    if action in SAID:
        return str(SAID[action])
    is_state = any(action == state.code for state in of.states)
    return of.states.label(action, of.gender) if is_state else ""


def _reason(decision: Decision | None) -> str:
    if decision is None:
        return ""
    ground = f"{decision.ground_label}. " if decision.ground else ""
    return f"{ground}{decision.reason}"


def _now(of: SubmissionType, draft: Submission, now: datetime) -> Iterator[Item]:
    state = of.states[draft.state]
    if state.is_waiting and draft.submitted_at:
        due = due_on(local_day(draft.submitted_at))
        late = _("It is late, and the secretariat is told so too.") if due < local_day(now) else ""
        yield Item(str(state.next_step), _("by %(day)s") % {"day": day(due)}, late, current=True)
    elif draft.state in SUBMITTABLE:
        yield Item(str(state.next_step), current=True)
    elif draft.state in {SubmissionState.DECLINED, SubmissionState.TAKEN_DOWN}:
        yield from _redress(draft, str(state.next_step))


def _asked(draft: Submission, actions: Sequence[str]) -> Iterator[Item]:
    """What waits about a text that stays as it is meanwhile: an amendment, an appeal about a passage."""
    asked = [action for action in actions if action in OF_AMENDMENTS]
    if asked and asked[-1] == PROPOSED and draft.state == SubmissionState.PUBLISHED:
        yield Item(str(ASKED), text=str(NO_DEADLINE), current=True)
    is_told = draft.state in {SubmissionState.DECLINED, SubmissionState.TAKEN_DOWN}
    if "appealed" in actions and not is_told:
        for row in _appeals(draft):
            yield _step(str(APPEAL_STATES[row.state].next_step), row.submitted_at)


def _appeals(draft: Submission) -> list[Appeal]:
    rows = measures_of(draft)
    return [row.appeal for row in rows if hasattr(row, "appeal") and row.appeal.decided_at is None]


def _step(words: str, since: datetime) -> Item:
    return Item(words, _("by %(day)s") % {"day": day(due_on(local_day(since)))}, current=True)


def _redress(draft: Submission, otherwise: str) -> Iterator[Item]:
    """Who of the secretariat decides next about what was done to it, and by which day."""
    rows = measures_of(draft)
    appeals = [row.appeal for row in rows if hasattr(row, "appeal") and row.appeal.decided_at is None]
    waiting = [row for row in rows if row.act == Act.TAKEN_DOWN and row.state == MeasureState.PROVISIONAL]
    second = _(
        "A second person of the secretariat looks at it again: it is confirmed, or put back as it was."
    )
    steps = [(second, row.submitted_at) for row in waiting]
    steps += [(str(APPEAL_STATES[each.state].next_step), each.submitted_at) for each in appeals]
    for words, since in steps:
        yield _step(words, since)
    if not steps and not any(hasattr(row, "appeal") for row in rows):
        yield Item(otherwise, current=True)


def _then(of: SubmissionType, draft: Submission) -> Iterator[Item]:
    state, days = of.states[draft.state], settings.DECISION_WORKING_DAYS
    if draft.state in SUBMITTABLE:
        words = ngettext(
            "The secretariat reads it within %(number)s working day once it is submitted.",
            "The secretariat reads it within %(number)s working days once it is submitted.",
            days,
        )
        yield Item(words % {"number": days})
    if draft.state in SUBMITTABLE or state.is_waiting:
        yield Item(_("It is then published, or returned to you with the reason."))
