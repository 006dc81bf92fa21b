"""Fills the demo in bulk and prints the pages to measure as JSON, name to path. Run by bench/sites.py.

    portal_fill.py [--answers 50] [--pages 3000] [--interventions 5000] [--pledges 5000 --reports 25000]
                   [--assessments 2000 --observations 500]

The answers go to the guiding question that is measured. What else is made stands on no measured page but the
lists: pages below a consultation that has none in the demo, interventions on other questions.
"""

import argparse
import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django
from django.utils import timezone

from bench import followup_fill, pledges_fill

TEXT = "We ask that every child born in transit be registered without delay and without cost. " * 12
MEASURED, EMPTY = "brasilia-2024", "colombia-2024"
BATCH = 500


def publish_answers(question: str, wanted: int) -> None:
    from portal.common.actors import system
    from portal.publication.domain import publish
    from portal.publication.enums import RecordKind, Relation
    from portal.publication.models import Record, RecordLink
    from portal.publication.projections import Link, Projection, summary_of

    actor, now = system("bench"), timezone.now()
    present = RecordLink.objects.filter(relation=Relation.ANSWERS, target=question).count()
    organizations = Record.objects.filter(kind=RecordKind.ORGANIZATION).values_list("source_key", flat=True)
    for number in range(wanted - present):
        publish(
            Projection(
                kind=RecordKind.INTERVENTION,
                source_key=uuid.uuid4(),
                language=("es", "en", "pt", "fr")[number % 4],
                title=f"Answer {number}: registration of children born in transit",
                summary=summary_of(TEXT),
                year=now.year,
                organization_key=organizations[number % len(organizations)],
                texts={"body": TEXT, "recommendations": ["Register every child."]},
                facts={"form": "intervention"},
                links=(Link(Relation.ANSWERS, question),),
            ),
            actor=actor,
            now=now,
        )


def add_interventions(wanted: int, *, but: str) -> None:
    """Older than what is there, with one link and one version each."""
    from portal.consultations.models import GuidingQuestionPage
    from portal.publication.enums import RecordKind, Relation
    from portal.publication.models import Record, RecordLink, RecordVersion

    missing = range(wanted - Record.objects.filter(kind=RecordKind.INTERVENTION).count())
    organizations = list(Record.objects.filter(kind=RecordKind.ORGANIZATION).order_by("pk"))
    keys = GuidingQuestionPage.objects.exclude(translation_key=but).values_list("translation_key", flat=True)
    questions = sorted({str(key) for key in keys})
    rows = Record.objects.bulk_create(
        (_intervention(number, organizations[number % len(organizations)]) for number in missing),
        batch_size=BATCH,
    )
    RecordLink.objects.bulk_create(
        (
            RecordLink(record=row, relation=Relation.ANSWERS, target=questions[number % len(questions)])
            for number, row in enumerate(rows)
        ),
        batch_size=BATCH,
    )
    RecordVersion.objects.bulk_create(
        (
            RecordVersion(record=row, number=1, content={}, digest="", published_at=row.published_at)
            for row in rows
        ),
        batch_size=BATCH,
    )


def _intervention(number: int, organization: Any) -> Any:
    from portal.publication.enums import RecordKind, RecordState
    from portal.publication.models import Record

    moment = timezone.now() - timedelta(days=400, minutes=number)
    return Record(
        kind=RecordKind.INTERVENTION,
        source_key=uuid.uuid4(),
        state=RecordState.PUBLISHED,
        language=("es", "en", "pt", "fr")[number % 4],
        title=f"Contribution {number}: registration of children born in transit",
        summary=TEXT[:300],
        organization=organization,
        type_code=organization.type_code,
        country=organization.country,
        year=moment.year,
        texts={"body": TEXT, "recommendations": ["Register every child."]},
        facts={"form": "intervention"},
        published_at=moment,
        updated_at=moment,
    )


def add_pages(wanted: int) -> None:
    """Copies of a consultation's segments below one that has none, in all languages, as draws of rows."""
    from django.db import transaction
    from wagtail.models import Page

    from portal.consultations.models import ConsultationPage

    number = ConsultationPage.objects.filter(slug=EMPTY).first().numchild
    while Page.objects.count() < wanted:
        number += 1
        with transaction.atomic():
            for to in ConsultationPage.objects.filter(slug=EMPTY):
                above = to.path[: -Page.steplen]
                source = ConsultationPage.objects.get(slug=MEASURED, path__startswith=above)
                segment = source.get_children().first()
                copy_branch(segment, to, number)
            ConsultationPage.objects.filter(slug=EMPTY).update(numchild=number)


