"""The public page and API of conclusions, and that nothing of a draft is in any public room."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.common.languages import CODES
from portal.conclusions.domain import attach_evidence, choose_force, set_disposition
from portal.conclusions.drafting.domain import summarize, summary_mark
from portal.conclusions.enums import Outcome, PartKind, Stance, Unit
from portal.conclusions.models import Conclusions, Part, PublicDisposition
from portal.conclusions.support import Force
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from portal.publication import domain as ledger
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from search.index.builders import build, subjects
from tests.factories import make_intervention, publish_intervention
from tests.factories.backed_conclusions import (
    attach,
    make_conclusions,
    make_part,
    passage_of,
    publish_draft,
    recommendations_of,
)
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

NOW = timezone.now()
CANARY = "kanarienvogel"
PAGE, API = "consultations/brasilia/conclusions/", "/api/v1/conclusions/brasilia"


@pytest.fixture
def filled(conclusions: Conclusions, said: Intervention, editor: User) -> Conclusions:
    """Complete but for its publishing: participants, a footnote, evidence, a disposition."""
    state = conclusions.participant_categories.create(code="state", official_count=17, unit=Unit.BODIES)
    state.texts.create(language="es", note="Tres como observadores.", names="")
    conclusions.participant_categories.create(code="refugee_led", position=1)
    conclusions.participant_categories.create(code="academia", official_count=4, position=2)
    segment = conclusions.parts.get(kind="segment")
    segment.texts.filter(language="es").update(body="Casi todas las voces coincidieron.[^1]")
    segment.footnotes.create(language="es", number="1", text="Dos no.")
    make_part(conclusions, PartKind.GOOD_PRACTICE, parent=segment, heading="Oficina móvil", body="Un bus.")
    part = recommendations_of(conclusions)[0]
    attach(part, passage_of(said), editor)
    set_disposition(
        conclusions,
        intervention_key=said.key,
        outcome=Outcome.PARTLY,
        part=part,
        reason="Falta el pago.",
        actor=person(editor),
        now=NOW,
    )
    return conclusions


@pytest.mark.few(1)
@pytest.mark.parametrize("code", ["es", "en", rarely("pt"), rarely("fr")])
def test_page_tells_the_whole_document(client: Client, filled: Conclusions, code: str, editor: User) -> None:
    publish_draft(filled, editor)
    text = dense(client.get(f"/{code}/{PAGE}").content.decode())
    for record in Record.objects.filter(kind="recommendation"):
        assert f'href="{record.path(code)}"' in text
    assert f'<html lang="{code}">' in text
    lang = "" if code == "es" else ' lang="es"'
    assert f'<span class="soft"{lang}>Tres como observadores.</span>' in text
    told = [words in text for words in ("coincidieron.¹", "1. Dos no.", "Oficina móvil", "Falta el pago.")]
    assert told == [code != "en", code != "en", True, True]
    for other in CODES:
        assert f'hreflang="{other}" href="http://testserver/{other}/{PAGE}"' in text


@pytest.mark.long
def test_page_filters_what_became_by_outcome(
    client: Client, filled: Conclusions, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    other = make_intervention(
        organization,
        title="Otra voz",
        state=SubmissionState.PUBLISHED,
        questions=consultation_pages.questions,
    )
    publish_intervention(other)
    publish_draft(filled)
    for query, number in (
        ("", 2),
        ("?outcome=partly", 1),
        ("?outcome=already_covered", 1),
        ("?outcome=out_of_scope", 0),
        ("?outcome=x", 0),
    ):
        assert len(client.get(f"/en/{PAGE}{query}").context["became"]["rows"]) == number


@pytest.mark.long
def test_page_costs_the_same_with_more_of_everything(
    client: Client,
    filled: Conclusions,
    organization: Organization,
    consultation_pages: ConsultationTree,
    django_assert_num_queries: object,
) -> None:
    publish_draft(filled)
    client.get(f"/en/{PAGE}")
    with django_assert_num_queries(14):  # type: ignore[operator]
        client.get(f"/en/{PAGE}")
    for _ in range(12):
        publish_intervention(
            make_intervention(
                organization, state=SubmissionState.PUBLISHED, questions=consultation_pages.questions
            )
        )
    following = make_conclusions(consultation_pages, number=2, recommendations=12)
    publish_draft(following)
    client.get(f"/en/{PAGE}")
    with django_assert_num_queries(14):  # type: ignore[operator]
        page = client.get(f"/en/{PAGE}")
    assert len(page.context["became"]["rows"]) == 13


@pytest.mark.long
def test_api_tells_participants_segments_and_areas(client: Client, filled: Conclusions) -> None:
    public = publish_draft(filled)
    told = client.get(f"{API}?ui=es").json()
    assert [(row["category"], row["count"], row["counted"], row["note"]) for row in told["participants"]] == [
        ("state", 17, 0, "Tres como observadores."),
        ("refugee_led", 1, 1, ""),
        ("academia", 4, 0, ""),
    ]
    segment = told["segments"][0]
    assert (len(told["segments"]), segment["number"], segment["title"]) == (1, "1", "Segmento")
    practice = Record.objects.get(kind="practice")
    assert segment["good_practices"] == [
        {"id": practice.public_id, "title": "Oficina móvil", "text": "Un bus."}
    ]
    assert practice.path("es") in client.get(f"/es/{PAGE}").text
    area = segment["priority_areas"][0]
    assert (area["number"], area["title"]) == ("1.1", "Registro")
    assert [row["place"] for row in area["recommendations"]] == ["1.1.1", "1.1.2"]
    assert (told["version"], told["sha256"]) == (1, public.digest)
    intervention, recommendation = (
        Record.objects.get(kind="intervention"),
        Record.objects.get(facts__place="1.1.1"),
    )
    assert told["dispositions"] == [
        {
            "intervention": intervention.public_id,
            "outcome": "partly",
            "recommendation": recommendation.public_id,
            "reason": "Falta el pago.",
            "reason_language": "es",
            "changed_at": None,
        }
    ]


@pytest.mark.long
def test_consultation_leads_to_its_conclusions(
    client: Client, filled: Conclusions, consultation_pages: ConsultationTree
) -> None:
    before = client.get("/en/consultations/brasilia/").content.decode()
    publish_draft(filled)
    after = client.get("/en/consultations/brasilia/").content.decode()
    assert ['href="conclusions/"' in text for text in (before, after)] == [False, True]
    assert "The conclusions are published, with 2 recommendations." in after


def test_there_are_none_before_they_are_published(client: Client, filled: Conclusions) -> None:
    assert [client.get(path).status_code for path in (f"/en/{PAGE}", API)] == [404, 404]
    assert client.get("/en/consultations/nowhere/conclusions/").status_code == 404


@pytest.mark.few(1)
@pytest.mark.parametrize("is_restricted", [True, False])
def test_there_are_none_of_a_consultation_that_is_not_public(
    client: Client, filled: Conclusions, consultation_pages: ConsultationTree, is_restricted: bool
) -> None:
    publish_draft(filled)
    for page in consultation_pages.consultation.values():
        if is_restricted:
            page.view_restrictions.create(restriction_type="login")
        else:
            page.unpublish()
    assert [client.get(path).status_code for path in (f"/en/{PAGE}", API)] == [404, 404]


def public_words(client: Client) -> str:
    """Everything that readers, files, feeds, the API and the index say around conclusions."""
    numbers = [(row.kind, row.public_id) for row in Record.objects.all()]
    pages = [
        *(f"/{code}/{path}" for code in CODES for path in ("", PAGE, "consultations/brasilia/")),
        "/es/consultations/brasilia/segment-1/area-1/question-1/",
        *(f"/es/{kind}s/{number}/" for kind, number in numbers),
        *(f"/api/v1/{kind}s/{number}" for kind, number in numbers),
        *(f"/api/v1/trace/{number}" for _kind, number in numbers),
        API,
        "/api/v1/recommendations",
        "/es/recommendations/feed/",
        *(f"/es/recommendations/{query}" for query in ("", "?format=csv", "?format=json")),
    ]
    responses = [client.get(path) for path in pages]
    indexed = [str(build(subject, 1).documents) for subject in subjects()]
    contents = (
        b"".join(response.streaming_content) if response.streaming else response.content
        for response in responses
    )
    return " ".join([*(content.decode() for content in contents), *indexed])


def draft_with_canaries(
    conclusions: Conclusions, said: Intervention, editor: User, organization: Organization
) -> None:
    """A word of its own in every text of the draft and in what it is made from."""
    actor, part = person(editor), recommendations_of(conclusions)[0]
    for each in conclusions.parts.all():
        each.texts.update(heading=f"{CANARY} heading", body=f"{CANARY} body")
    part.footnotes.create(language="es", number="1", text=f"{CANARY} footnote")
    conclusions.summaries.create(language="es", text=f"{CANARY} summary")
    category = conclusions.participant_categories.create(code="state")
    category.texts.create(language="es", note=f"{CANARY} note", names=f"{CANARY} names")
    waiting = make_intervention(
        organization, title=f"{CANARY} waiting", body=f"{CANARY} said", state=SubmissionState.SUBMITTED
    )
    attach(part, passage_of(waiting, f"{CANARY} said"), editor)
    attach_evidence(
        part, passage_of(said), stance=Stance.SUPPORTS, actor=actor, now=NOW, note=f"{CANARY} note"
    )
    choose_force(part, category="", force=Force.MANY, note=f"{CANARY} why", actor=actor, now=NOW)
    for key in (said.key, waiting.key):
        set_disposition(
            conclusions,
            intervention_key=key,
            outcome=Outcome.NOT_REFLECTED,
            reason=f"{CANARY} reason",
            actor=actor,
            now=NOW,
        )


def test_nothing_of_a_draft_is_public(
    client: Client, conclusions: Conclusions, said: Intervention, editor: User, organization: Organization
) -> None:
    draft_with_canaries(conclusions, said, editor, organization)
    assert CANARY not in public_words(client)


def test_nothing_of_the_next_draft_is_public(
    client: Client,
    filled: Conclusions,
    consultation_pages: ConsultationTree,
    said: Intervention,
    editor: User,
    organization: Organization,
) -> None:
    publish_draft(filled)
    following = make_conclusions(consultation_pages, number=2)
    draft_with_canaries(following, said, editor, organization)
    words = public_words(client)
    assert "Falta el pago." in words
    assert CANARY not in words


def test_notes_and_what_waits_stay_private_when_conclusions_are_published(
    client: Client, filled: Conclusions, said: Intervention, editor: User, organization: Organization
) -> None:
    part, actor = recommendations_of(filled)[0], person(editor)
    waiting = make_intervention(organization, body=f"{CANARY} said", state=SubmissionState.SUBMITTED)
    attach(part, passage_of(waiting, f"{CANARY} said"), editor)
    choose_force(part, category="", force=Force.MANY, note=f"{CANARY} why", actor=actor, now=NOW)
    attach_evidence(part, passage_of(said), stance=Stance.SUPPORTS, actor=actor, now=NOW, note=CANARY)
    working = filled.parts.get(kind="segment").texts.get(language="en")
    working.is_official, working.body = False, CANARY
    working.save()
    removed = make_part(filled, PartKind.SECTION, body=CANARY)
    Part.objects.filter(pk=removed.pk).update(removed_at=NOW)
    publish_draft(filled, editor)
    words = public_words(client)
    assert "Oficina móvil" in words
    assert CANARY not in words


def test_the_state_of_a_consultation_follows_from_its_conclusions(
    client: Client, filled: Conclusions
) -> None:
    def state() -> str:
        return client.get("/api/v1/consultations?ui=en").json()["results"][0]["state"]

    before = state()
    publish_draft(filled)
    assert (before, state()) == ("open", "outcomes_published")


@pytest.mark.few(1)
@pytest.mark.parametrize("below", ["segment-1/", "segment-1/area-1/", "segment-1/area-1/question-1/"])
def test_pages_below_a_concluded_consultation_lead_to_its_conclusions(
    client: Client, filled: Conclusions, below: str
) -> None:
    address = f"/en/consultations/brasilia/{below}"
    assert f'href="/en/{PAGE}"' not in client.get(address).text
    publish_draft(filled)
    assert f'href="/en/{PAGE}"' in client.get(address).text


def test_where_there_are_no_conclusions_yet_it_says_so(client: Client, filled: Conclusions) -> None:
    answer = client.get(f"/fr/{PAGE}")
    assert answer.status_code == 404
    assert "Il n’y a pas encore de conclusions" in answer.text
    assert 'href="/fr/consultations/brasilia/"' in answer.text
    unknown = client.get("/fr/consultations/nowhere/conclusions/")
    assert (unknown.status_code, "pas encore de conclusions" in unknown.text) == (404, False)


@pytest.mark.long
def test_what_became_names_every_recommendation_that_an_intervention_went_into(
    client: Client, filled: Conclusions, said: Intervention, editor: User
) -> None:
    for part in recommendations_of(filled):
        attach(part, passage_of(said), editor)
    publish_draft(filled, editor)
    records = Record.objects.filter(kind="recommendation")
    assert len(records) > 1
    intervention = Record.objects.get(kind="intervention", source_key=said.key)
    on_conclusions = client.get(f"/en/{PAGE}").text.split('id="became"')[1]
    on_its_page = client.get(intervention.path("en")).text.split('id="recommendation"')[1]
    for record in records:
        assert f'href="{record.path("en")}"' in on_conclusions
        assert f'href="{record.path("en")}"' in on_its_page.split("From the conclusions of")[0]


def test_withdrawing_takes_away_what_was_said_to_become_of_it(
    client: Client, filled: Conclusions, said: Intervention, editor: User
) -> None:
    publish_draft(filled, editor)
    assert PublicDisposition.objects.filter(intervention_key=said.key).exists()
    ledger.withdraw("intervention", said.key, actor=system("tests"), now=timezone.now())
    assert not PublicDisposition.objects.filter(intervention_key=said.key).exists()
    part = Record.objects.get(source_key=recommendations_of(filled)[0].key)
    page = dense(client.get(part.path("en")).text)
    assert "Evidence withdrawn on" in page
    assert "counted on the day of publication" in page


def test_the_summary_in_plain_words_is_public_with_the_conclusions(
    client: Client, conclusions: Conclusions, editor: User
) -> None:
    summarize(
        conclusions,
        language="es",
        text="La oficina abre más días.",
        seen=summary_mark(""),
        actor=person(editor),
        now=timezone.now(),
    )
    publish_draft(conclusions, editor)
    pages = {code: client.get(f"/{code}/{PAGE}").text for code in ("es", "fr")}
    assert [text.count("La oficina abre más días.") for text in pages.values()] == [1, 1]
    assert '<div lang="es"><p>La oficina abre más días.' in dense(pages["fr"])
    told = client.get(API).json()
    assert told["summary"] == "La oficina abre más días."


@pytest.mark.long
def test_what_came_after_the_publication_is_told_apart(
    client: Client,
    filled: Conclusions,
    editor: User,
    organization: Organization,
    consultation_pages: ConsultationTree,
) -> None:
    """Both counts are those that the conclusions speak of; only whole translations are claimed."""
    publish_draft(filled, editor)
    publish_intervention(
        make_intervention(
            organization, state=SubmissionState.PUBLISHED, questions=consultation_pages.questions[:1]
        )
    )
    context = client.get(f"/en/{PAGE}").context
    told = "1 more came after the publication."
    assert (context["figures"][1]["text"], context["figures"][1]["note"]) == ("1 contribution", told)
    assert (context["became"]["total"], context["became"]["later"]) == (1, told)
    assert context["translated"] == []
