"""Drafts of conclusions with segments, areas and recommendations, as an import leaves them."""

from collections.abc import Sequence

from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.conclusions.domain import Passage, attach_evidence, set_disposition, set_facts
from portal.conclusions.enums import Outcome, PartKind, Stance
from portal.conclusions.evidence_queries import spoken
from portal.conclusions.models import Conclusions, Evidence, Part, PublicConclusions
from portal.conclusions.publishing.domain import publish_conclusions
from portal.interventions.models import Intervention
from tests.factories.organizations import make_user
from tests.factories.pages import ConsultationTree

PASSAGE = "La oficina abre los sábados"


def make_conclusions(
    tree: ConsultationTree,
    *,
    recommendations: int = 2,
    languages: Sequence[str] = ("es", "en"),
    **fields: object,
) -> Conclusions:
    """In Spanish with an official English translation: one segment, one area, its recommendations."""
    now = timezone.now()
    values: dict[str, object] = {
        "consultation_key": tree.consultation["es"].translation_key,
        "language": languages[0],
        "created_at": now,
        "updated_at": now,
    }
    conclusions = Conclusions.objects.create(**(values | fields))
    segment = make_part(conclusions, PartKind.SEGMENT, "1", heading="Segmento", languages=languages)
    area = make_part(
        conclusions, PartKind.PRIORITY_AREA, "1.1", parent=segment, heading="Registro", languages=languages
    )
    for number in range(1, recommendations + 1):
        add_recommendation(area, number, languages)
    return conclusions


def add_recommendation(area: Part, number: int, languages: Sequence[str] = ("es", "en")) -> Part:
    return make_part(
        area.conclusions,
        PartKind.RECOMMENDATION,
        f"{area.number}.{number}",
        parent=area,
        body=f"Abrir la oficina {number} los sábados.",
        languages=languages,
    )


def make_part(
    conclusions: Conclusions,
    kind: PartKind,
    number: str = "",
    *,
    parent: Part | None = None,
    heading: str = "",
    body: str = "",
    languages: Sequence[str] = ("es",),
) -> Part:
    """Its words in the first language as given, in others with the code behind."""
    part = Part.objects.create(
        conclusions=conclusions, kind=kind, number=number, parent=parent, position=conclusions.parts.count()
    )
    for language in languages:
        behind = "" if language == languages[0] else f" ({language})"
        part.texts.create(
            language=language,
            heading=heading and heading + behind,
            body=body and body + behind,
            is_official=True,
        )
    return part


def recommendations_of(conclusions: Conclusions) -> list[Part]:
    return list(conclusions.parts.filter(kind=PartKind.RECOMMENDATION))


def complete(conclusions: Conclusions, drafter: User) -> None:
    """What publishing asks for: without evidence it is from the plenary, every intervention is covered."""
    actor, now = person(drafter), timezone.now()
    for part in recommendations_of(conclusions):
        if not part.evidence.exists() and not hasattr(part, "facts"):
            set_facts(part, addressees=["state"], is_from_plenary=True, actor=actor, now=now)
    disposed = conclusions.dispositions.values_list("intervention_key", flat=True)
    for key in set(spoken(conclusions.consultation_key)) - set(disposed):
        set_disposition(
            conclusions, intervention_key=key, outcome=Outcome.ALREADY_COVERED, actor=actor, now=now
        )


def publish_draft(conclusions: Conclusions, drafter: User | None = None) -> PublicConclusions:
    """Completed by one editor and published by another."""
    complete(conclusions, drafter or make_user(Group.EDITOR))
    return publish_conclusions(conclusions, actor=person(make_user(Group.EDITOR)), now=timezone.now())


def passage_of(intervention: Intervention, words: str = PASSAGE) -> Passage:
    start = intervention.body.index(words)
    return Passage(intervention_key=intervention.key, field="body", start=start, end=start + len(words))


def attach(part: Part, passage: Passage, editor: User, stance: Stance = Stance.SUPPORTS) -> Evidence:
    return attach_evidence(part, passage, stance=stance, actor=person(editor), now=timezone.now())
