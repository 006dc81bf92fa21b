"""Reads of what belongs to an intervention (private), and of the questions that anything written is about."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.functions import Cast
from wagtail.models import Page

from portal.attachments.models import Attachment
from portal.common.actors import Actor
from portal.common.ids import key_in
from portal.consultations.deadlines import Begun, Call, calls_at, in_order
from portal.consultations.models import ConsultationPage, GuidingQuestionPage
from portal.consultations.page_models import path_above
from portal.consultations.wholes import in_words, live_wholes, told_wholes
from portal.interventions.models import Intervention, InterventionAnswer, MadeInRoom
from portal.interventions.rules import CONFIRMABLE, may_read_entered
from portal.joint.queries import states_before_signing
from portal.organizations.queries import organization_ids
from portal.publication.wholes import WholeKind, kind_of, whole_code
from portal.submissions.deadlines import Deadline
from portal.submissions.models import Submission
from portal.submissions.queries import newest_contents
from portal.submissions.states import SubmissionState


@dataclass(frozen=True, slots=True)
class Chosen:
    """What something written is about, in order: questions by key, and by their codes what as a whole.

    The tree paths of those that are live (empty of a plan, which is never closed), and the words of all; and
    its files.
    """

    keys: tuple[UUID, ...]
    paths: dict[UUID | str, str]
    wholes: tuple[str, ...] = ()
    words: dict[UUID | str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()

    @property
    def named(self) -> tuple[UUID | str, ...]:
        return (*self.keys, *self.wholes)

    @property
    def existing(self) -> frozenset[UUID | str]:
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


def chosen_questions(intervention: Intervention) -> Chosen:
    """What it is about, and its files. Two queries, up to three more where it is about a whole."""
    return chosen_among(InterventionAnswer.objects.filter(intervention_id=intervention.pk), intervention)


def chosen_among(links: QuerySet[Any], about: Any) -> Chosen:
    """The same of a row `about` wholes with its `QuestionLink`s; words in its language if it can be."""
    asked = GuidingQuestionPage.objects.filter(translation_key=OuterRef("question_key"))
    row = in_words(asked, about.language)
    of_row = {name: Subquery(row.values(name)[:1]) for name in ("path", "live", "words")}
    rows = links.annotate(**of_row).order_by("position", "pk")
    told = list(rows.values_list("question_key", "path", "live", "words"))
    there: dict[UUID | str, tuple[str | None, str]] = {
        key: (path if live else None, words) for key, path, live, words in told if path
    }
    there.update(told_wholes(about.wholes, about.language).items())
    return Chosen(
        keys=tuple(key for key, *_told in told),
        paths={key: path for key, (path, _words) in there.items() if path is not None},
        wholes=tuple(about.wholes),
        words={key: words for key, (_path, words) in there.items()},
        attachments=tuple(about.attachments.select_related("file")),
    )


def contributed_on(targets: Collection[str], model: Any = Intervention, asked: str = "answers") -> Q:
    """Rows of a model on any of the questions, by key, or about any of the wholes, by code."""
    keys = [key for target in targets if (key := key_in(target))]
    about = model.objects.annotate(text=Cast("wholes", TextField())).exclude(wholes=[])
    named = reduce(or_, (Q(text__contains=f'"{code}"') for code in targets if kind_of(code)), Q(pk=None))
    return Q(**{f"{asked}__question_key__in": keys}) | Q(pk__in=about.filter(named).values("pk"))


def holding_pages(keys: Collection[UUID]) -> list[Intervention]:
    """Interventions, drafts too, that say something on a page of one of the keys. One query."""
    return list(Intervention.objects.filter(contributed_on(targets_of_pages(keys))).distinct())


def targets_of_pages(keys: Collection[UUID]) -> list[str]:
    """What pages of the keys are to contributions: questions, or segments and consultations as a whole."""
    kinds = (WholeKind.SEGMENT, WholeKind.CONSULTATION)
    return [*map(str, keys), *(whole_code(kind, key) for kind in kinds for key in keys)]


def deadlines_of(
    links: QuerySet[Any], owner: str, rows: Sequence[Submission], now: datetime
) -> dict[UUID, list[Deadline]]:
    """Of drafts by key, one for each consultation that they are about, the first to end first.

    `links` are their `QuestionLink`s, each of an `owner`. At most ten queries whatever the number of drafts.
    """
    asked = _paths_of(links, owner, rows) if rows else {}
    above = {path_above(path) for paths in asked.values() for path in paths.values()}
    calls = calls_at(above, [row.organization for row in rows])
    sent = newest_contents(rows[0].kind, _returned(rows)) if rows else {}
    return {row.key: _deadlines(row, asked.get(row.pk, {}), calls, sent.get(row.key), now) for row in rows}


def _paths_of(links: QuerySet[Any], owner: str, rows: Sequence[Any]) -> dict[int, dict[UUID | str, str]]:
    """By row of the owner the tree paths of what is live of what it is about. Four queries at most."""
    pages = GuidingQuestionPage.objects.filter(live=True, translation_key=OuterRef("question_key"))
    path = Subquery(pages.order_by("pk").values("path")[:1])
    asked = links.filter(**{f"{owner}__in": rows}).annotate(path=path)
    paths: dict[int, dict[UUID | str, str]] = defaultdict(dict)
    for row, key, path in asked.values_list(f"{owner}_id", "question_key", "path"):
        if path:
            paths[row][key] = path
    there = live_wholes({code for row in rows for code in row.wholes})
    for row in rows:
        paths[row.pk].update({code: there[code] for code in row.wholes if there.get(code)})
    return paths


def _returned(rows: Sequence[Submission]) -> list[UUID]:
    """Those that wait for signatures since they were returned are. One query where any wait for some."""
    came_from = states_before_signing(rows)
    return [row.key for row in rows if came_from.get(row.key, row.state) == SubmissionState.RETURNED]


def _deadlines(
    row: Submission,
    paths: Mapping[UUID | str, str],
    calls: Mapping[str, Call],
    sent: Mapping[str, Any] | None,
    now: datetime,
) -> list[Deadline]:
    by_call: dict[UUID, tuple[Call, list[UUID | str]]] = {}
    for key, path in paths.items():
        call = calls[path_above(path)]
        by_call.setdefault(call.page.key, (call, []))[1].append(key)
    said = sent or {}
    told = {*map(UUID, said.get("questions", ())), *said.get("wholes", ())}
    return sorted(
        (
            call.deadline(row.organization, now, _begun(row, is_sent=told.issuperset(keys)))
            for call, keys in by_call.values()
        ),
        key=in_order,
    )


def _begun(row: Submission, *, is_sent: bool) -> Begun:
    """What was returned has its own term on the questions that it was submitted on."""
    return Begun(row.created_at, (row.decided_at or row.submitted_at) if is_sent else None)


def existing_questions(keys: frozenset[UUID]) -> frozenset[UUID]:
    """Those of the keys that are live guiding questions. One query."""
    rows = GuidingQuestionPage.objects.filter(live=True, translation_key__in=keys)
    return frozenset(rows.values_list("translation_key", flat=True))


def zone_of(keys: Sequence[UUID]) -> ZoneInfo | None:
    """The clock of the consultation that the first of the questions or other pages belongs to. One query."""
    if not keys:
        return None
    above = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    asked = Page.objects.filter(translation_key=keys[0]).annotate(above=above)
    rows = ConsultationPage.objects.filter(Exists(asked.filter(path__startswith=F("above")))).order_by("pk")
    zone = rows.values_list("time_zone", flat=True).first()
    return ZoneInfo(zone) if zone else None
