"""What pledges hold of a person: who began them, decided for a party or a pair, and gave a table."""

from typing import Any

from django.db.models import QuerySet

from portal.common.personal import Erasure, Held, Person, Topic, forgets
from portal.pledges.duplicate_models import PledgePair
from portal.submissions.personal import written

# Columns of the rows in a journal that lead to accounts.
PEOPLE = frozenset({"author", "decided_by"})


def journals_of(person: Person) -> QuerySet[Any]:
    """Decisions that can be undone and whose journal holds the key."""
    rows = PledgePair.objects.exclude(journal=[]).values_list("pk", "journal")
    told = [pk for pk, journal in rows.iterator(chunk_size=100) if _without(journal, person) != journal]
    return PledgePair.objects.filter(pk__in=told)


def erase_from_journals(rows: QuerySet[Any], person: Person) -> None:
    """Undoing brings back rows, and not who is gone."""
    for pair in rows:
        pair.journal = _without(pair.journal, person)
        pair.save(update_fields=["journal"])


def _without(journal: list[dict[str, Any]], person: Person) -> list[dict[str, Any]]:
    return [{name: _image(value, person) for name, value in entry.items()} for entry in journal]


def _image(value: Any, person: Person) -> Any:
    """Of an entry, what is a row before or after."""
    if not isinstance(value, dict):
        return value
    return {name: None if name in PEOPLE and told == person.pk else told for name, told in value.items()}


def _as_file(table: Any) -> tuple[str, bytes]:
    return str(table.name), bytes(table.content)


PERSONAL: tuple[Held, ...] = (
    written("pledges.Pledge", "description", "change_reason"),
    forgets("pledges.PledgeParty", Topic.WRITTEN, "decided_by", shown=("role", "state", "decided_at")),
    Held(
        model="pledges.PledgePair",
        topic=Topic.STAFF,
        at_erasure=Erasure.FORGET,
        rows=journals_of,
        texts=("journal",),
        erase=erase_from_journals,
    ),
    forgets("pledges.PledgePair", Topic.STAFF, "decided_by", shown=("decision", "reason", "decided_at")),
    forgets(
        "pledges.PledgeTable",
        Topic.STAFF,
        "uploaded_by",
        shown=("name", "language", "uploaded_at"),
        texts=("content",),
        content=_as_file,
    ),
)
