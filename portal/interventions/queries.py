"""Reads of what belongs to an intervention (private), and of the questions that anything written is about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery

from portal.common.actors import Actor
from portal.consultations.deadlines import Begun, Call, calls_at, in_order
from portal.consultations.models import ConsultationPage, GuidingQuestionPage
from portal.consultations.page_models import path_above
from portal.interventions.models import Intervention, InterventionAnswer, MadeInRoom
from portal.interventions.rules import CONFIRMABLE, may_read_entered
from portal.organizations.queries import organization_ids
from portal.submissions.deadlines import Deadline
from portal.submissions.models import Submission
from portal.submissions.queries import newest_contents
from portal.submissions.states import SubmissionState

# The tree path of a question, from its link; None where it is no live page.
_LIVE = Subquery(
    GuidingQuestionPage.objects.filter(live=True, translation_key=OuterRef("question_key"))
    .order_by("pk")
    .values("path")[:1]
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The questions something written is about, in order, and the tree paths of those that still exist."""

    keys: tuple[UUID, ...]
    paths: dict[UUID, str]

    @property
    def existing(self) -> frozenset[UUID]:
        return frozenset(self.paths)


def room_entries(actor: Actor) -> QuerySet[MadeInRoom]:
    """All that was made in the room for those who may read it, else nothing; the last one first."""
    rows = MadeInRoom.objects.select_related("intervention__organization", "session")
    return rows if may_read_entered(actor) else rows.none()


def own_room_entries(actor: Actor) -> QuerySet[MadeInRoom]:
    """Those of the actor's organizations that may be confirmed, or were."""
    rows = MadeInRoom.objects.select_related("intervention__organization", "session")
    return rows.filter(
        intervention__organization_id__in=organization_ids(actor), intervention__state__in=CONFIRMABLE
    )


def question_keys(intervention: Intervention) -> tuple[UUID, ...]:
    """The questions it answers, in order."""
    return tuple(row.question_key for row in intervention.answers.all())


def chosen_questions(intervention_id: int) -> Chosen:
    """Those of an intervention. One query."""
    return chosen_among(InterventionAnswer.objects.filter(intervention_id=intervention_id))


def chosen_among(links: QuerySet[Any]) -> Chosen:
    """The chosen questions in order, and those of them that are live pages; of `QuestionLink`s. One query."""
    rows = links.annotate(path=_LIVE).order_by("position", "pk").values_list("question_key", "path")
    questions = list(rows)
    return Chosen(tuple(key for key, _path in questions), {key: path for key, path in questions if path})


def deadlines_of(
    links: QuerySet[Any], owner: str, rows: Sequence[Submission], now: datetime
) -> dict[UUID, list[Deadline]]:
    """Of drafts that are about questions, one for each consultation, the first to end first; by key.

    `links` are their `QuestionLink`s, each of an `owner`. At most six queries whatever the number of drafts.
    """
    asked = _paths_of(links.filter(**{f"{owner}__in": rows}), owner) if rows else {}
    above = {path_above(path) for paths in asked.values() for path in paths.values()}
    calls = calls_at(above, [row.organization for row in rows])
    sent = newest_contents(rows[0].kind, _returned(rows)) if rows else {}
    return {row.key: _deadlines(row, asked.get(row.pk, {}), calls, sent.get(row.key), now) for row in rows}


def _paths_of(links: QuerySet[Any], owner: str) -> dict[int, dict[UUID, str]]:
    """By row of the owner the tree path of each live question. One query."""
    paths: dict[int, dict[UUID, str]] = defaultdict(dict)
    for row, key, path in links.annotate(path=_LIVE).values_list(f"{owner}_id", "question_key", "path"):
        if path:
            paths[row][key] = path
    return paths


def _returned(rows: Sequence[Submission]) -> list[UUID]:
    return [row.key for row in rows if row.state == SubmissionState.RETURNED]


def _deadlines(
    row: Submission,
    paths: Mapping[UUID, str],
    calls: Mapping[str, Call],
    sent: Mapping[str, Any] | None,
    now: datetime,
) -> list[Deadline]:
    by_call: dict[UUID, tuple[Call, list[UUID]]] = {}
    for key, path in paths.items():
        call = calls[path_above(path)]
        by_call.setdefault(call.page.key, (call, []))[1].append(key)
    told = {UUID(key) for key in (sent or {}).get("questions", ())}
    return sorted(
        (
            call.deadline(row.organization, now, _begun(row, told.issuperset(keys)))
            for call, keys in by_call.values()
        ),
        key=in_order,
    )


def _begun(row: Submission, was_submitted: bool) -> Begun:
    """What was returned has its own term on the questions that it was submitted on."""
    is_returned = row.state == SubmissionState.RETURNED and was_submitted
    return Begun(row.created_at, (row.decided_at or row.submitted_at) if is_returned else None)


def existing_questions(keys: frozenset[UUID]) -> frozenset[UUID]:
    """Those of the keys that are live guiding questions. One query."""
    rows = GuidingQuestionPage.objects.filter(live=True, translation_key__in=keys)
    return frozenset(rows.values_list("translation_key", flat=True))


def zone_of(keys: Sequence[UUID]) -> ZoneInfo | None:
    """The clock of the consultation that the first of the questions belongs to. One query."""
    if not keys:
        return None
    above = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    asked = GuidingQuestionPage.objects.filter(translation_key=keys[0]).annotate(above=above)
    rows = ConsultationPage.objects.filter(Exists(asked.filter(path__startswith=F("above")))).order_by("pk")
    zone = rows.values_list("time_zone", flat=True).first()
    return ZoneInfo(zone) if zone else None
