"""Forms of the admin whose hours are those of a consultation's time zone, also when they are opened again.

The admin's own clock is the reader's; an hour typed beside a consultation is the hour at its place.
"""

from collections.abc import Iterable
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from portal.consultations.time_zones import validate_time_zone

HOURS = _("By the clock of the consultation's time zone.")


class ZonedForm(forms.BaseForm):
    """Beside a Wagtail form: `zoned` names its moments, `zone_shown` and `zone_typed` their zone."""

    zoned: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = _zone(self.zone_shown())
        for name in self._moments():
            field = self.fields[name]
            field.help_text = " ".join(str(text) for text in (HOURS, field.help_text) if text)
            moment = self.initial.get(name)
            if zone is not None and moment is not None and timezone.is_aware(moment):
                self.initial[name] = moment.astimezone(zone).replace(tzinfo=None)

    def zone_shown(self) -> str:
        """That of what is stored."""
        raise NotImplementedError

    def zone_typed(self, typed: dict[str, Any]) -> str:
        """That of what the form says."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        zone = _zone(self.zone_typed(typed))
        for name in self._moments():
            if zone is None or not typed.get(name):
                continue
            field = self.fields[name]
            written = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            try:
                with timezone.override(zone):
                    typed[name] = field.clean(written)
            except ValidationError as refusal:
                self.add_error(name, refusal)
        return typed

    def _moments(self) -> Iterable[str]:
        return [name for name in self.zoned if name in self.fields]


class ConsultationForm(ZonedForm, WagtailAdminPageForm):
    """Of a consultation's page, which names the zone beside the hours; also those of its types' deadlines."""

    zoned = ("opens_at", "deadline", "closed_at")
    BY_TYPE = "type_deadlines"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for form in self._of_types():
            moment, zone = form.initial.get("deadline"), _zone(self.zone_shown())
            if moment is not None and zone is not None and timezone.is_aware(moment):
                form.initial["deadline"] = moment.astimezone(zone).replace(tzinfo=None)

    def clean(self) -> dict[str, Any]:
        """Their hours are read once, while the clock is that of the zone."""
        typed = super().clean()
        zone = _zone(self.zone_typed(typed))
        if zone is not None and self.BY_TYPE in self.formsets:
            with timezone.override(zone):
                self.formsets[self.BY_TYPE].full_clean()
        return typed

    def _of_types(self) -> list[Any]:
        return list(self.formsets[self.BY_TYPE].forms) if self.BY_TYPE in self.formsets else []

    def zone_shown(self) -> str:
        return str(self.instance.time_zone)

    def zone_typed(self, typed: dict[str, Any]) -> str:
        return str(typed.get("time_zone", self.instance.time_zone))


def _zone(name: str) -> ZoneInfo | None:
    """None for what is no zone: its own field says so."""
    try:
        validate_time_zone(name)
    except ValidationError:
        return None
    return ZoneInfo(name)
