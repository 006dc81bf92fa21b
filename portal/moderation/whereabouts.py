"""What readers see of a text that the secretariat has before it, and who can decide. Views call it."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.common.reviews import ReviewType, Row
from portal.moderation import rules
from portal.moderation.queries import reviewers
from portal.moderation.queries import subject as subject_of
from portal.publication.enums import RecordState
from portal.publication.models import Record
from portal.submissions.amending.review import AMENDMENT
from portal.submissions.models import Measure
from portal.submissions.redress.review import APPEAL, TAKE_DOWN
from portal.submissions.redress_enums import Act, MeasureState
from portal.submissions.states import SubmissionState
from portal.submissions.types import SubmissionType
from portal.translations.rules import can_have, may_work

BY_TWO = (TAKE_DOWN.kind, APPEAL.kind, AMENDMENT.kind)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Its number, empty for what has none; `is_public`: readers see a text of it, an earlier one if
    `is_earlier`. `take_down` is the address where a second person confirms or undoes one; `translations`
    that of the translations beside what is public.
    """

    number: str = ""
    url: str = ""
    is_public: bool = False
    is_earlier: bool = False
    take_down: str = ""
    translations: str = ""


def whereabouts(actor: Actor, of: ReviewType, subject: Row, language: str) -> Whereabouts:
    """One query, two more for what is taken down; none of what is no text of an organization."""
    if not isinstance(of, SubmissionType):
        return Whereabouts()
    take_down = _take_down(actor, of, subject)
    record = Record.objects.filter(kind=of.kind, source_key=subject.key).first()
    if record is None:
        return Whereabouts(take_down=take_down)
    return Whereabouts(
        number=record.public_id,
        url=record.path(language),
        is_public=record.state == RecordState.PUBLISHED,
        is_earlier=subject.state not in of.states.public,
        take_down=take_down,
        translations=_translations(actor, of, subject) if record.state == RecordState.PUBLISHED else "",
    )


def _translations(actor: Actor, of: SubmissionType, subject: Row) -> str:
    is_translated = of.is_translated and can_have(subject) and may_work(actor)
    return reverse("translations:text", args=[of.kind, subject.key]) if is_translated else ""


def _take_down(actor: Actor, of: ReviewType, subject: Row) -> str:
    """Where it waits for a second person; empty for who may not read that."""
    if subject.state != SubmissionState.TAKEN_DOWN:
        return ""
    rows = Measure.objects.filter(kind=of.kind, submission_key=subject.key, act=Act.TAKEN_DOWN)
    key = rows.filter(state=MeasureState.PROVISIONAL).values_list("key", flat=True).first()
    return reverse("moderation:subject", args=[TAKE_DOWN.kind, key]) if key and _may_read(actor, key) else ""


def _may_read(actor: Actor, key: UUID) -> bool:
    return rules.can_view(actor, TAKE_DOWN, subject_of(TAKE_DOWN, key))


def who_can(of: ReviewType, subject: Row) -> list[User]:
    """Who may decide about what takes two; nobody where that would tell who belongs to a withheld name.

    A query or more for each of the secretariat.
    """
    if of.kind not in BY_TWO or of.organization_of(subject).is_protected:
        return []
    return [each for each in reviewers() if rules.may_review(person(each), of, subject)]
