"""Reads of what was decided: the last decision first, each with the thing that it was about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.common.actors import Actor
from portal.common.collation import alphabetical
from portal.common.reviews import ReviewType
from portal.moderation.models import Decision
from portal.publication.models import Record
from portal.submissions.cuts import title_cuts, told_contents, told_titles
from portal.submissions.states import STATES
from portal.submissions.types import SubmissionType, review_type, review_types
from portal.tables.codebook import Columns, Holds, Meaning
from portal.tables.writing import Cell

# Rows of a file are read in parts of so many.
PART = 500
# Elsewhere the row may say what its authors are writing now.
AS_SUBMITTED = STATES.waiting | STATES.public
FORMER = _("the account was erased")
COLUMNS: Columns = (
    Meaning("decided_at", _("When it was decided"), Holds.MOMENT),
    Meaning("kind", _("What kind of thing it was about"), Holds.CODE),
    Meaning("title", _("Title of the thing")),
    Meaning("language", _("Language of the title"), Holds.CODE, "ISO 639-1"),
    Meaning("organization", _("Name of its organization, or what is told instead")),
    Meaning("decision", _("What was decided"), Holds.CODE),
    Meaning("ground", _("Why, one of a list"), Holds.CODE, empty=_("the decision names none")),
    Meaning("reason", _("What the authors read"), empty=_("the decision needs no reason")),
    Meaning("decided_by", _("Who decided"), empty=FORMER),
    Meaning("url", _("Its page at the desk"), Holds.ADDRESS),
)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision; the title is empty where the thing is gone."""

    decision: Decision
    of: ReviewType
    title: str = ""
    language: str = ""
    author: str = ""


def decided(actor: Actor, asked: Mapping[str, Any]) -> QuerySet[Decision]:
    """Of things that the actor may read, narrowed by `DecidedFilters.chosen`; the last one first."""
    rows = (
        Decision.objects.filter(_open_to(actor)).select_related("decided_by").order_by("-decided_at", "-pk")
    )
    same = {"kind": "kind", "action": "action", "by": "decided_by"}
    rows = rows.filter(**{column: asked[name] for name, column in same.items() if name in asked})
    if "q" in asked:
        rows = rows.filter(_about(asked["q"]))
    if "since" in asked:
        rows = rows.filter(decided_at__date__gte=asked["since"])
    if "until" in asked:
        rows = rows.filter(decided_at__date__lte=asked["until"])
    return rows


def deciders() -> QuerySet[User]:
    """Everybody who has ever decided, by name. One query."""
    return User.objects.filter(pk__in=Decision.objects.values("decided_by")).order_by(alphabetical("name"))


def with_things(decisions: Iterable[Decision]) -> list[Decided]:
    """Each with what it was about. Two queries, none for no decisions."""
    rows = list(decisions)
    keys: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        keys[row.kind].add(row.object_key)
    things = {(each["of_kind"], each["of_key"]): each for each in _things(keys)}
    told = told_titles([row.object_key for row in rows]) if rows else {}
    for about, title in (_submitted_titles(things) | told).items():
        if about in things:
            things[about]["of_title"] = title
    return [_decided(row, things.get((row.kind, row.object_key), {})) for row in rows]


def _submitted_titles(things: Mapping[tuple[str, UUID], dict[str, Any]]) -> dict[tuple[str, UUID], str]:
    """Of what its authors may be writing anew. Three queries for each kind of it."""
    keys: dict[str, list[str]] = defaultdict(list)
    for (kind, key), thing in things.items():
        if _is_written(review_type(kind), thing["of_state"]):
            keys[kind].append(str(key))
    contents = ((kind, each) for kind, own in keys.items() for each in told_contents(review_type(kind), own))
    return {(kind, UUID(str(each["key"]))): str(each["title"]) for kind, each in contents}


def _is_written(of: ReviewType, state: str) -> bool:
    return isinstance(of, SubmissionType) and state not in AS_SUBMITTED


def lines_of(decisions: QuerySet[Decision]) -> Iterator[list[Cell]]:
    """Rows of a file, part by part."""
    for start in range(0, decisions.count(), PART):
        for row in with_things(decisions[start : start + PART]):
            yield _line(row)


def _line(row: Decided) -> list[Cell]:
    told = row.decision
    return [
        told.decided_at.isoformat(),
        told.kind,
        row.title,
        row.language,
        row.author,
        told.action,
        told.ground,
        told.reason,
        str(told.decided_by or ""),
        f"{settings.SITE_URL}{reverse('moderation:subject', args=[told.kind, told.object_key])}",
    ]


def _decided(row: Decision, thing: Mapping[str, Any]) -> Decided:
    names = {"title": "of_title", "language": "of_language", "author": "of_author"}
    return Decided(row, review_type(row.kind), **{name: thing.get(key, "") for name, key in names.items()})


def _things(keys: Mapping[str, set[UUID]]) -> Iterable[dict[str, Any]]:
    parts = [
        of.model._default_manager.filter(key__in=keys[of.kind])
        .order_by()
        .values(
            of_kind=Value(of.kind, CharField()),
            of_key=F("key"),
            of_title=F(of.title_field),
            of_language=F("language"),
            of_author=F(of.organization_field),
            of_state=F("state"),
        )
        for of in review_types()
        if of.kind in keys
    ]
    return parts[0].union(*parts[1:], all=True) if parts else ()


def _open_to(actor: Actor) -> Q:
    """What is closed to somebody is left out of what was decided, as it is of the queue."""
    told = Q(pk__in=[])
    for of in review_types():
        closed = of.closed_to(actor)
        of_kind = Q(kind=of.kind)
        told |= of_kind & ~Q(object_key__in=closed.values("key")) if isinstance(closed, QuerySet) else of_kind
    return told


def _about(words: str) -> Q:
    """Each word stands in the name of the organization or in the title, as the secretariat reads it."""
    told, cut = Q(pk__in=[]), title_cuts()
    for of in review_types():
        rows = of.model._default_manager.order_by()
        for word in words.split():
            as_it_is = Q(**{f"{of.title_field}__icontains": word})
            if isinstance(of, SubmissionType):
                as_public = Record.objects.filter(kind=of.kind, title__icontains=word).values("source_key")
                as_it_is = as_it_is & Q(state__in=AS_SUBMITTED) | Q(key__in=as_public)
            as_told = Q(key__in=cut.filter(title__icontains=word).values("submission_key"))
            title = as_it_is & ~Q(key__in=cut.values("submission_key")) | as_told
            rows = rows.filter(title | Q(**{f"{of.organization_field}__icontains": word}))
        told |= Q(kind=of.kind, object_key__in=rows.values("key"))
    return told