def copy_branch(top: Any, to: Any, number: int) -> None:
    """The pages from `top` down as the child `number` of another page; only what readers need."""
    from wagtail.models import Page

    path, slug = Page._get_path(to.path, to.depth + 1, number), f"{top.slug}-{number}"
    ids = {}
    for page in Page.objects.filter(path__startswith=top.path).order_by("path"):
        ids[page.pk] = page
    copies = list(_copies(ids.values(), top, f"{to.url_path}{slug}/", path, slug))
    Page.objects.bulk_create(copies, batch_size=BATCH)
    for model in {page.specific_class for page in ids.values()}:
        for row in model.objects.filter(path__startswith=top.path):
            new = copies[list(ids).index(row.pk)]
            row.page_ptr_id = row.pk = row.id = new.pk
            row.save_base(raw=True, force_insert=(model,))


def _copies(pages: Any, top: Any, url_path: str, path: str, slug: str) -> Iterator[Any]:
    from wagtail.models import Page

    for page in pages:
        values = {field.attname: getattr(page, field.attname) for field in Page._meta.local_concrete_fields}
        values |= {
            "id": None,
            "path": path + page.path[len(top.path) :],
            "url_path": url_path + page.url_path[len(top.url_path) :],
            "translation_key": uuid.uuid5(page.translation_key, path[8:]),
            "latest_revision_id": None,
            "live_revision_id": None,
        }
        if page.pk == top.pk:
            values["slug"] = slug
        yield Page(**values)


def paths(question: Any, action: str) -> dict[str, str]:
    """`action` is the key of the one whose page is measured."""
    from portal.networks.models import Network
    from portal.pages.models import ContentPage
    from portal.publication.enums import RecordKind, Relation
    from portal.publication.models import Record
    from portal.records.types import record_types

    def first(kind: str, relation: str = "", language: str = "en") -> str:
        rows = Record.objects.filter(kind=kind, state="published", language=language).order_by("pk")
        rows = rows.filter(links__relation=relation) if relation else rows
        return rows.first().path("en")

    content = ContentPage.objects.filter(locale__language_code="en", slug="about").get()
    consultation = question.get_ancestors()[3]
    mechanism = Network.objects.filter(is_public=True, kind="mechanism").order_by("slug").first()
    return {
        "content page": content.get_url(),
        "home": "/en/",
        "consultations": consultation.get_parent().get_url(),
        "consultation": consultation.get_url(),
        "segment": question.get_ancestors()[4].get_url(),
        "thematic area": question.get_parent().get_url(),
        "guiding question with 50 answers": question.get_url(),
        "record: intervention": first(RecordKind.INTERVENTION, Relation.ANSWERS),
        "record: pledge": first(RecordKind.PLEDGE),
        "record: organization": first(RecordKind.ORGANIZATION),
        "record: recommendation": first(RecordKind.RECOMMENDATION, Relation.LEADS_TO, "es"),
        "record: report": first(RecordKind.REPORT),
        "plan": "/en/plan/",
        "plan action": f"/en/plan/{action.replace(':', '/')}/",
        "mechanism": f"/en/mechanisms/{mechanism.slug}/",
        "list: pledges of an action": f"/en/pledges/?action={action}",
        "list: pledges overdue": "/en/pledges/?health=overdue",
        **{f"list: {known.path}": known.address("en") for known in record_types()},
        "list: library": "/en/library/",
        "follow-up": "/en/follow-up/",
        "search page": "/en/search/",
        "search results": "/en/search/?q=asylum",
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=50)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--interventions", type=int, default=0)
    parser.add_argument("--pledges", type=int, default=0)
    parser.add_argument("--reports", type=int, default=0)
    parser.add_argument("--assessments", type=int, default=0)
    parser.add_argument("--observations", type=int, default=0)
    options = parser.parse_args()
    django.setup()
    from portal.consultations.models import GuidingQuestionPage  # reason: app ready

    rows = GuidingQuestionPage.objects.live().filter(locale__language_code="en", url_path__contains=MEASURED)
    page = rows.order_by("path").first()
    if page is None:
        raise SystemExit("The demo holds no guiding question.")
    publish_answers(str(page.translation_key), options.answers)
    add_pages(options.pages)
    add_interventions(options.interventions, but=str(page.translation_key))
    if options.pledges:
        pledges_fill.fill(options.pledges, options.reports)
    if options.assessments:
        followup_fill.fill(options.assessments, options.observations)
    print(json.dumps(paths(page, pledges_fill.crowded(options.pledges))))


if __name__ == "__main__":
    main()
