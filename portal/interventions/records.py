"""Interventions as public records: what the public rooms show of them; `portal.records` reads it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page

from portal.attachments import blocks as attached
from portal.attachments.public import FACT
from portal.cms.queries import pages_by_key, titles_by_slug
from portal.common.formatting import day
from portal.consultations.page_models import ConsultationPage, GuidingQuestionPage, SegmentPage
from portal.consultations.sessions import public_sessions
from portal.interventions.columns import COLUMNS
from portal.interventions.enums import InterventionForm, Manner
from portal.joint import public
from portal.publication.enums import RecordKind, Relation
from portal.publication.kinds import ABOUT, QUESTION, WHOLE, Edge
from portal.publication.models import Record, RecordLink
from portal.publication.queries import with_link
from portal.publication.wholes import PATTERN, WholeKind, kind_of, whole_code
from portal.records.filters import (
    Choice,
    HiddenFilter,
    OrganizationNumber,
    Reader,
    RecordFilters,
    by_country,
    by_original_language,
    by_type,
)
from portal.records.listing import organization_links
from portal.records.marks import by_mark
from portal.records.parts import linked
from portal.records.places import country_row
from portal.records.stages import Stage
from portal.records.trace_links import foreign, link_to
from portal.records.types import Badge, RecordType, Section, Shown

OUTER_PATH = ExpressionWrapper(OuterRef("path"), output_field=CharField())
ROOM_FACTS = ("made_in", "manner", "speaker_role", "confirmed_on")
KINDS_OF_PAGES: dict[str | None, WholeKind] = {
    ConsultationPage._meta.model_name: WholeKind.CONSULTATION,
    SegmentPage._meta.model_name: WholeKind.SEGMENT,
}
FORM_TONES = {InterventionForm.GOOD_PRACTICE: "good"}


def consultations(reader: Reader) -> Iterable[tuple[str, str]]:
    """Public consultations by slug with their titles in the reader's language. One query."""
    return titles_by_slug(ConsultationPage, reader.language).items()


def keys_with_slug(slug: str) -> list[str]:
    """The consultations of which a page in any language, public or not, has this slug. One query."""
    rows = ConsultationPage.objects.filter(slug=slug).values_list("translation_key", flat=True)
    return [str(key) for key in rows.distinct()]


def questions_below(pages: QuerySet[Any]) -> list[UUID]:
    """The guiding questions below any of the pages, in any language. One query."""
    above = pages.annotate(below=OUTER_PATH).filter(below__startswith=F("path"))
    rows = GuidingQuestionPage.objects.filter(Exists(above), live=True)
    return list(rows.order_by().values_list("translation_key", flat=True).distinct())


def targets_at(pages: QuerySet[Any]) -> dict[str, list[str]]:
    """By relation what a contribution to one of the consultations names: live questions below, by key, and
    consultations and segments as a whole, by code. One query."""
    above = pages.annotate(below=OUTER_PATH).filter(below__startswith=F("path"))
    rows = Page.objects.filter(Exists(above), depth__gt=1).order_by()
    targets: dict[str, list[str]] = {Relation.ANSWERS: [], Relation.ABOUT: []}
    for key, model, live in rows.values_list("translation_key", "content_type__model", "live").distinct():
        if model == GuidingQuestionPage._meta.model_name and live:
            targets[Relation.ANSWERS].append(str(key))
        elif model in KINDS_OF_PAGES:
            targets[Relation.ABOUT].append(whole_code(KINDS_OF_PAGES[model], key))
    return targets


def on_questions_of(rows: QuerySet[Record], name: str, slug: str) -> QuerySet[Record]:
    """Those on questions of a consultation, or about it or a segment of it as a whole. One query."""
    return rows.filter(pk__in=contributed_to(slug))


def contributed_to(slug: str) -> QuerySet[Any]:
    """Rows, by their keys, of the links of what was contributed to a consultation. One query."""
    named = targets_at(ConsultationPage.objects.filter(slug=slug))
    links = (Q(relation=relation, target__in=targets) for relation, targets in named.items())
    return RecordLink.objects.filter(reduce(or_, links)).order_by().values("record")


class WholeCode(HiddenFilter):
    """What is about one segment, consultation or plan as a whole, by its code; nothing for what is none."""

    pattern = PATTERN
    description = "Such as segment:KEY, consultation:KEY or plan:NAME."

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        return with_link(qs, Relation.ABOUT, [value]) if value else qs


def by_scope() -> Choice:
    """On guiding questions, or about something as a whole."""

    def chosen(rows: QuerySet[Record], name: str, wanted: str) -> QuerySet[Record]:
        about = Q(relation=Relation.ABOUT, target__startswith=f"{wanted}:")
        links = RecordLink.objects.filter(Q(relation=Relation.ANSWERS) if wanted == Stage.QUESTION else about)
        return rows.filter(pk__in=links.order_by().values("record"))

    wholes = [(kind.value, kind.label) for kind in WholeKind]
    scopes: Any = [
        (Stage.QUESTION.value, gettext_lazy("Guiding questions")),
        (gettext_lazy("Something as a whole"), wholes),
    ]
    return Choice(
        gettext_lazy("Written on"),
        choices=scopes,
        method=chosen,
        pattern="[a-z_]{1,20}",
        description="guiding_question, segment, consultation or plan.",
    )


def by_consultation(
    narrowed: Callable[[QuerySet[Record], str, str], QuerySet[Record]], *, is_linked: bool = False
) -> Choice:
    """The filter of every kind that belongs to consultations."""
    return Choice(
        gettext_lazy("Consultation"),
        offered=consultations,
        method=narrowed,
        pattern="[-a-zA-Z0-9_]{1,255}",
        description="Slug of its page.",
        is_linked=is_linked,
    )


