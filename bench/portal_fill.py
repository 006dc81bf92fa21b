"""Publishes answers to one guiding question of the demo; prints its path. Run by bench/sites.py."""

import sys
import uuid

import django
from django.utils import timezone

TEXT = "We ask that every child born in transit be registered without delay and without cost. " * 12


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


def main() -> None:
    django.setup()
    from portal.consultations.models import GuidingQuestionPage  # reason: app ready

    page = GuidingQuestionPage.objects.live().filter(locale__language_code="en").order_by("path").first()
    if page is None:
        raise SystemExit("The demo holds no guiding question.")
    publish_answers(str(page.translation_key), int(sys.argv[1]))
    print(page.get_url())


if __name__ == "__main__":
    main()
