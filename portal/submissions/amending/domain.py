"""An amendment is proposed, taken back, accepted, refused or confirmed, and lapses: verbs.

Every verb locks the text, then the proposal. Nothing changes in public until a second person has agreed.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor, system
from portal.common.declarations import declared
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.organizations.queries import with_role
from portal.publication import domain as ledger
from portal.publication.kinds import WITHHELD
from portal.submissions import history
from portal.submissions.amending import rules
from portal.submissions.amending.changes import Changes, apply, closed_texts, problems_of, values_of
from portal.submissions.amending.mails import tell_organization
from portal.submissions.amending.queries import fits, open_amendment, public_record, those_that_fit, waiting
from portal.submissions.amending.states import AMENDMENT_STATES
from portal.submissions.amending_enums import AmendmentState, Part
from portal.submissions.contents import withholds
from portal.submissions.domain import keep_version, organization_problems
from portal.submissions.history import Said
from portal.submissions.marking import left_out_of, replaced
from portal.submissions.models import Amendment, Cut, Submission, SubmittedVersion
from portal.submissions.queries import content_of, public_version
from portal.submissions.rules import has_repeats
from portal.submissions.types import SubmissionType, submission_type
from portal.work.schedules import each_tried

SAME = _("Change something first: all of it stands like this already.")
OPEN = _("An amendment of this text is open already. It has to be settled or taken back first.")
CHANGED = _("The text was changed after this was proposed, so that it lapses. Nothing was done.")
CLOSED = _("A passage of it is left out in public, so that it stays as it is.")
PORTAL = system("amendments")


@transaction.atomic
def propose(
    submission: Submission,
    *,
    part: Part,
    changes: Changes,
    reason: str,
    language: str,
    actor: Actor,
    now: datetime,
) -> Amendment:
    """`changes` are new values by name; `language` is that of the reason, which readers read later: without
    what is left out of the text.

    Raises `Incomplete` with what would be wrong at its field, `WrongState` for a text that takes none now.
    """
    _make_way(submission, now)
    of, stored = _locked(submission.kind, submission.key, actor)
    if not rules.may_propose(actor, of, stored):
        raise NotAllowed("propose an amendment")
    record = public_record(of.kind, stored.key)
    if record is None or (refusal := rules.why_not(of, stored, part)):
        raise WrongState(refusal if record else rules.NOT_PUBLIC)
    require_sound(of, stored, part, changes, reason)
    if open_amendment(stored) is not None:
        raise WrongState(OPEN)
    amendment = Amendment.objects.create(
        kind=of.kind,
        submission_key=stored.key,
        organization=stored.organization,
        title=record.title[:200],
        language=stored.language,
        part=part.value,
        changes=dict(changes),
        reason=replaced(reason.strip(), left_out_of(of.kind, stored.key), is_whole=True),
        reason_language=language,
        revision=stored.revision,
        record_version=record.version,
        proposed_by_id=actor.user_id,
        submitted_at=now,
    )
    _log(AmendmentState.PROPOSED, amendment, actor, now)
    if part == Part.TEXT:
        tell_organization(amendment)
    return amendment


def require_sound(of: SubmissionType, row: Submission, part: Part, changes: Changes, reason: str) -> None:
    """Raises `Incomplete` with every problem of what is proposed, at its field."""
    values = values_of(of, row, part)
    problems = [] if reason.strip() else [Problem("reason", _("Say why: readers read it too."))]
    closed = closed_texts(row) & changes.keys() if part == Part.TEXT else ()
    problems += [Problem(name, CLOSED) for name in closed]
    if not any(values.get(name) != value for name, value in changes.items()):
        problems.append(Problem("", SAME))
    elif changes.keys() <= values.keys():
        problems += problems_of(of, row, changes)
    else:
        raise LookupError(", ".join(changes.keys() - values.keys()))
    if problems:
        raise Incomplete(problems)


@transaction.atomic
def take_back(amendment: Amendment, *, actor: Actor, now: datetime) -> Amendment:
    """By who proposed it, before it is settled."""
    _of, _text, row = _open(amendment, actor, AmendmentState.TAKEN_BACK)
    if not rules.can_take_back(actor, row):
        raise NotAllowed("take an amendment back")
    return _settled(row, AmendmentState.TAKEN_BACK, actor, now)


@transaction.atomic
def accept(amendment: Amendment, *, actor: Actor, now: datetime) -> Amendment:
    """Its organization agrees with the new words: they are public, and have a receipt of their own."""
    of, text, row = _open(amendment, actor, AmendmentState.ACCEPTED)
    if not rules.can_settle_text(actor, row, text):
        raise NotAllowed("accept an amendment")
    _make_public(of, text, row, actor, now, by=actor)
    return _settled(row, AmendmentState.ACCEPTED, actor, now)


@transaction.atomic
def refuse(amendment: Amendment, *, reason: str, actor: Actor, now: datetime) -> Amendment:
    """Its organization, or a second moderator of what it is filed under, says no and why."""
    of, text, row = _open(amendment, actor, AmendmentState.REFUSED)
    is_second = rules.can_settle_text(actor, row, text) or rules.may_confirm(actor, row, of, text)
    if not is_second:
        raise NotAllowed("refuse an amendment")
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that who proposed it knows."))])
    row.said = reason.strip()
    return _settled(row, AmendmentState.REFUSED, actor, now)


@transaction.atomic
def confirm(amendment: Amendment, *, actor: Actor, now: datetime) -> Amendment:
    """A second moderator agrees with where it is filed. The version is nobody's: no author submitted it."""
    of, text, row = _open(amendment, actor, AmendmentState.ACCEPTED)
    if not rules.may_confirm(actor, row, of, text):
        raise NotAllowed("confirm an amendment")
    _make_public(of, text, row, actor, now, by=PORTAL)
    return _settled(row, AmendmentState.ACCEPTED, actor, now)


