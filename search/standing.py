"""Which found things are public now; walks ask, because a snapshot remembers what has been withdrawn."""

from collections.abc import Collection
from uuid import UUID

from portal.cms.queries import pages_by_key
from portal.common.ids import parse_public_id
from portal.library.models import LETTER
from portal.library.queries import published_documents
from portal.publication.enums import LETTERS
from portal.publication.queries import published


def still_public(identities: Collection[str], ui: str) -> set[str]:
    """Those of the identities (`I-00007`, a page's key) that are public. Five queries at most."""
    numbers: dict[str, dict[int, str]] = {}
    pages: dict[UUID, str] = {}
    for identity in identities:
        parsed = parse_public_id(identity)
        if parsed is not None:
            numbers.setdefault(parsed[0], {})[parsed[1]] = identity
        elif (key := _uuid(identity)) is not None:
            pages[key] = identity
    documents = numbers.pop(LETTER, {})
    return {
        *_records(numbers),
        *(documents[pk] for pk in _documents(documents)),
        *(pages[key] for key in pages_by_key(pages, ui)),
    }


def _records(numbers: dict[str, dict[int, str]]) -> list[str]:
    wanted = [pk for rows in numbers.values() for pk in rows]
    if not wanted:
        return []
    rows = published().order_by().select_related(None).filter(pk__in=wanted).values_list("kind", "pk")
    letters = {str(kind): letter for kind, letter in LETTERS.items()}
    return [numbers[letters[kind]][pk] for kind, pk in rows if pk in numbers.get(letters[kind], {})]


def _documents(wanted: Collection[int]) -> list[int]:
    if not wanted:
        return []
    return list(published_documents().order_by().filter(pk__in=list(wanted)).values_list("pk", flat=True))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
