"""Candidates for the glossary: what is read for them, what is kept, what never comes again."""

from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.glossary import domain
from portal.glossary.aligned_texts import aligned_texts
from portal.glossary.candidates import Mined, mine_glossary
from portal.glossary.evidence import examples
from portal.organizations.models import Organization
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind, TranslationKind
from portal.publication.models import Record, RecordTranslation
from portal.publication.queries import published
from portal.taxonomy.models import Concept, GlossaryProposal
from tests.factories import make_intervention, publish_intervention
from tests.factories.pages import ConsultationTree

NOW = timezone.now()
ACTOR = system("tests")
CANARY = "kanarienvogel"
SENTENCES = {
    "es": "En {0}: un banco de semillas.",
    "en": "In {0}: a seed bank.",
    "pt": "Em {0}: um banco de sementes.",
    "fr": "À {0} : une banque de semences.",
}


def mined(limit: int = 50) -> Mined:
    return mine_glossary(actor=ACTOR, now=NOW, limit=limit)


def translated(organization: Organization, place: str, **changed: Any) -> Record:
    """A published intervention about a seed bank with official translations."""
    title = {code: f"{code}{place}" for code in SENTENCES}
    record = publish_intervention(
        make_intervention(organization, title=title["es"], body=SENTENCES["es"].format(place), language="es")
    )
    for code in ("en", "pt", "fr"):
        fields = {
            "of_version": record.version,
            "kind": TranslationKind.OFFICIAL,
            "title": title[code],
            "texts": {"body": SENTENCES[code].format(place), "recommendations": []},
        }
        RecordTranslation.objects.create(record=record, language=code, **(fields | changed))
    return record


@pytest.fixture
def seed_banks(organization: Organization) -> list[Record]:
    for place in ("norte", "sur", "este"):
        translated(organization, place)
    return list(published(RecordKind.INTERVENTION))


def terms_of(proposal: GlossaryProposal) -> dict[str, str]:
    return {code: texts[0] for code, texts in proposal.content["terms"].items()}


def test_a_term_of_the_ledgers_translations_is_proposed(
    seed_banks: list[Record], consultation_pages: ConsultationTree
) -> None:
    proposed = mined()
    proposal = next(row for row in GlossaryProposal.objects.all() if row.content["key"] == "seed bank")
    assert proposed.created == GlossaryProposal.objects.count()
    assert terms_of(proposal) == {
        "es": "banco de semillas",
        "en": "seed bank",
        "pt": "banco de sementes",
        "fr": "banque de semences",
    }
    assert (proposal.origin, proposal.state, proposal.proposed_by) == ("mined", "waiting", None)
    assert [reference["key"] for reference in proposal.evidence] == [row.public_id for row in seed_banks]


def test_pages_are_aligned_by_the_place_of_their_strings(consultation_pages: ConsultationTree) -> None:
    for code, page in consultation_pages.segment.items():
        page.introduction = SENTENCES[code].format("Brasilia")
        page.save_revision().publish()
    introductions = [each for each in aligned_texts() if each.reference.get("path") == "introduction"]
    assert [each.texts for each in introductions] == [
        {code: text.format("Brasilia") for code, text in SENTENCES.items()}
    ]


def test_only_what_is_public_is_read(
    organization: Organization, consultation_pages: ConsultationTree
) -> None:
    def read() -> str:
        return str([each.texts for each in aligned_texts()])

    for pages in consultation_pages.question_pages:
        for page in pages.values():
            page.introduction = CANARY
            page.save_revision()  # a draft of a live page
    for page in consultation_pages.area.values():
        page.introduction = CANARY
        page.save_revision().publish()
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    make_intervention(organization, title=CANARY, body=CANARY)
    translated(organization, "norte", kind=TranslationKind.MACHINE, title=CANARY)
    translated(organization, "sur", of_version=99, title=CANARY)
    gone = translated(organization, "oeste", title=CANARY)
    assert CANARY in read()
    withdraw(gone.kind, gone.source_key, actor=ACTOR, now=NOW)
    assert CANARY not in read()


@pytest.mark.long
def test_a_declined_candidate_never_comes_again(
    seed_banks: list[Record], consultation_pages: ConsultationTree, editor: User, organization: Organization
) -> None:
    mined()
    for proposal in GlossaryProposal.objects.all():
        domain.decline_proposal(proposal, reason="No.", actor=person(editor), now=NOW)
    number = GlossaryProposal.objects.count()
    translated(organization, "arriba")
    again = mined()
    assert (again.created, again.known > 0, GlossaryProposal.objects.count()) == (0, True, number)


def test_what_the_glossary_has_or_had_is_no_candidate(
    seed_banks: list[Record], consultation_pages: ConsultationTree
) -> None:
    concept = Concept.objects.create(key="seed bank", removed_at=NOW)
    concept.terms.create(language="fr", text="banques de semences", preferred=True)
    mined()
    assert [row for row in GlossaryProposal.objects.all() if "seed bank" in terms_of(row).values()] == []


@pytest.mark.long
def test_the_limit_keeps_the_best(seed_banks: list[Record], consultation_pages: ConsultationTree) -> None:
    assert mined(limit=0).created == 0
    assert mined(limit=1).created == 1
    best = GlossaryProposal.objects.get()
    mined()
    assert best.score == max(GlossaryProposal.objects.values_list("score", flat=True))


@pytest.mark.long
def test_examples_show_the_term_in_its_text_while_it_is_public(
    seed_banks: list[Record], consultation_pages: ConsultationTree
) -> None:
    mined()
    proposal = next(row for row in GlossaryProposal.objects.all() if row.content["key"] == "seed bank")
    first = examples(proposal, "pt")[0]
    assert (first.title, first.url) == ("eseste", f"/pt/interventions/{seed_banks[0].public_id}/")
    assert [(each.language, each.term) for each in first.excerpts] == [
        ("es", "banco de semillas"),
        ("en", "seed bank"),
        ("pt", "banco de sementes"),
        ("fr", "banque de semences"),
    ]
    for record in seed_banks:
        withdraw(record.kind, record.source_key, actor=ACTOR, now=NOW)
    assert examples(proposal, "pt") == []


def test_a_waiting_candidate_goes_with_its_last_public_text(
    seed_banks: list[Record], consultation_pages: ConsultationTree
) -> None:
    number = mined().created
    for record in seed_banks:
        withdraw(record.kind, record.source_key, actor=ACTOR, now=NOW)
    assert (mined().gone, GlossaryProposal.objects.count()) == (number, 0)


def test_the_command_says_what_it_did(
    seed_banks: list[Record], consultation_pages: ConsultationTree, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("mine_glossary", "--json", "--limit", "1")
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert '"created": 1' in last
