"""Segments, consultations and plans as a whole: which are there, and links to them; all rooms ask.

Their codes are those of `portal.publication.wholes`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.apps import apps
from django.db.models import Case, F, QuerySet, TextField, When
from django.utils.translation import gettext as _

from portal.cms.queries import PublicPage, public_branches
from portal.common.languages import DEFAULT
from portal.consultations.page_queries import CONSULTATION, SEGMENT, Numbers, numbers_by_whole
from portal.consultations.question_interventions import contributed_about
from portal.plan.models import PlanFramework
from portal.publication.kinds import WHOLE
from portal.publication.wholes import WholeKind, page_keys, slug_of, whole_code
from portal.records.stages import Stage
from portal.records.trace_links import TraceLink
from portal.records.trace_targets import TraceTarget
from portal.records.types import types_at

TYPES: Mapping[WholeKind, str] = {WholeKind.CONSULTATION: CONSULTATION, WholeKind.SEGMENT: SEGMENT}
# How many are about each whole, by kind and type of organization.
ByWhole = Mapping[str, Mapping[tuple[str, str], int]]
# What a title is on a page whose heading says more than its title.
WORDS = Case(When(heading="", then=F("title")), default=F("heading"), output_field=TextField())


def live_wholes(codes: Collection[str]) -> dict[str, str]:
    """Those of the codes that are there with their tree path, empty of a plan. Three queries at most."""
    told = told_wholes(codes, DEFAULT)
    return {code: path for code, (path, _words) in told.items() if path is not None}


def told_wholes(codes: Collection[str], language: str) -> dict[str, tuple[str | None, str]]:
    """Tree path and title of the codes, in the language if it can be. Three queries at most.

    No path of what is not live, an empty one of a plan.
    """
    told: dict[str, tuple[str | None, str]] = {}
    if keys := page_keys(codes):
        for kind, model in TYPES.items():
            told |= {whole_code(kind, key): each for key, each in _told_pages(model, keys, language).items()}
    for plan in _plans(codes):
        told[whole_code(WholeKind.PLAN, plan.slug)] = ("", plan.title(language))
    return {code: told[code] for code in codes if code in told}


def in_words(rows: QuerySet, language: str) -> QuerySet:  # type: ignore[type-arg]  # of any page type
    """Pages with their `words`; live ones first, then those in the language, then the oldest."""
    wanted = Case(When(locale__language_code=language, then=0), default=1)
    return rows.annotate(words=WORDS).order_by("-live", wanted, "pk")


def whole_links(codes: Collection[str], language: str) -> list[TraceLink]:
    """Links to those that are public: consultations and segments in the order of the site, then plans."""
    keys = page_keys(codes)
    pages = public_branches([*TYPES.values()], language, keys=keys) if keys else {}
    links = [page_link(kind, page) for kind, model in TYPES.items() for page in pages.get(model, ())]
    return [link for link in (*links, *map(plan_link(language), _plans(codes))) if link.id in codes]


def page_link(kind: WholeKind, page: PublicPage) -> TraceLink:
    return _link(whole_code(kind, page.key), kind, page.title, page.url, page.language)


def plan_link(language: str) -> Callable[[PlanFramework], TraceLink]:
    def link(plan: PlanFramework) -> TraceLink:
        title, spoken = plan.titled(language)
        code = whole_code(WholeKind.PLAN, plan.slug)
        return _link(code, WholeKind.PLAN, title, f"/{language}/plan/#{plan.slug}", spoken)

    return link


def whole_block(code: str, language: str, counts: Numbers, *, is_open: bool) -> dict[str, Any]:
    """The inputs of `consultations/whole.html`. Four queries, none where nothing is about it."""
    lists = lists_about(code, language, counts.by_whole)
    return {
        "items": contributed_about(code, language) if lists else [],
        "lists": lists,
        "door": door_to(code, language) if is_open else "",
    }


def lists_about(
    code: str, language: str, counts: Mapping[str, Mapping[tuple[str, str], int]]
) -> list[dict[str, str]]:
    """How many of each kind are about it as a whole, each with its list. No query."""
    counted = Counter[str]()
    for (kind, _type), number in counts.get(code, {}).items():
        counted[kind] += number
    return [
        {
            "label": str(known.counted(counted[known.kind]) % {"number": counted[known.kind]}),
            "url": f"{known.address(language)}?about={code}",
        }
        for known in types_at(Stage.INTERVENTION)
        if counted[known.kind]
    ]


def links_of_plan(plan: PlanFramework, language: str) -> list[dict[str, str]]:
    """For the list of plans: what is about one as a whole, and where one writes on that in force."""
    code = whole_code(WholeKind.PLAN, plan.slug)
    told = _("%(contributions)s on it as a whole")
    rows = lists_about(code, language, numbers_by_whole())
    said = [row | {"label": told % {"contributions": row["label"]}} for row in rows]
    door = {"label": _("Write on the plan as a whole"), "url": door_to(code, language)}
    return [*said, door] if plan.in_force else said


def door_to(code: str, language: str) -> str:
    """Where one begins to write on it, signed in or not."""
    wanted = quote(f"/{language}/desk/interventions/new/?about={code}", safe="/")
    return f"/accounts/login/?next={wanted}"


def _told_pages(model: str, keys: Collection[UUID], language: str) -> dict[UUID, tuple[str | None, str]]:
    rows = in_words(apps.get_model(model)._default_manager.filter(translation_key__in=keys), language)
    told: dict[UUID, tuple[str | None, str]] = {}
    for key, path, live, words in rows.values_list("translation_key", "path", "live", "words"):
        told.setdefault(key, (path if live else None, words))
    return told


def _plans(codes: Collection[str]) -> Collection[PlanFramework]:
    slugs = [slug for code in codes if (slug := slug_of(code))]
    return PlanFramework.objects.filter(slug__in=slugs) if slugs else ()


def _link(code: str, kind: WholeKind, title: str, url: str, language: str) -> TraceLink:
    return TraceLink(code, kind.value, title, url, language, called=str(kind.label))


WHOLES = TraceTarget(WHOLE, whole_links)
