"""The forms of an organization's profile, its identity and its logo; desk views call them."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.common.forms import LineField, LinesField
from portal.common.languages import CODES, DEFAULT
from portal.desk.organizations.fields import ProfileFields, initial_of
from portal.files.refusals import EMPTY
from portal.organizations.domain import OrganizationFields, missing
from portal.organizations.enums import ChangeState
from portal.organizations.models import Organization, ProfileChange
from portal.organizations.profile_fields import IDENTITY, LONGEST_DESCRIPTION, LONGEST_NAME, whole
from portal.organizations.states import ONCE_VERIFIED

LONGEST_NOTE = 1_000
_NAMES = tuple(f"name_{code}" for code in CODES)
# The fields that hold its identity.
IDENTITY_FIELDS = ("name", *_NAMES, "type_code", "country")


class ProfileForm(ProfileFields):
    """Saving needs a name only: `saved_fields` is what can be kept, `complete` asks for the rest.

    `change` is what waits for the secretariat or was declined: the form goes on with what was written last.
    """

    refugee_led = forms.BooleanField(
        label=_("It is led by refugees or other displaced people"),
        required=False,
        help_text=_("You say so yourselves; the secretariat may confirm it. Readers see which of the two."),
    )
    out_of_directory = forms.BooleanField(
        label=_("Leave it out of the public list of organizations"),
        required=False,
        help_text=_(
            "It has its page all the same, and what it publishes names it. Whoever must not be known should "
            "have the name withheld instead."
        ),
    )
    mail_language = forms.ChoiceField(
        label=_("Language of mails about the organization"),
        choices=lambda: [("", _("As each person has chosen")), *language_choices()],
        required=False,
    )
    evidence = LinesField(
        max_length=LONGEST_DESCRIPTION,
        label=_("How can the secretariat check that it exists?"),
        help_text=_(
            "A register and its number, or statutes. Once the profile is saved you can add files, or ask two "
            "verified organizations to vouch for you; then this may stay empty. Only the secretariat "
            "reads this."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        organization: Organization | None = None,
        change: ProfileChange | None = None,
    ) -> None:
        self.kept = kept_of(organization, change)
        if organization is not None and change is not None and change.state == ChangeState.DECLINED:
            self.kept |= {name: organization.profile[name] for name in IDENTITY}
        super().__init__(data, initial=initial_of(self.kept))
        self.fields["description"].help_text = _(
            "Two or three sentences. Everybody can read them once the organization is verified."
        )
        if organization is not None and organization.state in ONCE_VERIFIED:
            for name in IDENTITY_FIELDS:
                self.fields[name].disabled = True
            self.fields["name"].help_text = _(
                "Verified, as its type, its country and its name in other languages. Ask the secretariat to "
                "change them."
            )

    def full_clean(self) -> None:
        """The name and what does not fit its column are the only errors of a save."""
        super().full_clean()
        if self.is_bound:
            for name in [name for name in self.errors if name != "name" and not self[name].data]:
                del self.errors[name]
                self.cleaned_data[name] = ""

    def saved_fields(self) -> OrganizationFields:
        """What was typed where it fits, what was stored before where it does not."""
        said = self.said(self.kept)
        del said["logo_text"]
        return OrganizationFields(**said | {"language": said["language"] or get_language() or DEFAULT})

    def complete(self, *, is_shown: bool = False) -> None:
        """Add what is missing for verification, at the fields. `is_shown`: by files or by who vouches."""
        for problem in missing(Organization(**self.said(self.kept)), is_shown=is_shown):
            if problem.field not in self.errors:
                self.add_error(problem.field, str(problem.message))


class IdentityForm(ProfileFields):
    """Asks the secretariat for another name, type or country of a verified organization."""

    note = LinesField(
        label=_("Why"),
        max_length=LONGEST_NOTE,
        help_text=_(
            "The secretariat reads this, and nobody else. The former name stays one of your other names."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why, so that the secretariat can check it.")},
    )
    field_order = (*IDENTITY_FIELDS, "note")

    def __init__(
        self, data: Any = None, *, organization: Organization, change: ProfileChange | None = None
    ) -> None:
        self.kept = kept_of(organization, change)
        note = change.note if change else ""
        super().__init__(data, initial={**initial_of(self.kept), "note": note})
        for name in [name for name in self.fields if name not in self.field_order]:
            del self.fields[name]

    def identity(self) -> dict[str, Any]:
        """What a valid form asks for, by the names of `profile_fields`."""
        said = self.said({name: self.kept[name] for name in (*IDENTITY, "language")})
        return {name: said[name] for name in IDENTITY}


class LogoForm(forms.Form):
    """A picture and what it shows; without a picture the one there is keeps its words or gets others."""

    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_(
            "PNG or JPEG, at most 2 MB. It is made smaller, and what a file says of its author is left out."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"empty": EMPTY},
    )
    logo_text = LineField(
        label=_("What the logo shows"),
        max_length=LONGEST_NAME,
        help_text=_("In a few words, for those who do not see it: Two hands and a bridge."),
        error_messages={"required": _("Say what the logo shows, for those who do not see it.")},
    )


def kept_of(organization: Organization | None, change: ProfileChange | None) -> dict[str, Any]:
    """What the form goes on with: what is stored, and over it what waits or was declined."""
    if organization is None:
        return whole({"language": get_language() or DEFAULT})
    return organization.profile | (change.profile if change else {})
