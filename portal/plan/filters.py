"""Filters of lists of records by the actions that they lead to or carry out; kinds of records name them."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.publication.models import Record, RecordLink
from portal.publication.queries import with_link
from portal.records.filters import Choice, HiddenFilter

KEY = r"[a-z0-9-]{1,30}:[A-Za-z0-9._-]{1,40}"


class ActionKey(HiddenFilter):
    """The records that name one node by its key; none for what is no key."""

    pattern = KEY
    description = "Key of a plan action, such as chile-2024:1.1."

    def __init__(self, relation: str) -> None:
        super().__init__()
        self.relation = relation

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        return with_link(qs, self.relation, [value]) if value else qs


def has_action(relation: str) -> Choice:
    """Whether a record names any node."""

    def chosen(rows: QuerySet[Record], name: str, wanted: str) -> QuerySet[Record]:
        named = Exists(RecordLink.objects.filter(record=OuterRef("pk"), relation=relation))
        return rows.filter(named) if wanted == "yes" else rows.filter(~named)

    return Choice(
        _("Link to the plan"),
        choices=[("yes", _("Linked to an action")), ("no", _("Not linked to any action"))],
        method=chosen,
    )
