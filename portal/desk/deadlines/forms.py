"""The form of a later deadline; the view beside it calls it."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cms.queries import PublicPage
from portal.common.forms import LineField, LinesField
from portal.consultations.later import MOST_REASON
from portal.organizations.models import Organization
from portal.organizations.public_bodies import organization_meant

FORMATS = ["%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"]
HOUR = _("Write day and hour as 2026-06-14 18:00 or 14/06/2026 18:00.")


class LaterForm(forms.Form):
    """Who gets until when. `pages` are the consultations to choose from, `made` the organization meant."""

    consultation = forms.ChoiceField(label=_("Consultation"))
    organization = LineField(
        label=_("Organization"),
        help_text=_("Its number, such as O-00007, or its name; of a withheld name the pseudonym."),
    )
    until = LineField(
        label=_("Open until"),
        help_text=_("By the clock of the consultation, such as 2026-06-14 18:00."),
    )
    reason = LinesField(
        label=_("Why"),
        max_length=MOST_REASON,
        help_text=_("Only the secretariat reads this. The organization gets a mail with the new deadline."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any, *, pages: dict[UUID, PublicPage], choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.pages = pages
        self.made: Organization | None = None
        asked: Any = self.fields["consultation"]
        asked.choices = [("", _("Choose")), *choices]

    def clean_organization(self) -> str:
        """One of the public ones, or one whose name is withheld, by its pseudonym."""
        word: str = self.cleaned_data["organization"]
        self.made, reason = organization_meant(word)
        if self.made is None:
            self.made = Organization.objects.filter(is_protected=True, name__iexact=word).first()
        if self.made is None:
            raise forms.ValidationError(reason)
        return word

    def clean_until(self) -> datetime | None:
        """The hour at the place of the consultation; None where none was chosen, which its field says."""
        page = self.pages.get(key) if (key := self._key()) else None
        if page is None:
            return None
        field = forms.DateTimeField(input_formats=FORMATS, error_messages={"invalid": HOUR})
        with timezone.override(ZoneInfo(page.extra["time_zone"])):
            moment: datetime = field.clean(self.cleaned_data["until"])
        return moment

    def _key(self) -> UUID | None:
        chosen = self.cleaned_data.get("consultation")
        return UUID(chosen) if chosen else None
