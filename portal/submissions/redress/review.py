"""Take-downs and appeals as things that the secretariat decides about; the app's configuration names them."""

from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.languages import DEFAULT
from portal.common.reviews import Content, DecisionType, Field, Reader, ReviewType, Text, reading_of
from portal.submissions.cuts import words_of
from portal.submissions.locks import lock_text_of
from portal.submissions.models import Appeal, Measure
from portal.submissions.queries import has_share
from portal.submissions.redress import appeals, rules, taking_down
from portal.submissions.redress.measures import locked
from portal.submissions.redress.queries import appeals_closed_to, take_downs_closed_to, text_of
from portal.submissions.redress.states import APPEAL_STATES, TAKE_DOWN_STATES
from portal.submissions.redress_enums import Act, AppealState, MeasureState
from portal.submissions.redress_grounds import measure_ground
from portal.submissions.rules import SAYS_IT_TOO
from portal.submissions.types import submission_type

ACTS: dict[str, Promise] = {
    Act.DECLINED: _("The text was declined"),
    Act.TAKEN_DOWN: _("The text was taken down"),
    Act.REDACTED: _("A passage was left out"),
}
FIELDS = (
    Field("kind", _("Kind of text"), words=lambda kind: submission_type(kind).label),
    Field("act", _("What was done"), words=lambda act: ACTS[act]),
    Field("ground", _("Why")),
    Field("decided_by", _("By")),
    Field("said", _("What the organization says"), is_text=True),
    Field("reason", _("What the secretariat had written"), is_text=True),
    Field("words", _("What was left out"), is_text=True),
    Field("first", _("What the first of two has decided"), is_text=True),
)
# Working days: until then somebody may be in danger, or something is missing that should be public.
CONFIRMED_WITHIN = 2
OUTCOMES = {AppealState.GRANTED: _("Grant the appeal"), AppealState.DISMISSED: _("Dismiss the appeal")}


def _told(measure: Measure) -> Content:
    return {
        "title": measure.title,
        "language": measure.language,
        "kind": measure.kind,
        "act": measure.act,
        "ground": measure_ground(measure.act, measure.ground),
        "decided_by": str(measure.decided_by or ""),
        "reason": measure.reason,
    }


def _appealed(appeal: Appeal) -> Content:
    first = f"{OUTCOMES[AppealState(appeal.outcome)]}\n\n{appeal.reason}" if appeal.outcome else ""
    return {**_told(appeal.measure), "said": appeal.text, "first": first, "words": _words(appeal)}


def _words(appeal: Appeal) -> list[str]:
    """What was left out of any version, for who decides; nobody of the secretariat reads it afterwards."""
    measure = appeal.measure
    if measure.act != Act.REDACTED or appeal.state not in APPEAL_STATES.waiting:
        return []
    _of, text = text_of(measure)
    return words_of(text).get(measure.key, [])


def _texts(measure: Measure) -> tuple[Text, ...]:
    """What the measure is about, as it was submitted last. Two queries."""
    of, text = text_of(measure)
    content = of.content(text)
    reader = Reader(get_language() or DEFAULT, is_review=True)
    return reading_of(of.fields, content, reader).texts if content else ()


def _author(measure: Measure) -> Any:
    return text_of(measure)[1].author


def _desk_page(measure: Measure) -> str:
    return f"{submission_type(measure.kind).path}/{measure.submission_key}/"


def _why_not(actor: Actor, measure: Measure) -> Promise | str:
    is_first = actor.user_id in {measure.decided_by_id, measure.settled_by_id}
    if is_first:
        return _("You decided about it before, so somebody else has to decide.")
    return SAYS_IT_TOO if has_share(actor, text_of(measure)[1]) else ""


def _why_not_appeal(actor: Actor, appeal: Appeal) -> Promise | str:
    if appeal.state == AppealState.SECOND and actor.user_id == appeal.first_by_id:
        return _("You have decided. A second person has to agree.")
    return _why_not(actor, appeal.measure)


def _lock_measure(key: UUID) -> None:
    locked(Measure.objects.get(appeal__key=key), *MeasureState)


