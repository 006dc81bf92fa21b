"""Needs, offers and why they meet, in words; pages and exports call it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.common.countries import country_name
from portal.matching.reasons import Reasons, Side
from portal.plan.queries import titles
from portal.pledges.enums import Contribution
from portal.reports.enums import Support
from portal.taxonomy.queries import mark_names


@dataclass(frozen=True, slots=True)
class Names:
    """Titles of plan nodes and names of marks in a reader's language."""

    nodes: Mapping[str, str]
    marks: Mapping[str, str]


def names_in(language: str) -> Names:
    """Two queries."""
    return Names(titles(language), mark_names(language))


def contributions(codes: Iterable[str]) -> str:
    return " · ".join(str(code.label) for code in Contribution if code.value in {*codes})


def needs_in_words(side: Side) -> str:
    """What the pledge and its newest report say that they need, each once."""
    own = [code.label for code in Contribution if code.value in side.own]
    asked = [code.label for code in Support if code.value in side.support]
    return " · ".join(dict.fromkeys(str(label) for label in (*own, *asked)))


def in_words(told: Reasons, names: Names) -> list[str]:
    """One sentence for each kind of thing that two pledges share."""
    actions = [f"{key.partition(':')[2]} {names.nodes.get(key, '')}".strip() for key in told.actions]
    groups = [names.marks.get(code, code) for code in told.populations]
    sentences = (
        (told.contributions, _("Offers what is needed: %(things)s."), [contributions(told.contributions)]),
        (
            told.countries,
            _("Both concern: %(things)s."),
            [str(country_name(code)) for code in told.countries],
        ),
        (told.actions, _("Both carry out: %(things)s."), actions),
        (told.populations, _("Both are for: %(things)s."), groups),
    )
    return [text % {"things": ", ".join(things)} for codes, text, things in sentences if codes]
