"""The fields that say what an organization is; its members' form and the secretariat's are made of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.charts.region import PLACES
from portal.common.characters import one_line
from portal.common.choices import country_choices, language_choices
from portal.common.countries import countries_by_name, country_name
from portal.common.forms import LineField, LinesField
from portal.common.languages import CODES, DEFAULT
from portal.common.phrases import language_in_text, too_long
from portal.common.spoken import SPOKEN
from portal.organizations.directory import distinct
from portal.organizations.profile_fields import (
    EARLIEST_YEAR,
    LONGEST_ACRONYM,
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    LONGEST_PLACE,
    LONGEST_WEBSITE,
    MOST_ALIASES,
    MOST_COUNTRIES,
    dated,
)
from portal.tables.vocabularies import COUNTRY_VOCABULARY
from portal.taxonomy.queries import organization_type_names

LATEST_YEAR = 2100
# `Red Puente (1998–2010)`, `(–2010)`, `(1998-)`, `(1998)`.
_DATED = re.compile(r"^(?P<name>.+?)\s*\((?P<since>\d{4})?\s*(?P<dash>[-–—])?\s*(?P<until>\d{4})?\)$")


def _name_in_words(code: str) -> str:
    return _("Name in %(language)s") % {"language": language_in_text(code)}


_name_in = lazy(_name_in_words, str)


def region_choices() -> list[tuple[str, str]]:
    return [(code, name) for code, name in countries_by_name() if code in PLACES]


class NamedField(LineField):
    """The name in one of the four languages."""

    def __init__(self, code: str) -> None:
        attrs = {"lang": code}
        super().__init__(
            label=_name_in(code), max_length=LONGEST_NAME, required=False, widget=forms.TextInput(attrs=attrs)
        )


class ProfileFields(forms.Form):
    """`said` gives what was typed by the names of `profile_fields`, `initial_of` the other way round."""

    name = LineField(
        label=gettext_lazy("Name of the organization"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": gettext_lazy("Enter the name of the organization.")},
    )
    acronym = LineField(label=gettext_lazy("Short name"), max_length=LONGEST_ACRONYM, required=False)
    name_es, name_en, name_pt, name_fr = (NamedField(code) for code in ("es", "en", "pt", "fr"))
    aliases = LinesField(
        label=gettext_lazy("Other names"),
        required=False,
        help_text=gettext_lazy(
            "One a line, also former ones. Put the years in brackets where you know them: "
            "Red Puente (1998–2010). Search knows these names too."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    type_code = forms.ChoiceField(label=gettext_lazy("Kind of organization"))
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        choices=country_choices,
        help_text=gettext_lazy(
            "Where it is registered or where most of its people are. Of a regional body, choose the last of "
            "the list; the European Union stands before it."
        ),
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    place = LineField(label=gettext_lazy("Municipality or region"), max_length=LONGEST_PLACE, required=False)
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries it works in"),
        choices=region_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_countries = LineField(
        label=gettext_lazy("Other countries it works in"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Parted by semicolons, such as Spain; Germany."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language you mostly write in"), choices=language_choices)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages it works in"),
        choices=lambda: [(code, str(name)) for code, name in SPOKEN.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    website = forms.URLField(
        label=gettext_lazy("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url", "placeholder": "https://"}),
        error_messages={"invalid": gettext_lazy("Write the whole address, such as https://example.org.")},
    )
    description = LinesField(
        label=gettext_lazy("What it does"),
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        kinds: Any = self.fields["type_code"]
        names = organization_type_names(get_language() or DEFAULT)
        kinds.choices = [("", _("Choose a kind")), *names.items()]
        written = str(self["language"].value() or get_language() or DEFAULT)
        for name in ("name", "description"):
            self.fields[name].widget.attrs["lang"] = written

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The fields by what they are about, each group with what stands above it."""
        rows = (
            (_("What it is called"), ("name", "acronym", *(f"name_{code}" for code in CODES), "aliases")),
            (_("What and where it is"), ("type_code", "country", "place", "refugee_led")),
            (_("Where it works"), ("countries", "other_countries")),
            (_("In which languages"), ("language", "languages", "mail_language")),
            (_("What it does"), ("website", "description", "out_of_directory")),
            (_("For the secretariat only"), ("evidence",)),
        )
        groups = ((legend, [self[name] for name in names if name in self.fields]) for legend, names in rows)
        return [{"legend": legend, "fields": fields} for legend, fields in groups if fields]

    def clean_website(self) -> str:
        address = one_line(self.cleaned_data["website"])
        if (over := len(address) - LONGEST_WEBSITE) > 0:
            raise forms.ValidationError(too_long(over))
        return address

    def clean_aliases(self) -> list[tuple[str, list[str]]]:
        """Names with their years, since and until."""
        rows = [
            _dated(line) for typed in self.cleaned_data["aliases"].splitlines() if (line := one_line(typed))
        ]
        if len(rows) > MOST_ALIASES:
            raise forms.ValidationError(_("Name at most %(most)s other names.") % {"most": MOST_ALIASES})
        if any(len(name) > LONGEST_NAME for name, _years in rows):
            raise forms.ValidationError(
                _("Shorten each name to %(most)s characters.") % {"most": LONGEST_NAME}
            )
        return rows

    def clean_countries(self) -> list[str]:
        return list(self.cleaned_data["countries"])

    def clean_other_countries(self) -> list[str]:
        words = [one_line(word) for word in re.split(r"[;,]", self.cleaned_data["other_countries"])]
        for word in filter(None, words):
            if not COUNTRY_VOCABULARY.code_of(word):
                raise forms.ValidationError(COUNTRY_VOCABULARY.unknown(word))
        if len(words) > MOST_COUNTRIES:
            raise forms.ValidationError(_("Name at most %(most)s countries.") % {"most": MOST_COUNTRIES})
        return [COUNTRY_VOCABULARY.code_of(word) for word in words if word]

    def said(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """What was typed where it fits, what was `kept` before where it does not."""
        told = {**kept, **{name: self.cleaned_data[name] for name in kept if name in self.cleaned_data}}
        if "countries" in told:
            told["countries"] = self._countries(kept["countries"])
        if "names" in told:
            told["names"] = self._names(kept["names"], str(told["language"] or DEFAULT), str(told["name"]))
        if "aliases" in self.cleaned_data and "aliases" in kept:
            years = dict(self.cleaned_data["aliases"])
            told["aliases"] = list(distinct(years, told["name"]))
            told["alias_years"] = {name: years[name] for name in told["aliases"] if any(years[name])}
        return told

    def _countries(self, kept: Sequence[str]) -> list[str]:
        parts = {"countries": set(PLACES), "other_countries": set(kept) - set(PLACES)}
        told = [
            self.cleaned_data.get(name, [code for code in kept if code in codes])
            for name, codes in parts.items()
        ]
        return list(dict.fromkeys(code for codes in told for code in codes or ()))

    def _names(self, kept: Mapping[str, str], language: str, name: str) -> dict[str, str]:
        """In its own language it is called by its name."""
        told = {code: self.cleaned_data.get(f"name_{code}", kept.get(code, "")) for code in CODES}
        return {code: each for code, each in told.items() if each and not (code == language and each == name)}


def initial_of(profile: Mapping[str, Any]) -> dict[str, Any]:
    """A profile, or a part of it, as the form shows it."""
    told = {name: value for name, value in profile.items() if name not in ("names", "alias_years")}
    told |= {f"name_{code}": name for code, name in profile.get("names", {}).items()}
    told["aliases"] = "\n".join(dated(profile.get("aliases", ()), profile.get("alias_years", {})))
    others = [code for code in profile.get("countries", ()) if code not in PLACES]
    return told | {"other_countries": "; ".join(map(country_name, others))}


def _dated(line: str) -> tuple[str, list[str]]:
    """A name with the years it ends with in brackets; other brackets belong to the name."""
    match = _DATED.match(line)
    if match is None or not (match["since"] or match["until"]):
        return line, ["", ""]
    since, until = match["since"] or "", match["until"] or ""
    _require_years(line, [int(year) for year in (since, until) if year])
    return match["name"], [since, until]


def _require_years(line: str, years: Iterable[int]) -> None:
    years = list(years)
    if years != sorted(years) or not all(EARLIEST_YEAR <= year <= LATEST_YEAR for year in years):
        told = _("Write the years of “%(name)s” as the first and the last one, such as (1998–2010).")
        raise forms.ValidationError(told % {"name": line})
