"""A passage of a text is left out, again in its next version, or put back: verbs; moderation calls them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.common.reviews import ReviewType
from portal.organizations.queries import with_role
from portal.publication import domain as ledger
from portal.publication.enums import RecordState
from portal.publication.models import Record
from portal.publication.queries import as_published
from portal.submissions import rules as submission_rules
from portal.submissions.cut_faces import put_in_again
from portal.submissions.cuts import TITLE, Passage, ever_redacted, names_of, passages_of, redactions
from portal.submissions.models import Amendment, Cut, Measure, Submission, SubmittedVersion
from portal.submissions.places import CAPTIONS, FILES, files_in, places_of, spans_of
from portal.submissions.queries import content_of, newest_version
from portal.submissions.redress.measures import called, noted, require_why
from portal.submissions.redress.rules import can_redact
from portal.submissions.redress_enums import Act, MeasureState
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
    A text that waits is cut when it is published; until then the cut can be put back. Raises `Incomplete` for
    words that do not stand there, or that are left out already.
    """
    require_why(Act.REDACTED, ground, reason)
    stored, version = _locked(submission, actor)
    of = submission_type(stored.kind)
    names = texts_that_may_be_cut(of)
    file = _free_file(version, field.removeprefix(FILE)) if field.startswith(FILE) else []
    if not file and field not in (ALL, *names):
        raise Incomplete([Problem("field", NO_TEXT)])
    places = file or list(_free(version, names if field == ALL else [field], words))
    if not places:
        raise Incomplete([Problem("words", NOT_THERE)])
    return _cut(of, stored, version, places, ground=ground, reason=reason, actor=actor, now=now)


@transaction.atomic
def redact_again(submission: Submission, earlier: Measure, *, actor: Actor, now: datetime) -> Measure:
    """The words that were left out of the version before, where they still stand in this one."""
    stored, version = _locked(submission, actor)
    places = [
        place
        for each in _said_by(earlier, stored)
        for place in (
            _free_file(version, each.file) if each.file else _free(version, [each.field], each.words)
        )
    ]
    if not places:
        raise Incomplete([Problem("words", NOT_THERE)])
    of, why = submission_type(stored.kind), {"ground": earlier.ground, "reason": earlier.reason}
    return _cut(of, stored, version, list(dict.fromkeys(places)), **why, actor=actor, now=now)


@transaction.atomic
def put_back_cut(submission: Submission, measure: Measure, *, actor: Actor, now: datetime) -> None:
    """Before it is published: nobody has been told, so nothing of it stays."""
    stored, _version = _locked(submission, actor)
    row = Measure.objects.select_for_update().get(
        pk=measure.pk, kind=stored.kind, submission_key=stored.key, act=Act.REDACTED
    )
    if row.state != MeasureState.PROVISIONAL:
        raise WrongState(
            _("It is public without these words. They come back by an appeal of its organization.")
        )
    row.delete()
    _log("cut_put_back", stored, actor, now)


def shown_again(measure: Measure, text: Submission, *, actor: Actor, now: datetime) -> None:
    """After an appeal: the words are public, where they still stand as cut, also while it is changed."""
    held = redactions(text.kind, text.key)
    Measure.objects.filter(pk=measure.pk).update(
        state=MeasureState.ENDED, settled_by=actor.user_id, settled_at=now
    )
    of = submission_type(text.kind)
    if text.state == SubmissionState.PUBLISHED:
        of.before_publishing(text, actor, now)
        ledger.publish(of.project(text), actor=actor, now=now)
    else:
        _correct(measure, text, held, actor, now)
    _log("cut_put_back", text, actor, now)


def _correct(measure: Measure, text: Submission, held: list[Measure], actor: Actor, now: datetime) -> None:
    """What is public while something else waits at the desk."""
    record = Record.objects.filter(kind=text.kind, source_key=text.key, state=RecordState.PUBLISHED).first()
    own = measure.cuts.values("version")
    rows = SubmittedVersion.objects.filter(kind=text.kind, submission_key=text.key, number__in=own)
    version = rows.first()
    if record is not None and version is not None and version.content:
        hold = [row for row in held if row.pk != measure.pk]
        face = put_in_again(as_published(record), version, held, hold)
        ledger.publish(face, actor=actor, now=now)
        if any(cut.field == FILES for cut in measure.cuts.all()):
            submission_type(text.kind).after_put_back(text, actor, now)


def _locked(submission: Submission, actor: Actor) -> tuple[Submission, SubmittedVersion]:
    """Who may review it, while it waits or is published as it was submitted last."""
    rows = type(submission)._default_manager.select_for_update(of=("self",)).select_related("organization")
    stored = with_role(rows, actor).get(key=submission.key)
    if not submission_rules.may_review(actor, stored):
        raise NotAllowed("redact")
    version = newest_version(stored)
    if not can_redact(stored) or version is None or not version.content:
        raise WrongState(_("Passages are left out of what waits or is published. Take it down instead."))
    return stored, version


def _cut(
    of: SubmissionType,
    stored: Submission,
    version: SubmittedVersion,
    places: Iterable[Taken],
    *,
    ground: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Measure:
    is_public = stored.state == SubmissionState.PUBLISHED
    state = MeasureState.STANDS if is_public else MeasureState.PROVISIONAL
    measure = noted(
        stored,
        Act.REDACTED,
        ground=ground,
        reason=reason,
        before=stored.state,
        actor=actor,
        now=now,
        state=state,
    )
    Cut.objects.bulk_create(
        Cut(measure=measure, version=version.number, field=field, item=item, start=start, end=end)
        for field, item, start, end in places
    )
    _call_anew(stored)
    if is_public:
        ledger.publish(of.project(stored), actor=actor, now=now, forget=True)
    _log("redacted", stored, actor, now)
    return measure


def _call_anew(stored: Submission) -> None:
    """The secretariat calls it by what it may read of it."""
    Measure.objects.filter(kind=stored.kind, submission_key=stored.key).update(title=called(stored))
    _empty_amendments(stored)


def _empty_amendments(stored: Submission) -> None:
    """What was proposed for it before may hold the words; none of them can be accepted any more."""
    rows = Amendment.objects.filter(kind=stored.kind, submission_key=stored.key)
    rows.update(title=called(stored)[:200], changes={})


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


def _free_file(version: SubmittedVersion, key: str) -> list[Taken]:
    """The place of the file, unless it is left out already; a cut has words, so one stands for all of it."""
    taken = {each.file for each in passages_of(version)}
    rows = enumerate(files_in(content_of(version) or {}))
    return [(FILES, item, 0, 1) for item, row in rows if row["key"] == key and key not in taken]


def _said_by(measure: Measure, stored: Submission) -> list[Passage]:
    return [passage for passage in ever_redacted(stored) if passage.measure == measure.key]


def _log(action: str, submission: Submission, actor: Actor, now: datetime) -> None:
    events.record(action, kind=submission.kind, key=submission.key, actor=actor, now=now)
