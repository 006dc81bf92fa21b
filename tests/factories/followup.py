"""Bodies of the follow-up and their seats."""

from datetime import date
from itertools import count

from portal.followup.models import Body, ReviewCycle, Seat
from portal.organizations.models import Organization

_numbers = count(1)
LONG_AGO = date(2020, 1, 1)


def make_body(kind: str = "commission", **fields: object) -> Body:
    """Public; its seats may do nothing unless `fields` say so."""
    number = next(_numbers)
    titles = {f"title_{language}": f"Body {number} in {language}" for language in ("es", "en", "pt", "fr")}
    values: dict[str, object] = {"slug": f"body-{number}", "is_public": True, **titles, **fields}
    return Body.objects.create(kind=kind, **values)


def make_seat(body: Body, organization: Organization, **fields: object) -> Seat:
    """Held by the organization for years already."""
    values: dict[str, object] = {"constituency": "academia", "since": LONG_AGO, **fields}
    return Seat.objects.create(body=body, organization=organization, **values)


def make_cycle(slug: str = "", **fields: object) -> ReviewCycle:
    """Planned, in two years; nothing of it has happened."""
    slug = slug or f"cycle-{next(_numbers)}"
    titles = {f"title_{language}": f"Cycle {slug} in {language}" for language in ("es", "en", "pt", "fr")}
    days: dict[str, object] = {"opens_on": date(2026, 1, 1), "closes_on": date(2027, 12, 31)}
    return ReviewCycle.objects.create(slug=slug, **(days | titles | fields))
