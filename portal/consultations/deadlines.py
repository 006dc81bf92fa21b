"""Until when an organization can submit to a consultation: the one rule, and the reads it needs.

The public reads the deadline of everybody; what differs for a type or one organization stays at the desk.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import get_language

from portal.cms.queries import PublicPage
from portal.common.languages import DEFAULT
from portal.consultations.course import Facts, over_since
from portal.consultations.deadline_models import LaterDeadline, TypeDeadline
from portal.consultations.page_models import FACTS, ConsultationPage
from portal.consultations.page_queries import facts_with, published_conclusions
from portal.organizations.models import Organization
from portal.submissions.deadlines import Deadline, Limits, ends_of, standing_of


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft: when it was begun, and when what it says there was returned."""

    at: datetime
    returned: datetime | None = None


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What is not the deadline of everybody, by consultation: by type, and by row of an organization."""

    by_type: Mapping[UUID, Mapping[str, datetime]] = field(default_factory=dict)
    later: Mapping[UUID, Mapping[int, datetime]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """A consultation as its deadlines see it."""

    page: PublicPage
    facts: Facts
    exceptions: Exceptions

    def deadline(
        self, organization: Organization | None, now: datetime, begun: Begun | None = None
    ) -> Deadline:
        """For an organization and its draft; without one, that of everybody."""
        limits = self._limits(organization, begun)
        ends, why = ends_of(limits, now)
        return Deadline(
            key=self.page.key,
            title=self.page.title,
            language=self.page.language,
            zone=self.facts.time_zone,
            place=str(self.page.extra["place"]),
            opens=limits.opens,
            ends=ends,
            why=why,
            standing=standing_of(limits, now),
            now=now,
        )

    def _limits(self, organization: Organization | None, begun: Begun | None) -> Limits:
        facts, key = self.facts, self.page.key
        of_type = self.exceptions.by_type.get(key, {})
        later = self.exceptions.later.get(key, {})
        return Limits(
            opens=facts.opens_at,
            common=facts.deadline,
            of_type=of_type.get(organization.type_code) if organization else None,
            closed_at=facts.closed_at,
            later=later.get(organization.pk) if organization else None,
            over=over_since(facts),
            begun=begun.at if begun else None,
            returned=begun.returned if begun else None,
        )


def exceptions_of(keys: Collection[UUID], organizations: Iterable[Organization]) -> Exceptions:
    """What differs for any of the organizations. Two queries, none without both."""
    known = {organization.pk: organization.type_code for organization in organizations}
    if not keys or not known:
        return Exceptions()
    return Exceptions(_by_type(keys, {*known.values()}), _later(keys, known))


def calls_at(paths: Collection[str], organizations: Iterable[Organization]) -> dict[str, Call]:
    """The consultations at tree paths whose questions are live, in the reader's language where they have it.

    Three queries, and those of the apps that publish conclusions; none without paths.
    """
    if not paths:
        return {}
    keys = ConsultationPage.objects.filter(path__in=paths).values("translation_key")
    rows = _rows(ConsultationPage.objects.filter(translation_key__in=keys))
    calls = _calls(_pages(rows), organizations)
    return {row["path"]: calls[row["translation_key"]] for row in rows}


def calls_of(keys: Collection[UUID], organizations: Iterable[Organization]) -> dict[UUID, Call]:
    """The same by key."""
    return _calls(consultation_pages(keys), organizations)


def consultation_pages(keys: Collection[UUID]) -> dict[UUID, PublicPage]:
    """The facts of consultations by key, titled for the reader; without their texts. One query."""
    return _pages(_rows(ConsultationPage.objects.filter(translation_key__in=keys)))


def deadlines_to(
    calls: Iterable[Call], organizations: Sequence[Organization], now: datetime
) -> list[Deadline]:
    """Before there is a draft: what an organization can submit to, the first to end first."""
    rows = [call.deadline(each, now) for call in calls for each in organizations]
    return sorted({_mark(row): row for row in rows if not row.is_shut}.values(), key=in_order)


def in_order(deadline: Deadline) -> tuple[bool, datetime, str]:
    """What ends first comes first, what has no end last."""
    return (deadline.ends is None, deadline.ends or deadline.now, deadline.title)


def _mark(deadline: Deadline) -> tuple[object, ...]:
    return (deadline.key, deadline.ends, deadline.why)


def _by_type(keys: Collection[UUID], codes: Collection[str]) -> dict[UUID, dict[str, datetime]]:
    """Those of the oldest row of each consultation, as all of its facts. One query."""
    key = "page__translation_key"
    oldest = ConsultationPage.objects.filter(translation_key=OuterRef(key)).order_by("pk").values("pk")[:1]
    rows = TypeDeadline.objects.filter(**{f"{key}__in": keys}, type_code__in=codes, page=Subquery(oldest))
    own: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    for consultation, code, moment in rows.values_list(key, "type_code", "deadline"):
        own[consultation][code] = moment
    return own


def _later(keys: Collection[UUID], organizations: Collection[int]) -> dict[UUID, dict[int, datetime]]:
    """Those that were not revoked. One query."""
    rows = LaterDeadline.objects.filter(
        consultation_key__in=keys, organization__in=organizations, revoked_at__isnull=True
    )
    given: dict[UUID, dict[int, datetime]] = defaultdict(dict)
    for consultation, organization, until in rows.values_list("consultation_key", "organization_id", "until"):
        given[consultation][organization] = until
    return given


def _calls(pages: Mapping[UUID, PublicPage], organizations: Iterable[Organization]) -> dict[UUID, Call]:
    exceptions, conclusions = exceptions_of(pages.keys(), organizations), published_conclusions()
    return {
        key: Call(page, facts_with(page, conclusions, has_questions=True), exceptions)
        for key, page in pages.items()
    }


def _rows(pages: QuerySet[ConsultationPage]) -> list[dict[str, Any]]:
    """The oldest first. One query."""
    names = ("path", "live", "translation_key", "title", "heading", "place", "locale__language_code", *FACTS)
    return list(pages.order_by("pk").values(*names))


def _pages(rows: Iterable[dict[str, Any]]) -> dict[UUID, PublicPage]:
    language = get_language() or DEFAULT
    of_key: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        of_key[row["translation_key"]].append(row)
    return {key: _titled(each, language) for key, each in of_key.items()}


def _titled(rows: Sequence[dict[str, Any]], language: str) -> PublicPage:
    """The oldest row decides; title and place are told in the reader's language where that is public."""
    facts, code = rows[0], "locale__language_code"
    told = next((row for row in rows if row["live"] and row[code] == language), facts)
    title = told["heading"] or told["title"]
    extra = facts | {"place": told["place"] or facts["place"]}
    return PublicPage(facts["translation_key"], title, "", told[code], facts["number"], (), extra)
