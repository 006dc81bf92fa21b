"""Good practices as public records: what the public rooms show of them; `portal.records` reads it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.attachments import blocks as attached
from portal.attachments.public import FACT
from portal.cms.queries import pages_by_key
from portal.common.choices import country_choices
from portal.common.countries import country_name
from portal.consultations import page_queries
from portal.consultations.page_models import ThematicAreaPage
from portal.interventions.records import (
    WholeCode,
    about_now,
    about_rows,
    by_consultation,
    by_scope,
    contributed_to,
    keys_with_slug,
    questions_below,
)
from portal.joint import public
from portal.practices.columns import COLUMNS
from portal.publication.enums import RecordKind, Relation
from portal.publication.kinds import ABOUT, CODE, QUESTION, WHOLE, Edge
from portal.publication.models import Record
from portal.publication.queries import linked_codes, with_link
from portal.records.filters import (
    PAGE_KEY,
    Choice,
    OrganizationNumber,
    PageKey,
    Reader,
    RecordFilters,
    by_original_language,
    by_type,
)
from portal.records.listing import organization_links
from portal.records.marks import by_mark
from portal.records.places import country_link
from portal.records.stages import Stage
from portal.records.trace_links import foreign
from portal.records.types import RecordType, Section, Shown

TEXTS = ("problem", "measure", "beneficiaries", "evidence", "conditions", "contact_role")


def of_consultation(rows: QuerySet[Record], name: str, slug: str) -> QuerySet[Record]:
    """Those contributed to it, and those that its conclusions tell."""
    told = Q(facts__consultation__in=keys_with_slug(slug))
    return rows.filter(Q(pk__in=contributed_to(slug)) | told)


def conclusions_of(shown: Shown) -> list[dict[str, str]]:
    """The conclusions that tell it, as a link. One query, if there are any."""
    key = shown.record.facts.get("consultation")
    return [
        {
            "label": page.title,
            "url": f"{page.url}conclusions/",
            "lang": foreign(page.language, shown.language),
        }
        for page in pages_by_key([key] if key else [], shown.language).values()
    ]


def done_in(rows: QuerySet[Record], name: str, country: str) -> QuerySet[Record]:
    return with_link(rows, Relation.CARRIED_OUT_IN, [country])


def themes(reader: Reader) -> Iterable[tuple[str, str]]:
    """Thematic areas by key with their titles. Two queries."""
    return [(str(page.key), page.title) for page in page_queries.areas(reader.language)]


def on_theme(rows: QuerySet[Record], name: str, key: str) -> QuerySet[Record]:
    questions = questions_below(ThematicAreaPage.objects.filter(translation_key=key))
    return with_link(rows, Relation.ANSWERS, questions)


class PracticeFilters(RecordFilters):
    country = Choice(
        gettext_lazy("Country"),
        offered=lambda reader: country_choices()[1:],
        kept=lambda: linked_codes(Relation.CARRIED_OUT_IN),
        method=done_in,
        pattern="[A-Z]{2}",
        description="ISO 3166 code, such as MX.",
    )
    consultation = by_consultation(of_consultation)
    theme = Choice(
        gettext_lazy("Thematic area"),
        offered=themes,
        method=on_theme,
        pattern=PAGE_KEY,
        description="Its key.",
    )
    scope = by_scope()
    marks = by_mark()
    language = by_original_language()
    type = by_type()
    question = PageKey(Relation.ANSWERS, "Key of a guiding question.")
    about = WholeCode()
    organization = OrganizationNumber()
    signatory = public.SignatoryNumber()


def countries_of(record: Record) -> list[str]:
    return str(record.facts.get("countries", "")).split()


def rows(shown: Shown) -> list[dict[str, Any]]:
    record = shown.record
    countries = [
        {"label": country_name(code), "url": country_link(code, record, shown.language)}
        for code in countries_of(record)
    ]
    return [
        {"term": _("Organization"), "links": organization_links(record, shown.language)},
        {"term": _("Type"), "value": shown.type_names.get(record.type_code, "")},
        {"term": _("Countries") if len(countries) > 1 else _("Country"), "links": countries},
        {"term": _("Conclusions of"), "links": conclusions_of(shown)},
        *about_rows(shown),
        *public.joint_rows(shown),
    ]


PRACTICE = RecordType(
    kind=RecordKind.PRACTICE,
    letter="B",
    path="practices",
    texts=TEXTS,
    exported=TEXTS,
    facts=frozenset({"countries", "consultation", ABOUT, FACT, *public.FACTS}),
    who=frozenset({FACT, "on_behalf_of"}),
    kept=frozenset({FACT}),
    where=frozenset({"countries"}),
    edges=(
        Edge(Relation.ANSWERS, QUESTION),
        Edge(Relation.ABOUT, WHOLE),
        Edge(Relation.CARRIED_OUT_IN, CODE),
        public.EDGE,
    ),
    columns=(*COLUMNS, *public.COLUMNS),
    words=public.words,
    is_marked=True,
    label=gettext_lazy("Good practice"),
    plural=gettext_lazy("Good practices"),
    lead=gettext_lazy(
        "What organizations and authorities did and others can do too: the problem, the measure, how one "
        "knows that it works and what it needs."
    ),
    nothing=gettext_lazy("No good practice matches."),
    counted=lambda n: ngettext("%(number)s good practice", "%(number)s good practices", n),
    filters=PracticeFilters,
    stage=Stage.INTERVENTION,
    section=Section(
        gettext_lazy("Good practices"),
        gettext_lazy("No good practice published yet."),
        gettext_lazy("All %(number)s good practices"),
    ),
    headings={
        "problem": gettext_lazy("The problem"),
        "measure": gettext_lazy("What was done"),
        "beneficiaries": gettext_lazy("Who benefits"),
        "evidence": gettext_lazy("Evidence"),
        "conditions": gettext_lazy("Conditions to repeat it"),
        "contact_role": gettext_lazy("Whom to ask"),
    },
    facets=lambda record: {
        "country": tuple(countries_of(record)),
        **({"consultation": (key,)} if (key := record.facts.get("consultation")) else {}),
    },
    badges=public.badges,
    rows=rows,
    rows_tell=Stage.QUESTION,
    facts_now=lambda record, now: (
        {"countries": countries_of(record)}
        | about_now(record)
        | attached.facts(record)
        | public.facts_now(record, now)
    ),
    detail=attached.detail,
    passages=attached.found_in,
    blocks=(attached.BLOCK, public.SIGNATORIES),
)
