"""What is said of an organization: one row for each field; models, forms and comparison read it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.countries import COUNTRIES, country_name
from portal.common.digests import digest_of
from portal.common.errors import Problem
from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES, too_long
from portal.common.spoken import SPOKEN, spoken_name

LONGEST_NAME, LONGEST_ACRONYM, LONGEST_PLACE, LONGEST_WEBSITE = 200, 30, 120, 200
LONGEST_DESCRIPTION = 4_000
MOST_ALIASES, MOST_COUNTRIES = 20, 60
EARLIEST_YEAR = 1800
Profile = Mapping[str, Any]


def _named(code: str) -> str:
    return str(country_name(code)) if code else ""


def _languages(codes: Sequence[str]) -> str:
    return ", ".join(map(spoken_name, codes))


def _countries(codes: Sequence[str]) -> str:
    return ", ".join(str(country_name(code)) for code in codes)


def _names(names: Mapping[str, str]) -> str:
    return "; ".join(f"{LANGUAGE_NAMES[code]}: {name}" for code, name in names.items())


def _language(code: str) -> str:
    return str(LANGUAGE_NAMES.get(code, ""))


def _lines(names: Sequence[str]) -> str:
    return "; ".join(names)


def _yes(value: bool) -> str:
    return _("Yes") if value else ""


@dataclass(frozen=True, slots=True)
class ProfileField:
    """`is_identity`: what the secretariat has verified; `is_private`: nobody but the secretariat reads it.

    `words` puts a value into words for who decides; `empty` is what stands where nothing is said.
    """

    name: str
    label: Any
    empty: Any = ""
    words: Callable[[Any], str] = str
    is_identity: bool = False
    is_private: bool = False
    is_text: bool = False
    is_heading: bool = False


FIELDS = (
    ProfileField("name", gettext_lazy("Name"), is_identity=True, is_heading=True),
    ProfileField("names", gettext_lazy("Name in other languages"), {}, _names, is_identity=True),
    ProfileField("acronym", gettext_lazy("Short name")),
    ProfileField("aliases", gettext_lazy("Other names"), [], _lines),
    ProfileField("alias_years", gettext_lazy("Years of other names"), {}),
    ProfileField("type_code", gettext_lazy("Type"), is_identity=True),
    ProfileField("country", gettext_lazy("Country"), words=_named, is_identity=True),
    ProfileField("place", gettext_lazy("Municipality or region")),
    ProfileField("countries", gettext_lazy("Countries it works in"), [], _countries),
    ProfileField("language", gettext_lazy("Language"), words=_language),
    ProfileField("languages", gettext_lazy("Languages it works in"), [], _languages),
    ProfileField("website", gettext_lazy("Website")),
    ProfileField("refugee_led", gettext_lazy("Led by refugees"), False, _yes),
    ProfileField("out_of_directory", gettext_lazy("Left out of the public list"), False, _yes),
    ProfileField("logo_text", gettext_lazy("What the logo shows")),
    ProfileField("description", gettext_lazy("What it does"), is_text=True),
    ProfileField("mail_language", gettext_lazy("Language of mails to it"), words=_language, is_private=True),
    ProfileField(
        "evidence", gettext_lazy("How the secretariat can verify it"), is_private=True, is_text=True
    ),
)
LONGEST = {
    "name": LONGEST_NAME,
    "acronym": LONGEST_ACRONYM,
    "place": LONGEST_PLACE,
    "website": LONGEST_WEBSITE,
    "description": LONGEST_DESCRIPTION,
    "evidence": LONGEST_DESCRIPTION,
}
NAMES = tuple(each.name for each in FIELDS)
IDENTITY = frozenset(each.name for each in FIELDS if each.is_identity)
PRIVATE = frozenset(each.name for each in FIELDS if each.is_private)


def whole(said: Profile) -> dict[str, Any]:
    """A profile with every field, also one that was kept before there were so many."""
    return {each.name: said.get(each.name, each.empty) for each in FIELDS}


def mark_of(said: Profile) -> str:
    """Names what a person has read of a profile, or of a part of it."""
    return digest_of(dict(said))[:16]


def public_part(said: Profile) -> dict[str, Any]:
    """What anybody may read of a profile."""
    return {name: value for name, value in said.items() if name not in PRIVATE}


def readable(said: Profile) -> dict[str, Any]:
    """A profile, or a part of it, to be put into words: other names stand with their years."""
    told = {name: value for name, value in said.items() if name != "alias_years"}
    if "aliases" in said:
        told["aliases"] = dated(said["aliases"], said.get("alias_years", {}))
    return told


def dated(aliases: Iterable[str], years: Mapping[str, Sequence[str]]) -> list[str]:
    """Other names with the years they were used, as forms take them: `Red Puente (1998–2010)`."""
    return [f"{name} ({'–'.join(years[name])})" if any(years.get(name, ())) else name for name in aliases]


def unfit(said: Profile) -> list[Problem]:
    """What is longer, more or other than a profile takes, each at its field."""
    problems = [
        Problem(name, too_long(over))
        for name, longest in LONGEST.items()
        if (over := len(str(said.get(name, ""))) - longest) > 0
    ]
    for name in ("names", "aliases"):
        if any(len(each) > LONGEST_NAME for each in _each(said.get(name, ()))):
            told = _("Shorten each name to %(most)s characters.") % {"most": LONGEST_NAME}
            problems.append(Problem(name, told))
    if len(said.get("aliases", ())) > MOST_ALIASES:
        told = _("Name at most %(most)s other names.") % {"most": MOST_ALIASES}
        problems.append(Problem("aliases", told))
    known = {"names": CODES, "countries": COUNTRIES, "languages": SPOKEN}
    return problems + [
        Problem(name, _("Choose from the list."))
        for name, codes in known.items()
        if not set(said.get(name, ())) <= set(codes)
    ]


def _each(names: Mapping[str, str] | Sequence[str]) -> Iterable[str]:
    return names.values() if isinstance(names, Mapping) else names