class InterventionFilters(RecordFilters):
    kind = Choice(
        gettext_lazy("Kind"), choices=InterventionForm.choices, field_name="facts__form", parameter="form"
    )
    consultation = by_consultation(on_questions_of)
    scope = by_scope()
    marks = by_mark()
    language = by_original_language()
    type = by_type()
    country = by_country()
    about = WholeCode()
    organization = OrganizationNumber()
    signatory = public.SignatoryNumber()


def form_of(record: Record) -> InterventionForm:
    return InterventionForm(record.facts.get("form", InterventionForm.INTERVENTION))


def badges(record: Record, now: datetime) -> tuple[Badge, ...]:
    """Says that an intervention is a good practice, of how many, and that it was made in the room."""
    form = form_of(record)
    practice = (Badge(form.label, FORM_TONES[form]),) if form in FORM_TONES else ()
    told = (*practice, *public.badges(record, now))
    return (*told, Badge(_("Made in the room"))) if record.facts.get("made_in") else told


def rows(shown: Shown) -> list[dict[str, Any]]:
    record = shown.record
    return [
        {"term": _("Organization"), "links": organization_links(record, shown.language)},
        {"term": _("Type"), "value": shown.type_names.get(record.type_code, "")},
        country_row(record, shown.language),
        *about_rows(shown),
        *public.joint_rows(shown),
        *room_rows(shown),
    ]


def about_rows(shown: Shown) -> list[dict[str, Any]]:
    """The questions it is on, and what it is about as a whole. No query."""
    links = shown.trace[Stage.QUESTION]
    whole = [link_to(each, shown.language) | {"called": each.called} for each in links if kind_of(each.id)]
    return [
        {
            "term": _("On the questions"),
            "links": [link_to(link, shown.language) for link in links if not kind_of(link.id)],
        },
        *({"term": _("%(kind)s as a whole") % {"kind": row["called"]}, "links": [row]} for row in whole),
    ]


def room_rows(shown: Shown) -> list[dict[str, Any]]:
    """Of one that was made in the room. Two queries, none of any other."""
    facts = shown.record.facts
    if not facts.get("made_in"):
        return []
    lang = foreign(shown.record.language, shown.language)
    manner = str(dict(Manner.choices).get(facts.get("manner", ""), ""))
    confirmed = facts.get("confirmed_on")
    state = (
        _("Confirmed by the organization on %(day)s.") % {"day": day(date.fromisoformat(confirmed))}
        if confirmed
        else _("The organization has not confirmed it yet.")
    )
    return [
        {"term": _("Made in the room, at"), "links": _session_links(facts["made_in"], shown.language)},
        {"term": _("How it was made"), "value": manner},
        {"term": _("Speaker's role"), "value": facts.get("speaker_role", ""), "lang": lang},
        {"term": _("Entered by"), "value": _("The secretariat"), "note": state},
    ]


def _session_links(key: str, language: str) -> list[dict[str, str]]:
    """The session while it is public, else only that there was one."""
    session = public_sessions().filter(key=key).first()
    if session is None:
        return [{"label": _("a session of the meeting")}]
    title, spoken = session.titled(language)
    page = pages_by_key([session.consultation_key], language).get(session.consultation_key)
    url = f"{page.url}#session-{session.key}" if page else ""
    return [{"label": title, "url": url, "lang": foreign(spoken, language)}]


def facts_now(record: Record, now: datetime) -> dict[str, Any]:
    """The same names for every row, whether it was made in the room or not."""
    room = {name: record.facts.get(name, "") for name in ROOM_FACTS}
    return room | about_now(record) | attached.facts(record) | public.facts_now(record, now)


def about_now(record: Record) -> dict[str, list[str]]:
    """The codes of what it is about as a whole; none of most."""
    return {ABOUT: str(record.facts.get(ABOUT, "")).split()}


INTERVENTION = RecordType(
    kind=RecordKind.INTERVENTION,
    letter="I",
    path="interventions",
    texts=("body", "recommendations"),
    facts=frozenset({"form", ABOUT, *ROOM_FACTS, FACT, *public.FACTS}),
    who=frozenset({*ROOM_FACTS, FACT, "on_behalf_of"}),
    kept=frozenset({FACT}),
    edges=(Edge(Relation.ANSWERS, QUESTION), Edge(Relation.ABOUT, WHOLE), public.EDGE),
    columns=(*COLUMNS, *public.COLUMNS),
    words=public.words,
    is_marked=True,
    label=gettext_lazy("Intervention"),
    plural=gettext_lazy("Interventions"),
    lead=gettext_lazy(
        "Interventions on the guiding questions, and good practices, as organizations wrote them. "
        "The newest comes first."
    ),
    nothing=gettext_lazy("No intervention matches."),
    counted=lambda n: ngettext("%(number)s intervention", "%(number)s interventions", n),
    filters=InterventionFilters,
    stage=Stage.INTERVENTION,
    section=Section(
        gettext_lazy("Interventions"),
        gettext_lazy("Nothing published yet."),
        gettext_lazy("All %(number)s interventions"),
    ),
    headings={"recommendations": gettext_lazy("Key recommendations")},
    badges=badges,
    called=lambda record: form_of(record).label,
    rows=rows,
    rows_tell=Stage.QUESTION,
    facts_now=facts_now,
    detail=attached.detail,
    passages=attached.found_in,
    blocks=(
        attached.BLOCK,
        public.SIGNATORIES,
        linked(
            Stage.PLEDGE,
            gettext_lazy("Pledges that follow from it"),
            gettext_lazy("No organization has pledged anything because of it yet."),
        ),
    ),
)
