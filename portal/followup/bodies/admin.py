"""Bodies with their seats in the Wagtail admin; hooks register them.

Organizations are typed by their number and people by their address: lists of all would be read for each seat.
"""

from typing import Any, ClassVar

from django import forms
from django.db.models import Count
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.accounts.models import User
from portal.common.ids import parse_public_id
from portal.common.languages import CODES, row_of
from portal.followup.models import Body
from portal.organizations.models import Organization
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.taxonomy.queries import organization_type_names

# Stands before what names nobody: a number alone would be taken for that of a row.
_UNKNOWN = ":"


class TypedInput(forms.TextInput):
    """A row by what people call it; what names none stays as it was typed."""

    def pk_of(self, typed: str) -> int | None:
        raise NotImplementedError

    def name_of(self, pk: int) -> str:
        raise NotImplementedError

    def format_value(self, value: Any) -> str:
        if isinstance(value, int):
            return self.name_of(value)
        return str(value or "").removeprefix(_UNKNOWN)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = str(super().value_from_datadict(data, files, name) or "").strip()
        pk = self.pk_of(typed) if typed and typed.isprintable() else None
        return pk if pk is not None else typed and f"{_UNKNOWN}{typed}"


class NumberInput(TypedInput):
    """An organization by its public number, such as `O-00007`."""

    def pk_of(self, typed: str) -> int | None:
        parsed = parse_public_id(typed)
        if parsed is None or parsed[0] != "O":
            return None
        rows = Record.objects.filter(kind=RecordKind.ORGANIZATION, pk=parsed[1])
        keys = rows.values_list("source_key", flat=True)
        return Organization.objects.filter(key__in=list(keys)).values_list("pk", flat=True).first()

    def name_of(self, pk: int) -> str:
        keys = Organization.objects.filter(pk=pk).values_list("key", flat=True)
        record = Record.objects.filter(kind=RecordKind.ORGANIZATION, source_key__in=list(keys)).first()
        return record.public_id if record else ""


class AddressInput(TypedInput):
    """A person by their e-mail address."""

    def pk_of(self, typed: str) -> int | None:
        return User.objects.filter(email__iexact=typed).values_list("pk", flat=True).first()

    def name_of(self, pk: int) -> str:
        return User.objects.filter(pk=pk).values_list("email", flat=True).first() or ""


class ConstituencySelect(forms.Select):
    """The types of organizations, in the editor's language."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, choices=CallableChoiceIterator(_constituencies))


def _constituencies() -> list[tuple[str, str]]:
    names = organization_type_names(row_of(get_language()).code)
    return [("", "---------"), *names.items()]


def in_languages(name: str, heading: Any) -> MultiFieldPanel:
    """A field for each language, under one heading."""
    return MultiFieldPanel([FieldPanel(f"{name}_{code}") for code in CODES], heading=heading)


SEAT_PANELS = [
    FieldPanel("constituency", widget=ConstituencySelect),
    FieldPanel("organization", widget=NumberInput, help_text=_("Its number, such as O-00007.")),
    FieldPanel(
        "person",
        widget=AddressInput,
        help_text=_("E-mail address of the one person who acts on the seat; empty for everybody who writes."),
    ),
    FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
]
BODY_PANELS = [
    FieldRowPanel([FieldPanel("slug"), FieldPanel("kind")]),
    in_languages("title", _("Name")),
    in_languages("mandate", _("Mandate")),
    FieldPanel("source"),
    FieldPanel("may_assess"),
    FieldPanel("runs_cycles"),
    FieldPanel("is_public"),
    InlinePanel("seats", SEAT_PANELS, heading=_("Seats")),
]


class BodyViewSet(SnippetViewSet):
    model = Body
    icon = "group"
    list_display: ClassVar = [
        "__str__",
        "kind",
        Column("seats", label=_("Seats"), accessor="number"),
        "may_assess",
        "runs_cycles",
        "is_public",
    ]
    edit_handler = ObjectList(BODY_PANELS, base_form_class=WagtailAdminModelForm)

    def get_queryset(self, request: Any) -> Any:
        return Body.objects.annotate(number=Count("seats"))
