"""Sessions, hosts and partners in the Wagtail admin; its hooks register them.

An organization or a document is typed as its number (or name): a list to choose from would be read once for
each row of the form.
"""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.common.ids import parse_public_id, public_id
from portal.common.languages import CODES, DEFAULT
from portal.consultations.page_models import ConsultationPage
from portal.consultations.session_models import ConsultationBody, Session
from portal.library.models import LETTER
from portal.organizations.public_bodies import PublicBodies
from portal.publication.enums import RecordKind
from portal.publication.kinds import ledger_kind


class NumberInput(forms.TextInput):
    """A public number instead of a list of all that have one; the field checks what it leads to."""

    def letter(self) -> str:
        return LETTER

    def format_value(self, value: Any) -> str:
        return public_id(self.letter(), int(value)) if str(value or "").isdecimal() else str(value or "")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = str(super().value_from_datadict(data, files, name) or "").strip()
        parsed = parse_public_id(typed)
        return parsed[1] if parsed is not None and parsed[0] == self.letter() else typed


class OrganizationInput(NumberInput):
    """The number of an organization, or one of its names."""

    def letter(self) -> str:
        return ledger_kind(RecordKind.ORGANIZATION).letter

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        if isinstance(value, int) or not value:
            return value
        body, _reason = PublicBodies().find(value)
        return body.pk if body else value


def consultation_choices() -> list[tuple[str, str]]:
    """Every consultation once, drafts too, in the editor's language where it has that. One query."""
    language = get_language() or DEFAULT
    rows = ConsultationPage.objects.order_by("path").values_list(
        "translation_key", "title", "locale__language_code"
    )
    titles: dict[UUID, str] = {}
    for key, title, code in rows:
        if key not in titles or code == language:
            titles[key] = title
    return [("", "---"), *((str(key), title) for key, title in titles.items())]


class OfConsultation(WagtailAdminModelForm):
    """A form about something that belongs to a consultation."""

    consultation_key = forms.TypedChoiceField(
        label=_("Consultation"), choices=consultation_choices, coerce=UUID, empty_value=None
    )


ORGANIZATION = FieldPanel("organization", widget=OrganizationInput)
SESSION_PANELS = [
    FieldPanel("consultation_key"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("position")]),
    MultiFieldPanel([FieldPanel(f"title_{code}") for code in CODES], heading=_("Title")),
    FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    FieldRowPanel([FieldPanel("place"), FieldPanel("language")]),
    InlinePanel(
        "speakers",
        [ORGANIZATION, FieldPanel("name"), FieldPanel("role")],
        heading=_("Who spoke, and as what"),
    ),
    InlinePanel("files", [FieldPanel("document", widget=NumberInput)], heading=_("Files of the library")),
    FieldPanel("recording"),
    FieldPanel("is_public"),
]
BODY_PANELS = [
    FieldPanel("consultation_key"),
    FieldPanel("role"),
    ORGANIZATION,
    FieldPanel("name"),
    FieldPanel("position"),
]


class SessionViewSet(SnippetViewSet):
    model = Session
    icon = "group"
    list_display: ClassVar = ["__str__", "kind", "starts_at", "is_public"]
    list_filter: ClassVar = ["kind", "is_public"]
    edit_handler = ObjectList(SESSION_PANELS, base_form_class=OfConsultation)


class ConsultationBodyViewSet(SnippetViewSet):
    model = ConsultationBody
    icon = "group"
    list_display: ClassVar = ["__str__", "role"]
    edit_handler = ObjectList(BODY_PANELS, base_form_class=OfConsultation)

    def get_queryset(self, request: Any) -> Any:
        return ConsultationBody.objects.select_related("organization")


class MeetingViewSetGroup(SnippetViewSetGroup):
    """One entry of the menu with both."""

    items = (SessionViewSet, ConsultationBodyViewSet)
    menu_label = _("Meetings")
    menu_icon = "group"
    menu_order = 54
    menu_name = "meetings"
