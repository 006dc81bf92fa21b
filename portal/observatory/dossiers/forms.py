"""Forms of dossiers: they keep what was typed, the domain says what cannot be kept; views call them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.characters import many_lines, one_line
from portal.common.choices import language_choices
from portal.observatory.dossiers.drafts import DossierFields
from portal.observatory.dossiers.enums import Role
from portal.observatory.dossiers.limits import COMMENT, DESCRIPTION, TITLE
from portal.observatory.dossiers.models import Dossier, Item
from portal.submissions.steps import StepForm


def _title(**options: Any) -> forms.CharField:
    attrs = {"autocomplete": "off", "data-max-characters": TITLE}
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **options)


def _area(limit: int, rows: int, **options: Any) -> forms.CharField:
    attrs = {"rows": rows, "autocomplete": "off", "data-max-characters": limit}
    return forms.CharField(widget=forms.Textarea(attrs=attrs), required=False, **options)


class DossierForm(StepForm):
    """A new dossier, or title, description and language of a stored one."""

    title = _title(label=_("Title"))
    description = _area(DESCRIPTION, 4, label=_("What it is about"))
    language = forms.ChoiceField(
        label=_("Language"),
        choices=language_choices,
        help_text=_("The language of its title and comments, and of the exported file."),
    )

    def values_of(self, draft: Dossier) -> dict[str, Any]:
        return {name: getattr(draft, name) for name in self.base_fields}

    def typed(self) -> dict[str, Any]:
        sent = {name: str(self.data.get(name, "")) for name in self.base_fields}
        return sent | {"title": one_line(sent["title"]), "description": many_lines(sent["description"])}

    def fields_to_save(self) -> DossierFields:
        return DossierFields(**self.typed())


class CommentForm(StepForm):
    comment = _area(COMMENT, 6, label=_("Comment"))

    def values_of(self, draft: Item) -> dict[str, Any]:
        return {"comment": draft.comment}

    def typed(self) -> dict[str, Any]:
        return {"comment": many_lines(str(self.data.get("comment", "")))}

    def fields_to_save(self) -> str:
        comment: str = self.typed()["comment"]
        return comment


class AddForm(StepForm):
    """Into which dossier a passage goes: one of those given, or a new one when a title is typed."""

    dossier = forms.ChoiceField(label=_("Dossier"))
    title = _title(
        label=_("Title of a new dossier"),
        required=False,
        help_text=_("Only for a new one: with a title here, it is made and the passage goes into it."),
    )
    comment = _area(COMMENT, 4, label=_("Comment"))

    def __init__(self, sent: Any = None, *, dossiers: Sequence[Dossier]) -> None:
        super().__init__(sent)
        self.by_key = {str(dossier.key): dossier for dossier in dossiers}
        chosen: Any = self.fields["dossier"]
        chosen.choices = [(key, dossier.title) for key, dossier in self.by_key.items()]
        if not dossiers:
            del self.fields["dossier"]
            self.fields["title"].required, self.fields["title"].help_text = True, ""

    def typed(self) -> dict[str, Any]:
        return {
            "title": one_line(str(self.data.get("title", ""))),
            "comment": many_lines(str(self.data.get("comment", ""))),
        }

    @property
    def chosen(self) -> Dossier | None:
        """The dossier to add to; None for a new one."""
        return None if self.typed()["title"] else self.by_key.get(str(self.data.get("dossier", "")))


class ShareForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The address with which the person signs in here, now or later."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Write the person's e-mail address."),
            "invalid": _("Write a whole e-mail address, such as name@example.org."),
        },
    )
    role = forms.ChoiceField(
        label=_("What the person may do"),
        choices=Role,
        initial=Role.READER,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the person may do.")},
    )


def key_of(sent: str) -> UUID | None:
    """The key a form carries so that sending it twice does it once."""
    try:
        return UUID(sent)
    except ValueError:
        return None
