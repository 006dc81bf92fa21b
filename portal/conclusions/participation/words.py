"""The words of the paragraph on who took part, from the figures, in any of the languages. Nothing is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from babel.lists import format_list
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.formatting import number, reader_locale
from portal.conclusions.participation.counting import Counted


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`body` says `[^number]` where a footnote belongs; `footnotes` are number and text."""

    language: str
    body: str
    footnotes: tuple[tuple[str, str], ...]


_NOUNS: dict[str, Callable[[int], str]] = {
    "refugee_led": lambda n: ngettext(
        "%(number)s refugee-led organization", "%(number)s refugee-led organizations", n
    ),
    "civil_society": lambda n: ngettext(
        "%(number)s civil-society organization", "%(number)s civil-society organizations", n
    ),
    "municipality": lambda n: ngettext(
        "%(number)s municipality or local government", "%(number)s municipalities or local governments", n
    ),
    "private_sector": lambda n: ngettext(
        "%(number)s private-sector body", "%(number)s private-sector bodies", n
    ),
    "academia": lambda n: ngettext("%(number)s academic institution", "%(number)s academic institutions", n),
    "state": lambda n: ngettext("%(number)s State", "%(number)s States", n),
    "un_agency": lambda n: ngettext(
        "%(number)s agency, fund or programme of the United Nations",
        "%(number)s agencies, funds or programmes of the United Nations",
        n,
    ),
    "international_organization": lambda n: ngettext(
        "%(number)s international organization", "%(number)s international organizations", n
    ),
    "financial_institution": lambda n: ngettext(
        "%(number)s international financial institution",
        "%(number)s international financial institutions",
        n,
    ),
    "regional_organization": lambda n: ngettext(
        "%(number)s regional organization", "%(number)s regional organizations", n
    ),
    "subregional_mechanism": lambda n: ngettext(
        "%(number)s sub-regional mechanism", "%(number)s sub-regional mechanisms", n
    ),
    "human_rights_institution": lambda n: ngettext(
        "%(number)s national human rights institution", "%(number)s national human rights institutions", n
    ),
    "observer_country": lambda n: ngettext(
        "%(number)s cooperating or observer country", "%(number)s cooperating or observer countries", n
    ),
}


def paragraph(
    figures: Mapping[str, Counted],
    names: Mapping[str, Sequence[str]],
    type_names: Mapping[str, str],
    *,
    language: str,
    first_footnote: int = 1,
) -> Paragraph:
    """Organizations by category in the order of `type_names`, their names in footnotes; then the persons."""
    with translation.override(language):
        rows = [(code, figures[code].bodies) for code in type_names if code in figures]
        rows = [(code, bodies) for code, bodies in rows if bodies]
        parts: list[str] = []
        notes: list[tuple[str, str]] = []
        for code, bodies in rows:
            mark = ""
            if names.get(code):
                note = str(first_footnote + len(notes))
                notes.append((note, f"{_in_a_row(names[code])}."))
                mark = f"[^{note}]"
            parts.append(f"{_noun(code, bodies, type_names[code])}{mark}")
        sentences = [_took_part(parts, sum(bodies for _code, bodies in rows))] if parts else []
        persons = sum(row.persons for row in figures.values())
        if persons:
            sentences.append(_came(persons))
        return Paragraph(language, " ".join(sentences), tuple(notes))


def _took_part(parts: Sequence[str], total: int) -> str:
    """The verb agrees with how many organizations there are."""
    return ngettext(
        "%(organizations)s took part in the consultation.",
        "%(organizations)s took part in the consultation.",
        total,
    ) % {"organizations": _in_a_row(parts)}


def _came(persons: int) -> str:
    return ngettext(
        "%(number)s person attended the meeting.", "%(number)s persons attended the meeting.", persons
    ) % {"number": number(persons)}


def _noun(code: str, bodies: int, name: str) -> str:
    known = _NOUNS.get(code)
    if known is not None:
        return known(bodies) % {"number": number(bodies)}
    return _("%(number)s of the category “%(name)s”") % {"number": number(bodies), "name": name}


def _in_a_row(items: Sequence[str]) -> str:
    """`one, two and three` as the language writes it."""
    return format_list(list(items), locale=reader_locale())
