"""What pledges hold of a person: who began them, decided for a party or a pair, and gave a table."""

from typing import Any

from django.db.models import QuerySet

from portal.common.forgetting import erase_from_journals, journals_of
from portal.common.personal import Erasure, Held, Person, Topic, forgets
from portal.pledges.duplicate_models import PledgePair
from portal.submissions.personal import written


def journals(person: Person) -> QuerySet[Any]:
    """Decisions that can be undone and whose journal holds the key."""
    return journals_of(PledgePair.objects.all(), person)


def _as_file(table: Any) -> tuple[str, bytes]:
    return str(table.name), bytes(table.content)


PERSONAL: tuple[Held, ...] = (
    written("pledges.Pledge", "description", "change_reason"),
    forgets("pledges.PledgeParty", Topic.WRITTEN, "decided_by", shown=("role", "state", "decided_at")),
    Held(
        model="pledges.PledgePair",
        topic=Topic.STAFF,
        at_erasure=Erasure.FORGET,
        rows=journals,
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
