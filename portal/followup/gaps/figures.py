"""Figures of the room: the chain and where it is cut, overlap of mechanisms, what helps pledges or not."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.charts.figures import Figure
from portal.charts.plots import Bar, Bars, Heat, HeatColumn, HeatRow, Name, Triangle
from portal.common.formatting import number, percent
from portal.followup.gaps.asked import ACTION, COUNTRY, MECHANISM, TYPE, Asked
from portal.followup.gaps.chain import RECOMMENDED, Step, chain
from portal.followup.gaps.factors import Factors, factors
from portal.followup.gaps.kinds import BY_SLUG
from portal.followup.gaps.overlap import Overlap, Shared, overlap
from portal.followup.gaps.paths import ACTIONS, PLEDGES, path_of_gap, path_of_overlap
from portal.followup.gaps.queries import passing
from portal.networks.addresses import path_of
from portal.networks.models import Network
from portal.reports.records import FACTOR_ROWS
from portal.taxonomy.queries import organization_type_names

# The gap that looks at every pledge.
PLEDGED = "pledges-without-goal"
STEPS = {
    "recommendations-without-action": gettext_lazy("Recommendations with an action of the plan"),
    "actions-without-pledge": gettext_lazy("Actions of the plan with a pledge"),
    "pledges-without-goal": gettext_lazy("Pledges with a goal"),
    "goals-without-value": gettext_lazy("Pledges with a goal and a reported value"),
    "reports-without-assessment": gettext_lazy("Pledges with a report that are assessed"),
}
# Recommendations that can be followed so far.
FOLLOWED = {
    "recommendations-without-action": gettext_lazy("To an action of the plan"),
    "actions-without-pledge": gettext_lazy("To a pledge that carries it out"),
    "pledges-without-goal": gettext_lazy("To a goal of the pledge"),
    "goals-without-value": gettext_lazy("To a reported value of it"),
    "reports-without-assessment": gettext_lazy("To an assessment"),
}
MOST = {
    "barriers": gettext_lazy("What stands in the way most: %(factor)s"),
    "enablers": gettext_lazy("What helps most: %(factor)s"),
    "support": gettext_lazy("What would help most: %(factor)s"),
}
FACTORS = {name: (term, known) for name, term, known in FACTOR_ROWS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a figure is made of and for whom: the pledges whose rows are in `only`, all without it.

    `asked` are the filters that gaps know. Lists of gaps tell the same numbers where `is_exact`: nothing else
    has chosen these pledges.
    """

    asked: Asked
    language: str
    address: str
    only: Collection[int] | None
    is_exact: bool


def scope_of(asked: Asked, language: str, address: str, only: Collection[int] | None = None) -> Scope:
    """`only` are the pledges that pass all filters of a page; without it those that pass what gaps know."""
    known = asked.only((COUNTRY, TYPE, ACTION, MECHANISM))
    own = {item.id for item in passing(BY_SLUG[PLEDGED], known)} if known.query else None
    if only is None:
        only = {row for row in own if isinstance(row, int)} if own is not None else None
        return Scope(asked=asked, language=language, address=address, only=only, is_exact=True)
    is_exact = {*only} == own
    return Scope(asked=asked, language=language, address=address, only=only, is_exact=is_exact)


def steps_figure(scope: Scope) -> Figure:
    """Each step of its own whole; its name leads to what is cut."""
    told = chain(scope.asked, scope.only)
    return Figure(
        slug="chain",
        title=_cut(max(told.steps, key=_missing)),
        said=_(
            "From recommendation to action, pledge, goal, reported value and assessment: how many of each go "
            "one step further. An outline is what there is of each; its name leads to what goes no further."
        ),
        plot=Bars(
            head=Name("step", _("Step")),
            rows=tuple(Bar(_step(step, scope), step.number, step.of_all) for step in told.steps),
            number=Name("number", _("Go further")),
            of=Name("of", _("Of all")),
        ),
        address=scope.address,
    )


