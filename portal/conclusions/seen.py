"""Forms about what somebody may save meanwhile: who sends a stale one sees both versions, and decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.common.digests import digest_of


class SeenForm(forms.Form):
    """`initial` is what is stored now, and a mark of it travels with the form; one without is not held to it.

    `stored` is said where a field chooses what the form is about.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, stored: object = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = stored if stored is not None else sorted(self.initial.items())
        self.initial["seen"] = digest_of({"stored": str(said)})[:16]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        seen = typed.pop("seen", "")
        if seen and self.is_stale(seen):
            self.renew_mark()
            for name in [name for name in typed if name in self.initial]:
                self._tell(name, typed[name])
        return typed

    def is_stale(self, seen: str) -> bool:
        return bool(seen != self.initial["seen"])

    def renew_mark(self) -> None:
        """Sent once more, the form says what its sender has decided."""
        sent: Any = self.data
        data = sent.copy()
        data[self.add_prefix("seen")] = self.initial["seen"]
        self.data = data

    def _tell(self, name: str, typed: Any) -> None:
        stored = self.initial[name]
        if _same(typed, stored):
            return
        told = _("Somebody saved this meanwhile: “%(value)s”. Send the form again to replace it with yours.")
        self.add_error(name, told % {"value": _in_words(self.fields[name], stored)})


def _same(typed: Any, stored: Any) -> bool:
    if isinstance(typed, list):
        return sorted(typed) == sorted(stored)
    return str("" if typed is None else typed) == str("" if stored is None else stored)


def _in_words(field: forms.Field, stored: Any) -> str:
    if isinstance(stored, bool):
        return pgettext("answer", "yes") if stored else pgettext("answer", "no")
    choices = {str(value): label for value, label in getattr(field, "choices", ())}
    values = stored if isinstance(stored, list) else [stored]
    return ", ".join(str(choices.get(str(value), "" if value is None else value)) for value in values)