TAKE_DOWN = ReviewType(
    kind="take_down",
    text_of=lambda measure: (measure.kind, measure.submission_key),
    label=_("Take-down to confirm"),
    model=Measure,
    states=TAKE_DOWN_STATES,
    decisions=(
        DecisionType(
            code="confirmed",
            is_appealable=True,
            label=_("Take-down confirmed"),
            button=_("Confirm: it stays down"),
            verb=taking_down.confirm_take_down,
            mail_subject=_("“%(title)s” stays down"),
            mail_text=_(
                'A second person of the secretariat has confirmed that "%(title)s" of %(organization)s is '
                "taken down. You can appeal once: two other people decide then."
            ),
        ),
        DecisionType(
            code="undone",
            label=_("Take-down undone"),
            button=_("Undo it with this reason"),
            heading=_("Put it back as it was"),
            needs_reason=True,
            verb=taking_down.undo_take_down,
            mail_subject=_("“%(title)s” is public again"),
            mail_text=_(
                'A second person of the secretariat has put "%(title)s" of %(organization)s back as it was, '
                "under the same number."
            ),
        ),
    ),
    fields=FIELDS,
    working_days=CONFIRMED_WITHIN,
    may_review=rules.may_settle,
    content=_told,
    extra_texts=_texts,
    joined=("organization", "decided_by", "settled_by"),
    author_of=_author,
    why_not=_why_not,
    desk_page=_desk_page,
    decided_too=lambda measure: [(measure.kind, measure.submission_key)],
    closed_to=take_downs_closed_to,
    lock_before=lock_text_of(Measure),
)
FIRST_OF_TWO = _(
    "The second person of the secretariat reads this now; the authors do once that person agrees, as you "
    "write it, in the portal and by mail."
)
FOR_THE_NEXT = _("Say why, so that who decides next knows.")
APPEAL = ReviewType(
    kind="appeal",
    text_of=lambda appeal: (appeal.measure.kind, appeal.measure.submission_key),
    label=_("Appeal"),
    model=Appeal,
    states=APPEAL_STATES,
    decisions=(
        DecisionType(
            code="grant",
            label=_("One of two grants the appeal"),
            button=_("Propose to grant it"),
            heading=_("Grant the appeal"),
            needs_reason=True,
            states=frozenset({AppealState.SUBMITTED}),
            verb=appeals.propose_granting,
            read_by=FIRST_OF_TWO,
            asks_why=FOR_THE_NEXT,
        ),
        DecisionType(
            code="dismiss",
            label=_("One of two dismisses the appeal"),
            button=_("Propose to dismiss it"),
            heading=_("Dismiss the appeal"),
            needs_reason=True,
            states=frozenset({AppealState.SUBMITTED}),
            verb=appeals.propose_dismissing,
            read_by=FIRST_OF_TWO,
            asks_why=FOR_THE_NEXT,
        ),
        DecisionType(
            code="granted",
            label=_("Appeal granted by two"),
            button=_("Agree: the appeal is granted"),
            states=frozenset({AppealState.SECOND}),
            fits=lambda actor, row: row.outcome == AppealState.GRANTED,
            verb=appeals.agree,
            reason_of=lambda row: row.reason,
            mail_subject=_("Your appeal about “%(title)s” was granted"),
            mail_text=_(
                'Two people of the secretariat have read your appeal about "%(title)s" of %(organization)s '
                "and granted it. Your desk says where the text stands now."
            ),
        ),
        DecisionType(
            code="dismissed",
            label=_("Appeal dismissed by two"),
            button=_("Agree: the appeal is dismissed"),
            states=frozenset({AppealState.SECOND}),
            fits=lambda actor, row: row.outcome == AppealState.DISMISSED,
            verb=appeals.agree,
            reason_of=lambda row: row.reason,
            mail_subject=_("Your appeal about “%(title)s” was dismissed"),
            mail_text=_(
                'Two people of the secretariat have read your appeal about "%(title)s" of %(organization)s. '
                "What was decided stands."
            ),
        ),
        DecisionType(
            code="disagreed",
            label=_("Did not agree with the first of two"),
            button=_("Do not agree, with this reason"),
            heading=_("Let two others decide"),
            needs_reason=True,
            states=frozenset({AppealState.SECOND}),
            verb=appeals.disagree,
            read_by=_("Who of the secretariat decides next reads this; the authors do not."),
            asks_why=FOR_THE_NEXT,
            in_its_language=False,
        ),
    ),
    fields=FIELDS,
    may_review=rules.may_review_appeal,
    content=_appealed,
    rule=_(
        "An organization can appeal once against each refusal, take-down or passage left out. Two people "
        "decide who have not decided about it before. The second has to agree with the first; if not, two "
        "others decide."
    ),
    extra_texts=lambda appeal: _texts(appeal.measure),
    joined=("measure__organization", "measure__decided_by", "author"),
    title_field="measure__title",
    organization_field="measure__organization__name",
    organization_of=lambda appeal: appeal.measure.organization,
    why_not=_why_not_appeal,
    desk_page=lambda appeal: _desk_page(appeal.measure),
    decided_too=lambda appeal: [(appeal.measure.kind, appeal.measure.submission_key)],
    closed_to=appeals_closed_to,
    lock_before=_lock_measure,
)
