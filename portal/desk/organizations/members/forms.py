"""Forms about members: a role, an invitation, a request to join, an owner that the secretariat appoints."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import AddressField
from portal.common.choices import own_language_choices
from portal.common.forms import LinesField
from portal.organizations.enums import Role
from portal.organizations.members.inviting import Invited
from portal.organizations.members.limits import LONGEST_TEXT
from portal.organizations.members.words import MAY
from portal.organizations.models import Membership

OUTSIDE = "outside"


def role_field(label: Any) -> forms.ChoiceField:
    """Each role with what it may do."""
    return forms.ChoiceField(
        label=label,
        choices=[(role, format_lazy("{}. {}", role.label, MAY[role])) for role in Role],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )


def email_field(**options: Any) -> AddressField:
    field = AddressField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}), **options
    )
    field.error_messages["required"] = _("Enter the e-mail address.")
    return field


def language_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Language of the mail"), choices=own_language_choices, widget=forms.RadioSelect
    )


def reason_field(help_text: Any) -> LinesField:
    return LinesField(
        label=_("Reason"),
        max_length=LONGEST_TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Give the reason.")},
    )


class RoleForm(forms.Form):
    role = role_field(_("Role"))


class InviteForm(forms.Form):
    email = email_field(help_text=_("The invitation is good for this address only."))
    role = role_field(_("Role"))
    language = language_field()

    def invited(self) -> Invited:
        return Invited(
            self.cleaned_data["email"], Role(self.cleaned_data["role"]), self.cleaned_data["language"]
        )


class AskForm(forms.Form):
    text = LinesField(
        label=_("Who are you, and what do you do there?"),
        max_length=LONGEST_TEXT,
        help_text=_("The owners read this, with your name and your e-mail address."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say who you are, so that the owners can decide.")},
    )


class LetInForm(forms.Form):
    role = role_field(_("Role"))


class DeclineForm(forms.Form):
    reason = reason_field(_("The person reads it."))


class AppointForm(forms.Form):
    """A member, or an address to which an invitation as owner is sent."""

    who = forms.ChoiceField(
        label=_("Who becomes the owner?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who becomes the owner.")},
    )
    email = email_field(
        required=False, help_text=_("Only for somebody from outside: an invitation is sent to it.")
    )
    language = language_field()
    reason = reason_field(_("The owners until now are told, with this reason."))

    def __init__(self, data: Any = None, *, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["who"]
        field.choices = [
            *((str(row.pk), f"{row.user} ({row.get_role_display()})") for row in members),
            (OUTSIDE, _("Somebody from outside, by e-mail")),
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("who") == OUTSIDE and not said.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter the e-mail address."))
        return said

    def invited(self) -> Invited:
        return Invited(self.cleaned_data["email"], Role.OWNER, self.cleaned_data["language"])