@transaction.atomic
def lapse(amendment: Amendment, *, now: datetime) -> Amendment | None:
    """What fits its text no more; who proposed it is told. None for what still fits or is settled."""
    _of, text, row = _both(amendment, PORTAL)
    if row.state != AmendmentState.PROPOSED or _still_fits(row, text):
        return None
    return _settled(row, AmendmentState.LAPSED, PORTAL, now)


def lapse_all(now: datetime) -> int:
    """By the clock: all that fit no more; how many."""
    rows = list(waiting())
    fitting = {row.pk for row in those_that_fit(rows)}
    over = (row for row in rows if row.pk not in fitting)
    return each_tried("amendment_lapse", over, lambda row: lapse(row, now=now) is not None)


def _make_way(text: Submission, now: datetime) -> None:
    """What has lapsed without being told so yet stands in nobody's way."""
    if (row := open_amendment(text)) is not None:
        lapse(row, now=now)


def _make_public(
    of: SubmissionType, text: Submission, row: Amendment, actor: Actor, now: datetime, *, by: Actor
) -> None:
    if not (_still_fits(row, text) and rules.is_still_apart(row)):
        raise WrongState(CHANGED)
    if problems := [*organization_problems(text), *problems_of(of, text, row.changes)]:
        raise WrongState(problems[0].message)
    _write(of, text, row.changes, by, now)
    _keep_version(of, text, Part(row.part), by, now)
    if has_repeats(text):
        raise WrongState(_("It would say words again that were left out of this text before."))
    ledger.publish(of.project(text), actor=actor, now=now, amended=_note_of(row, text), same_cuts=True)


def _write(of: SubmissionType, text: Submission, changes: Changes, by: Actor, now: datetime) -> None:
    """Its history tells what stood before and what stands now, step by step."""
    steps = [(step.name, step.form(None, draft=text)) for step in of.steps_of(text)]
    before, before_at = [form.values_of(text) for _name, form in steps], text.updated_at
    apply(of, text, changes)
    text.revision, text.updated_at = text.revision + 1, now
    text.save()
    for (name, form), values in zip(steps, before, strict=True):
        said = Said(step=name, values_of=form.values_of, before=values, seen=text.revision - 1)
        history.keep(text, said, before_at=before_at, actor=by)


def _keep_version(of: SubmissionType, text: Submission, part: Part, by: Actor, now: datetime) -> None:
    """With a receipt of its own; what was submitted before stays as it is, and what is left out stays so."""
    before = public_version(text)
    content = of.sent(text, of.related(text))
    told = (content_of(before) or {}).get(WITHHELD)
    if told and WITHHELD in content:
        content[WITHHELD] = told
    is_late = before is not None and before.is_late
    version = keep_version(
        text,
        content,
        actor=by,
        now=now,
        is_late=is_late,
        is_to_tell=part == Part.TEXT,
        was_published=True,
    )
    if before is not None:
        _carry_cuts(before, SubmittedVersion.objects.get(pk=version.pk))


def _carry_cuts(before: SubmittedVersion, version: SubmittedVersion) -> None:
    """At the same places: texts with a passage left out are not amended."""
    cuts = Cut.objects.filter(
        measure__kind=before.kind, measure__submission_key=before.submission_key, version=before.number
    )
    Cut.objects.bulk_create(
        Cut(
            measure_id=cut.measure_id,
            version=version.number,
            field=cut.field,
            item=cut.item,
            start=cut.start,
            end=cut.end,
        )
        for cut in cuts.order_by("pk")
    )


def _note_of(row: Amendment, text: Submission) -> dict[str, str]:
    """What readers are told of it; no reason where it might say who withholds their name."""
    reason = "" if withholds(text) else row.reason
    return {"part": row.part, "reason": reason, "language": row.reason_language}


def _still_fits(row: Amendment, text: Submission) -> bool:
    record = public_record(row.kind, row.submission_key)
    return fits(row, text, record.version if record else None)


def _open(
    amendment: Amendment, actor: Actor, to: AmendmentState
) -> tuple[SubmissionType, Submission, Amendment]:
    """Raises `WrongState` for what is settled already."""
    of, text, row = _both(amendment, actor)
    AMENDMENT_STATES.require(row.state, to)
    return of, text, row


def _both(amendment: Amendment, actor: Actor) -> tuple[SubmissionType, Submission, Amendment]:
    of, text = _locked(amendment.kind, amendment.submission_key, actor)
    rows = Amendment.objects.select_for_update(of=("self",)).select_related("organization", "proposed_by")
    return of, text, rows.get(pk=amendment.pk)


def _locked(kind: str, key: object, actor: Actor) -> tuple[SubmissionType, Submission]:
    of = submission_type(kind)
    rows = of.model._default_manager.select_for_update(of=("self",)).select_related("organization")
    return of, with_role(rows, actor).get(key=key)


def _settled(row: Amendment, state: AmendmentState, actor: Actor, now: datetime) -> Amendment:
    """What was accepted its new version says."""
    row.state, row.settled_by_id, row.settled_at = state.value, actor.user_id, now
    if state == AmendmentState.ACCEPTED:
        row.changes = {}
    row.save()
    _log(state.value, row, actor, now)
    for follow in declared("amendment_settled"):
        follow(row)
    return row


def _log(action: str, row: Amendment, actor: Actor, now: datetime) -> None:
    name = "refiling" if row.part == Part.FILING else "amendment"
    events.record(f"{name}_{action}", kind=row.kind, key=row.submission_key, actor=actor, now=now)
