"""A passage of a text is left out, again in its next version, or put back: verbs; moderation calls them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.common.reviews import ReviewType
from portal.organizations.queries import with_role
from portal.publication import domain as ledger
from portal.submissions import rules as submission_rules
from portal.submissions.cuts import TITLE, Passage, ever_redacted, names_of, passages_of
from portal.submissions.emptying import empty
from portal.submissions.models import Amendment, Cut, Measure, Submission, SubmittedVersion
from portal.submissions.places import CAPTIONS, FILES, files_in, places_of, spans_of
from portal.submissions.queries import content_of, public_version
from portal.submissions.reasons import leave_out_of_reasons
from portal.submissions.redress.faces import leave_out_of_public, say_again, versions_to_cut
from portal.submissions.redress.measures import called, noted, require_why
from portal.submissions.redress.rules import can_redact
from portal.submissions.redress_enums import Act, MeasureState
from portal.submissions.repeats import free_spots
from portal.submissions.states import SubmissionState
from portal.submissions.types import SubmissionType, submission_type

# Instead of the name of a text: all of them, or this and the key of a file.
ALL, FILE = "all", f"{FILES}:"
NO_TEXT = _("Choose the text in which the words stand, or a file that is not left out yet.")
NOT_THERE = _("These words do not stand in the text like this. Copy them from it as they are.")
Taken = tuple[str, int | None, int, int]


def texts_that_may_be_cut(of: ReviewType) -> tuple[str, ...]:
    """Names of the texts of a kind that become public as they are written; none without a record."""
    public = names_of(of.kind)
    if not public:
        return ()
    captions = CAPTIONS if any(field.name == FILES for field in of.fields) else ()
    return (TITLE, *(field.name for field in of.fields if field.is_text and field.name in public), *captions)


@transaction.atomic
def redact(
    submission: Submission,
    *,
    field: str,
    words: str,
    ground: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Measure:
    """Leave the words out of one text or `ALL`, wherever they stand; of what is public earlier texts go.

    The field `FILE` with a key leaves out that file, whatever the words. What stands in files is never cut.
    A text that waits is cut when it is published; until then the cut can be put back. Where an earlier one is
    public meanwhile, both are cut, that one at once. Raises `Incomplete` for
    words that do not stand there, or that are left out already.
    """
    require_why(Act.REDACTED, ground, reason)
    stored, versions = _locked(submission, actor)
    of = submission_type(stored.kind)
    names = texts_that_may_be_cut(of)
    file = field.removeprefix(FILE) if field.startswith(FILE) else ""
    asked = names if field == ALL else [field]
    places = {row: _free_file(row, file) if file else list(_free(row, asked, words)) for row in versions}
    if not (file and any(places.values())) and field not in (ALL, *names):
        raise Incomplete([Problem("field", NO_TEXT)])
    return _cut(of, stored, versions, places, ground=ground, reason=reason, actor=actor, now=now)


@transaction.atomic
def redact_again(submission: Submission, earlier: Measure, *, actor: Actor, now: datetime) -> Measure:
    """The words that were left out of the version before, where they still stand in this one."""
    stored, versions = _locked(submission, actor)
    said = _said_by(earlier, stored)
    places = {row: list(dict.fromkeys(_free_again(row, said))) for row in versions}
    of, why = submission_type(stored.kind), {"ground": earlier.ground, "reason": earlier.reason}
    return _cut(of, stored, versions, places, **why, actor=actor, now=now)


@transaction.atomic
def put_back_cut(submission: Submission, measure: Measure, *, actor: Actor, now: datetime) -> None:
    """Before it is published: nobody has been told, so nothing of it stays."""
    stored, _versions = _locked(submission, actor)
    own = Measure.objects.filter(kind=stored.kind, submission_key=stored.key, act=Act.REDACTED)
    row = own.select_for_update().filter(pk=measure.pk).first()
    if row is None:
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    if row.state != MeasureState.PROVISIONAL:
        raise WrongState(
            _("It is public without these words. They come back by an appeal of its organization.")
        )
    row.delete()
    _log("cut_put_back", stored, actor, now)


def shown_again(measure: Measure, text: Submission, *, actor: Actor, now: datetime) -> None:
    """After an appeal: the words are public, where they still stand as cut, also while it is changed."""
    Measure.objects.filter(pk=measure.pk).update(
        state=MeasureState.ENDED, settled_by=actor.user_id, settled_at=now
    )
    of = submission_type(text.kind)
    if text.state == SubmissionState.PUBLISHED:
        of.before_publishing(text, actor, now)
        ledger.publish(of.project(text), actor=actor, now=now, same_cuts=True)
    else:
        say_again(text, [measure], actor=actor, now=now)
    _log("cut_put_back", text, actor, now)


def _locked(submission: Submission, actor: Actor) -> tuple[Submission, list[SubmittedVersion]]:
    """Who may review it, while it waits or something of it is public."""
    rows = type(submission)._default_manager.select_for_update(of=("self",)).select_related("organization")
    stored = with_role(rows, actor).get(key=submission.key)
    if not submission_rules.may_review(actor, stored):
        raise NotAllowed("redact")
    versions = versions_to_cut(stored) if can_redact(stored) else []
    if not versions:
        raise WrongState(_("Passages are left out of what waits or is published. Take it down instead."))
    return stored, versions


def _cut(
    of: SubmissionType,
    stored: Submission,
    versions: Sequence[SubmittedVersion],
    places: Mapping[SubmittedVersion, Sequence[Taken]],
    *,
    ground: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Measure:
    if not any(places.values()):
        raise Incomplete([Problem("words", NOT_THERE)])
    shown = public_version(stored)
    public = shown if shown is not None and places.get(shown) else None
    measure = noted(
        stored,
        Act.REDACTED,
        ground=ground,
        reason=reason,
        before=stored.state,
        actor=actor,
        now=now,
        state=MeasureState.STANDS if public else MeasureState.PROVISIONAL,
    )
    Cut.objects.bulk_create(
        Cut(measure=measure, version=version.number, field=field, item=item, start=start, end=end)
        for version, own in places.items()
        for field, item, start, end in own
    )
    _call_anew(stored)
    if public is not None:
        # What may still be put back is taken from nobody's words: that is done when it is published.
        leave_out_of_reasons(stored)
    measure.refresh_from_db()
    if stored.state == SubmissionState.PUBLISHED:
        ledger.publish(of.project(stored), actor=actor, now=now, forget=True)
    elif public is not None:
        leave_out_of_public(stored, measure, public, actor=actor, now=now)
    _log("redacted", stored, actor, now)
    return measure


def _call_anew(stored: Submission) -> None:
    """The secretariat calls it by what it may read of it."""
    Measure.objects.filter(kind=stored.kind, submission_key=stored.key).update(title=called(stored))
    _empty_amendments(stored)


def _empty_amendments(stored: Submission) -> None:
    """What was proposed for it before may hold the words; none of them can be accepted any more."""
    rows = Amendment.objects.filter(kind=stored.kind, submission_key=stored.key)
    rows.update(title=called(stored)[:200])
    empty(rows)


def _free(version: SubmittedVersion, names: Iterable[str], words: str) -> Iterable[Taken]:
    """Where the words stand in these texts and are not left out yet."""
    content = content_of(version) or {}
    taken = [(each.place, each.start, each.end) for each in passages_of(version)]
    for name, item, text in places_of(content, names):
        for start, end in spans_of(words, text):
            if not any(
                place == (name, item) and start < last and first < end for place, first, last in taken
            ):
                yield name, item, start, end


def _free_again(version: SubmittedVersion, said: Iterable[Passage]) -> Iterable[Taken]:
    """Wherever they stand now: authors may have moved them to another text."""
    content, own = content_of(version) or {}, passages_of(version)
    for each in said:
        yield from free_spots(each, content, own, names_of(version.kind))


def _free_file(version: SubmittedVersion, key: str) -> list[Taken]:
    """The place of the file, unless it is left out already; a cut has words, so one stands for all of it."""
    taken = {each.file for each in passages_of(version)}
    rows = enumerate(files_in(content_of(version) or {}))
    return [(FILES, item, 0, 1) for item, row in rows if row["key"] == key and key not in taken]


def _said_by(measure: Measure, stored: Submission) -> list[Passage]:
    return [passage for passage in ever_redacted(stored) if passage.measure == measure.key]


def _log(action: str, submission: Submission, actor: Actor, now: datetime) -> None:
    events.record(action, kind=submission.kind, key=submission.key, actor=actor, now=now)