def followed_figure(scope: Scope) -> Figure:
    told = chain(scope.asked, scope.only)
    whole = told.recommendations
    return Figure(
        slug="followed",
        title=_("%(part)s recommendations can be followed to an assessment")
        % {"part": _part(told.steps[-1].followed, whole)},
        said=_("Of %(whole)s published recommendations, how many can be followed without a break so far.")
        % {"whole": number(whole)},
        plot=Bars(
            head=Name("step", _("Step")),
            rows=tuple(
                Bar(Name(step.gap, str(FOLLOWED[step.gap])), step.followed, whole) for step in told.steps
            ),
            number=Name("number", _("Recommendations")),
            of=Name("of", _("Of all")),
        ),
        address=scope.address,
    )


def _cut(worst: Step) -> str:
    if worst.number == worst.of_all:
        return _("From recommendation to assessment")
    part = _part(worst.of_all - worst.number, worst.of_all)
    return _("Where the chain is cut most: %(gap)s, %(part)s") % {
        "gap": BY_SLUG[worst.gap].title,
        "part": part,
    }


def _missing(step: Step) -> float:
    return (step.of_all - step.number) / step.of_all if step.of_all else 0


def _step(step: Step, scope: Scope) -> Name:
    """Recommendations are the same whichever pledges are chosen."""
    is_listed = scope.is_exact or step.gap == RECOMMENDED
    url = path_of_gap(BY_SLUG[step.gap], scope.asked, scope.language) if is_listed else ""
    return Name(step.gap, str(STEPS[step.gap]), url)


def overlap_figure(scope: Scope) -> Figure:
    """Of the whole plan, whatever is asked for."""
    every = overlap(timezone.now().date())
    twice, whole = len(every.twice()), len(every.actions)
    return Figure(
        slug="overlap",
        title=_("%(part)s actions of the plan are worked on by two mechanisms or more")
        % {"part": _part(twice, whole)},
        said=_(
            "Actions that two mechanisms both work on. %(share)s of the %(whole)s actions of the plan are "
            "worked on by two or more: one report should do for both. An action counts for each two that "
            "share it."
        )
        % {"whole": number(whole), "share": _share(twice, whole)},
        plot=_triangle(every, scope, ACTIONS, Name("actions", _("Actions"))),
        address=scope.address,
        note=_("These filters do not narrow it: it is of the whole plan.") if scope.only is not None else "",
        links=(Name("actions", _("The actions of several mechanisms"), path_of_overlap(scope.language)),),
    )


def pledged_figure(scope: Scope) -> Figure:
    """The same of the pledges of the scope."""
    every = overlap(timezone.now().date(), scope.only)
    twice, whole = len(every.twice_pledged()), len(every.pledges)
    return Figure(
        slug="overlap-pledges",
        title=_("%(part)s pledges carry out what two mechanisms or more work on")
        % {"part": _part(twice, whole)},
        said=_(
            "Pledges that carry out an action of both mechanisms. %(share)s of the %(whole)s pledges do so "
            "for two or more. A pledge counts for each two that share it."
        )
        % {"whole": number(whole), "share": _share(twice, whole)},
        plot=_triangle(every, scope, PLEDGES, Name("pledges", _("Pledges"))),
        address=scope.address,
        links=(
            Name(
                "pledges",
                _("The pledges of several mechanisms"),
                path_of_overlap(scope.language, kind=PLEDGES),
            ),
        ),
    )


