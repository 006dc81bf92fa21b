"""What the follow-up holds of a person: texts they began, a seat, notes of contacts with them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.common.personal import Held, Kept, Person, Topic, forgets
from portal.followup.contacting.domain import KEPT as NOTES_KEPT
from portal.followup.models import ContactNote
from portal.submissions.personal import written

OF_SEATS = ("text", "sources", "conflict")


def notes_of(person: Person) -> QuerySet[Any]:
    """Of contacts with the person, whoever noted them; emptied after a time all of them."""
    rows = ContactNote.objects.exclude(whom="", said="").values_list("pk", "whom", "said")
    told = [pk for pk, whom, said in rows.iterator() if person.is_named_in(f"{whom}\n{said}")]
    return ContactNote.objects.filter(pk__in=told)


PERSONAL: tuple[Held, ...] = (
    written("followup.Assessment", *OF_SEATS),
    written("followup.Reply", "text"),
    written("followup.Observation", *OF_SEATS),
    forgets("followup.Seat", Topic.ORGANIZATIONS, "person", shown=("constituency", "since", "until")),
    forgets("followup.ContactNote", Topic.WRITTEN, "author", shown=("on", "way", "created_at")),
    forgets(
        "followup.ContactNote",
        Topic.ORGANIZATIONS,
        rows=notes_of,
        shown=("on", "way", "whom", "said"),
        cleared={"whom": "", "said": ""},
    ),
)

KEPT: tuple[Kept, ...] = (
    Kept(Topic.ORGANIZATIONS, _("Notes of a contact with you: with whom and what was said"), NOTES_KEPT),
)