def _triangle(every: Overlap, scope: Scope, kind: str, unit: Name) -> Triangle:
    pairs = {(row.one.slug, row.other.slug): row for row in every.pairs()}
    names = [work.network for work in every.works]
    numbers, urls = [], []
    for at, work in enumerate(every.works):
        shared = [pairs[work.network.slug, other.slug] for other in names[:at]]
        numbers.append((*(len(getattr(row, kind)) for row in shared), len(getattr(work, kind))))
        urls.append((*(_shared_url(row, scope, kind) for row in shared), ""))
    return Triangle(
        head=Name("mechanism", _("Mechanism")),
        other=Name("other", _("Other mechanism")),
        number=unit,
        names=tuple(_mechanism(network, scope) for network in names),
        numbers=tuple(numbers),
        own=_("all of one mechanism"),
        urls=tuple(urls),
    )


def _mechanism(network: Network, scope: Scope) -> Name:
    return Name(network.slug, network.acronym or network.name(scope.language), path_of(network))


def _shared_url(row: Shared, scope: Scope, kind: str) -> str:
    """The list knows no other filters."""
    if kind == PLEDGES and scope.only is not None:
        return ""
    return path_of_overlap(scope.language, row.one.slug, row.other.slug, kind=kind)


def factor_figure(name: str, scope: Scope) -> Figure:
    """What the newest reports name, by type of organization."""
    told, (term, known) = factors(name, scope.only), FACTORS[name]
    labels = {code: str(label) for code, label in known.choices}
    totals = {code: told.named(code) for code in labels}
    most = max(totals, key=lambda code: totals[code])
    title = MOST[name] % {"factor": f"{labels[most]} ({_part(totals[most], told.of_all())})"}
    return Figure(
        slug=name,
        title=str(title if totals[most] else term),
        said=_(
            "Of %(whole)s pledges with a report, what the newest one names, by type of the organization that "
            "keeps the pledge. A report may name several."
        )
        % {"whole": number(told.of_all())},
        plot=_heat(told, labels, organization_type_names(scope.language)),
        address=scope.address,
        note=_numbered(labels),
    )


def _heat(told: Factors, labels: Mapping[str, str], types: Mapping[str, str]) -> Heat:
    """Phones have the numbers of the columns, which the note explains."""
    columns = list(enumerate(labels.items(), start=1))
    wide = [HeatColumn(Name(code, f"{at} {label}")) for at, (code, label) in columns]
    narrow = [HeatColumn(Name(code, str(at)), is_narrow=True) for at, (code, _label) in columns]
    known = [code for code in types if told.reported.get(code)]
    rows = (
        HeatRow(
            Name(code, types[code]),
            tuple(told.numbers.get((factor, code), 0) for factor in (*labels, *labels)),
            total=told.reported[code],
        )
        for code in known
    )
    return Heat(
        head=Name("type", _("Type of organization")),
        columns=(*wide, *narrow),
        rows=tuple(rows),
        total=Name("reported", _("with a report")),
    )


def _numbered(labels: Mapping[str, str]) -> str:
    return " · ".join(f"{at} {label}" for at, label in enumerate(labels.values(), start=1))


def _part(part: int, whole: int) -> str:
    return _("%(number)s of %(whole)s") % {"number": number(part), "whole": number(whole)}


def _share(part: int, whole: int) -> str:
    return percent(part / whole if whole else 0)


_DRAWN: Mapping[str, Callable[[Scope], Figure]] = {
    "chain": steps_figure,
    "followed": followed_figure,
    "overlap": overlap_figure,
    "overlap-pledges": pledged_figure,
    **{name: partial(factor_figure, name) for name in FACTORS},
}
TITLES = {
    "chain": gettext_lazy("Where the chain is cut"),
    "followed": gettext_lazy("How far recommendations can be followed"),
    "overlap": gettext_lazy("Actions of several mechanisms"),
    "overlap-pledges": gettext_lazy("Pledges of several mechanisms"),
    **{name: term for name, (term, _known) in FACTORS.items()},
}


def draw(slug: str, asked: Asked, language: str, address: str, only: Collection[int] | None = None) -> Figure:
    """One of `TITLES`; see `scope_of`. Seven queries at most while nothing public changes."""
    return _DRAWN[slug](scope_of(asked, language, address, only))
