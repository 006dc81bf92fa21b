"""What everyone reads of recommendations: list and filters, page, trace both ways, files, API, search."""

import csv
import html
import io
import re
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.common.errors import Incomplete
from portal.common.languages import CODES
from portal.conclusions.domain import Passage, choose_force, set_disposition, set_facts
from portal.conclusions.enums import Outcome, Stance
from portal.conclusions.models import Conclusions, Evidence, Part, PublicEvidence
from portal.conclusions.support import Force
from portal.interventions.models import Intervention
from portal.library.models import LibraryDocument
from portal.organizations.models import Organization
from portal.publication import domain as ledger
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from search.index.builders import build
from search.index.outbox import Subject
from search.models import Source
from search.results.facets import labelled
from tests.factories import make_intervention, make_organization, make_user, publish_intervention
from tests.factories.backed_conclusions import (
    PASSAGE,
    add_recommendation,
    attach,
    make_conclusions,
    passage_of,
    publish_draft,
    recommendations_of,
)
from tests.factories.pages import ConsultationTree, make_consultation
from tests.markup import dense

NOW = timezone.now()


def record_of(part: Part) -> Record:
    return Record.objects.get(source_key=part.key)


def titles(client: Client, query: str = "") -> list[str]:
    return [item.title for item in client.get(f"/es/recommendations/{query}").context["items"]]


def offered(client: Client, name: str) -> list[tuple[str, str]]:
    return client.get("/en/recommendations/").context["filters"].fields[name].choices[1:]


@pytest.fixture
def published(conclusions: Conclusions, said: Intervention, editor: User) -> Record:
    """The first recommendation rests on a passage of the intervention, which is reflected in it."""
    part = recommendations_of(conclusions)[0]
    attach(part, passage_of(said), editor)
    set_facts(part, addressees=["state"], is_from_plenary=False, actor=person(editor), now=NOW)
    set_disposition(
        conclusions,
        intervention_key=said.key,
        outcome=Outcome.REFLECTED,
        part=part,
        actor=person(editor),
        now=NOW,
    )
    publish_draft(conclusions, editor)
    return record_of(part)


def test_list_filters_by_consultation_segment_area_addressee_and_force(
    client: Client, consultation_pages: ConsultationTree, published: Record, editor: User
) -> None:
    other = make_conclusions(consultation_pages, recommendations=1, consultation_key=UUID(int=7))
    part = recommendations_of(other)[0]
    set_facts(part, addressees=["academia"], is_from_plenary=True, actor=person(editor), now=NOW)
    choose_force(part, category="", force=Force.CONSENSUS, note="Dicho", actor=person(editor), now=NOW)
    part.texts.filter(language="es").update(body="Otra cosa.")
    publish_draft(other, editor)
    both, facts = ["Abrir la oficina 2 los sábados", "Abrir la oficina 1 los sábados"], published.facts
    assert titles(client) == ["Otra cosa", *both]
    assert titles(client, "?consultation=brasilia") == both
    assert titles(client, f"?segment={facts['segment']}") == both
    assert titles(client, f"?priority_area={facts['priority_area']}") == both
    assert titles(client, "?addressee=academia") == ["Otra cosa"]
    assert titles(client, "?force=one") == both[1:]
    assert titles(client, "?force=consensus&addressee=state") == []
    # Under the title of the consultation that has a public page.
    alone, (title, (of_brasilia,)) = offered(client, "segment")
    assert (alone[1], title, of_brasilia[1]) == ("1 Segmento (en)", "Consultation (en)", "1 Segmento (en)")
    assert [title for title, _ in offered(client, "priority_area")][1:] == ["Consultation (en)"]
    listed = {item.title: item.meta for item in client.get("/es/recommendations/").context["items"]}
    assert listed[both[1]] == (
        published.public_id,
        "Consultation (es)",
        "Segmento: 1 Segmento",
        "Dirigida a: Estado",
    )
    assert "Academia" in listed["Otra cosa"][-1]
    wrong = client.get("/es/recommendations/?consultation=xxx")
    assert "consultation" in wrong.context["filters"].errors
    assert "Esta lista no tiene esa opci" in wrong.text


@pytest.mark.long
def test_list_costs_the_same_with_more_rows(
    client: Client, conclusions: Conclusions, editor: User, django_assert_num_queries: object
) -> None:
    area = conclusions.parts.get(kind="priority_area")
    for number in range(3, 15):
        add_recommendation(area, number)
    publish_draft(conclusions, editor)
    client.get("/en/recommendations/")
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert len(client.get("/en/recommendations/").context["items"]) == 14
    Record.objects.filter(facts__place__gt="1.1.1").delete()
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert len(client.get("/en/recommendations/").context["items"]) == 1


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_page_says_the_words_and_who_said_them(client: Client, published: Record, code: str) -> None:
    page = client.get(published.path(code))
    text = dense(page.content.decode())
    said = Record.objects.get(kind="intervention")
    lang = "" if code == "es" else ' lang="es"'
    assert f"<p{lang}>{PASSAGE}</p>" in text
    assert [f'href="{path}"' in text for path in (
        said.path(code),
        f"/{code}/consultations/brasilia/conclusions/",
        f"/{code}/consultations/brasilia/segment-1/area-1/question-1/",
    )] == [True] * 3  # fmt: skip
    assert ("Segmento (en)" in text, "Registro (en)" in text) == (code == "en", code == "en")
    assert '<rect x="0.5" y=".5" width="12" height="11" stroke="currentColor" fill="currentColor"' in text
    assert page.context["shown"].language == ("en" if code == "en" else "es")


@pytest.mark.long
def test_page_shows_an_official_translation_as_such(client: Client, published: Record) -> None:
    text = client.get(published.path("en")).content.decode()
    assert "This is the official translation. The original is in Spanish." in text
    assert "<h1>Abrir la oficina 1 los sábados. (en)</h1>" in dense(text)


def test_page_names_long_words_and_footnotes(client: Client, conclusions: Conclusions, editor: User) -> None:
    part = recommendations_of(conclusions)[0]
    part.texts.filter(language="es").update(heading="Oficinas", body="Abrir[^12] cada sábado.")
    part.footnotes.create(language="es", number="12", text="También en feriados.")
    publish_draft(conclusions, editor)
    text = dense(client.get(record_of(part).path("es")).content.decode())
    assert "<h1>Oficinas</h1>" in text
    assert "<p>Abrir¹² cada sábado.</p>" in text
    assert "12. También en feriados." in text


@pytest.mark.long
def test_page_quotes_what_argues_against_last_and_says_so(
    client: Client, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    part = recommendations_of(conclusions)[0]
    attach(part, passage_of(said, "Nadie paga."), editor, Stance.AGAINST)
    attach(part, passage_of(said), editor)
    publish_draft(conclusions, editor)
    text = client.get(record_of(part).path("en")).content.decode()
    assert text.index(PASSAGE) < text.index("Nadie paga.") < text.index("argues against")
    assert record_of(part).facts["force"] == "one"


@pytest.mark.long
def test_page_costs_the_same_with_more_evidence(
    client: Client,
    conclusions: Conclusions,
    consultation_pages: ConsultationTree,
    said: Intervention,
    editor: User,
    django_assert_num_queries: object,
) -> None:
    one, many = recommendations_of(conclusions)
    attach(one, passage_of(said), editor)
    attach(many, passage_of(said), editor)
    for number in range(9):
        other = make_intervention(
            make_organization(name=f"Red {number} más"),
            body=said.body,
            state=SubmissionState.PUBLISHED,
            questions=consultation_pages.questions,
        )
        publish_intervention(other)
        attach(many, passage_of(other), editor)
    publish_draft(conclusions, editor)
    paths = [record_of(part).path("en") for part in (one, many)]
    for path, number in zip(paths, (1, 10), strict=True):
        client.get(path)
        with django_assert_num_queries(13):  # type: ignore[operator]
            page = client.get(path)
        assert page.content.decode().count(PASSAGE) == number


def test_permanent_address_trace_and_api_lead_to_it(client: Client, published: Record) -> None:
    number, said = published.public_id, Record.objects.get(kind="intervention")
    assert client.get(f"/r/{number}/").url == published.path("es")
    row = client.get(f"/api/v1/recommendations/{number}?ui=en").json()
    assert (row["id"], row["force"], row["support"], row["addressees"], row["place"]) == (
        number,
        "one",
        "all=1/1:one refugee_led=1/1:one",
        "state",
        "1.1.1",
    )
    assert row["evidence"] == [
        {
            "source": said.public_id,
            "url": said.path("en"),
            "stance": "supports",
            "text": PASSAGE,
            "language": "es",
            "withdrawn_at": None,
        }
    ]
    for subject in (number, said.public_id, str(said.links.get().target)):
        thread = client.get(f"/api/v1/trace/{subject}").json()["thread"]
        stages = {stage["stage"]: [item["id"] for item in stage["items"]] for stage in thread}
        assert stages["recommendation"] == [number]
        assert stages["intervention"] == [said.public_id]
        assert len(stages["guiding_question"]) == 1


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 2),
        ("?consultation=brasilia", 2),
        ("?addressee=state", 2),
        ("?force=one", 1),
        ("?segment=00000000-0000-0000-0000-000000000000", None),
        ("?force=loud", None),
        ("?addressee=nobody", None),
    ],
)
def test_api_list_is_strict(client: Client, published: Record, query: str, number: int | None) -> None:
    response = client.get(f"/api/v1/recommendations{query}")
    told = response.json()["count"] if response.status_code == 200 else None
    assert (response.status_code, told) == (422 if number is None else 200, number)


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_an_intervention_says_what_became_of_it(client: Client, published: Record, code: str) -> None:
    said = Record.objects.get(kind="intervention")
    text = client.get(said.path(code)).content.decode()
    assert f'href="{published.path(code)}"' in text
    assert f'href="/{code}/consultations/brasilia/conclusions/"' in text


def test_an_intervention_says_why_it_is_not_reflected(
    client: Client, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    before = client.get(Record.objects.get(kind="intervention").path("en")).content.decode()
    set_disposition(
        conclusions,
        intervention_key=said.key,
        outcome=Outcome.NOT_REFLECTED,
        reason="Nadie más lo dijo.",
        actor=person(editor),
        now=NOW,
    )
    publish_draft(conclusions, editor)
    after = dense(client.get(Record.objects.get(kind="intervention").path("en")).content.decode())
    assert "No conclusions say yet what became of it." in before
    assert '<span class="badge">Not reflected</span>' in after
    assert '<p lang="es">Nadie más lo dijo.</p>' in after


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_a_question_leads_to_what_came_of_it(client: Client, published: Record, code: str) -> None:
    path = f"/{code}/consultations/brasilia/segment-1/area-1/question-1/"
    assert f'href="{published.path(code)}"' in client.get(path).content.decode()


@pytest.mark.long
def test_home_counts_recommendations(client: Client, published: Record) -> None:
    counts = {step["label"]: step["count"] for step in client.get("/en/").context["stages"]}
    assert counts["recommendations"] == 2


def test_search_holds_each_language_under_its_kind(published: Record) -> None:
    built = build(Subject(Source.RECORD, f"recommendation:{published.source_key}"), 1)
    assert [(each.kind, each.language, each.title) for each in built.documents] == [
        ("recommendation", "es", "Abrir la oficina 1 los sábados"),
        ("recommendation", "en", "Abrir la oficina 1 los sábados. (en)"),
    ]
    facets = built.documents[0].facets
    assert (facets["addressee"], len(facets["segment"])) == (("state",), 1)
    assert facets["consultation"] == (published.facts["consultation"],)
    assert facets["priority_area"] == (published.facts["priority_area"],)


def test_search_names_its_facets(published: Record) -> None:
    counted = {"priority_area": [(published.facts["priority_area"], 2)], "addressee": [("state", 1)]}
    named = {facet.name: [(value.label, value.count) for value in facet.values]
             for facet in labelled(counted, {}, "en")}  # fmt: skip
    assert named == {"priority_area": [("1.1 Registro (en)", 2)], "addressee": [("State", 1)]}


def test_withdrawn_evidence_leaves_no_word(
    client: Client, published: Record, said: Intervention, organization: Organization
) -> None:
    ledger.withdraw("intervention", said.key, actor=system("tests"), now=NOW)
    text = client.get(published.path("en")).content.decode()
    told = client.get(f"/api/v1/recommendations/{published.public_id}").content.decode()
    assert "Evidence withdrawn on" in text
    assert [word in text + told for word in (PASSAGE, organization.name)] == [False, False]
    evidence = Evidence.objects.get()
    assert (evidence.words, evidence.note, evidence.withdrawn_at is not None) == ("", "", True)
    published.refresh_from_db()
    assert published.is_published
    page = client.get("/en/consultations/brasilia/conclusions/").content.decode()
    assert said.title not in page


def test_evidence_of_what_was_never_public_is_emptied_as_well(
    conclusions: Conclusions, organization: Organization, editor: User
) -> None:
    waiting = make_intervention(
        organization, body=f"Antes. {PASSAGE} y después.", state=SubmissionState.SUBMITTED
    )
    attach(recommendations_of(conclusions)[0], passage_of(waiting), editor)
    waiting.state = SubmissionState.WITHDRAWN
    waiting.save()
    assert Evidence.objects.get().words == ""


@pytest.mark.long
def test_a_correction_around_the_passage_moves_its_place(
    client: Client, published: Record, said: Intervention
) -> None:
    said.body = f"Antes de todo.\n\n{said.body}".replace("oficina abre", "oficina\nabre")
    said.save()
    publish_intervention(said)
    evidence, place = Evidence.objects.get(), PublicEvidence.objects.get()
    assert (evidence.start, evidence.corrected_at, evidence.version) == (28, None, 2)
    assert (place.start, place.is_changed) == (28, False)
    assert "La oficina\nabre los sábados" in client.get(published.path("es")).content.decode()


def test_a_correction_of_the_passage_flags_it_and_shows_its_words_no_more(
    client: Client, published: Record, said: Intervention
) -> None:
    said.body = said.body.replace("abre los sábados", "abre los domingos")
    said.save()
    publish_intervention(said)
    text = client.get(published.path("en")).content.decode()
    assert PASSAGE not in text
    assert "The text was corrected and does not say this passage any more." in text
    assert Evidence.objects.get().corrected_at is not None
    assert Evidence.objects.get().words == PASSAGE


def test_publishing_is_refused_while_evidence_says_what_was_corrected(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    part = recommendations_of(conclusions)[0]
    evidence = attach(part, passage_of(said), editor)
    said.body = said.body.replace("abre los sábados", "abre los domingos")
    said.save()
    publish_intervention(said)
    with pytest.raises(Incomplete) as refused:
        publish_draft(conclusions, make_user(Group.EDITOR))
    assert [problem.field for problem in refused.value.problems] == [f"evidence:{evidence.pk}"]


@pytest.mark.long
def test_a_quote_leads_to_its_place_in_the_source(client: Client, published: Record) -> None:
    text = client.get(published.path("es")).content.decode()
    address = re.search(r'passage__where">.*?href="([^"]+)"', text, re.DOTALL)[1]
    said = client.get(html.unescape(address)).content.decode()
    place = said.index('id="found"')
    assert PASSAGE.split()[0] in re.sub(r"<[^>]+>", "", said[place : place + 400])
    assert "<mark>" in said[place : place + 400]


@pytest.mark.long
def test_segment_and_area_lead_to_their_part_of_the_conclusions(client: Client, published: Record) -> None:
    page = client.get(published.path("en")).content.decode()
    whole = client.get("/en/consultations/brasilia/conclusions/").content.decode()
    for name in ("segment", "priority_area"):
        part = f"part-{published.facts[name]}"
        assert f'href="/en/consultations/brasilia/conclusions/#{part}"' in page
        assert f'id="{part}"' in whole


@pytest.mark.long
def test_what_the_plenary_made_says_so_instead_of_none_heard(
    client: Client, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    attach(recommendations_of(conclusions)[0], passage_of(said), editor)
    publish_draft(conclusions, editor)
    backed, plenary = (record_of(part) for part in recommendations_of(conclusions))
    assert plenary.facts["origin"] == "plenary"
    page = dense(client.get(plenary.path("en")).text)
    assert "made in the plenary" in page
    assert "none heard" not in page
    assert [titles(client, f"?{query}") for query in ("origin=plenary", "force=none", "force=one")] == [
        [plenary.title],
        [],
        [backed.title],
    ]


@pytest.mark.long
def test_questions_of_other_consultations_stand_apart(
    client: Client, conclusions: Conclusions, consultation_pages: ConsultationTree, editor: User
) -> None:
    other = make_consultation(
        {code: page.get_parent() for code, page in consultation_pages.index.items()}, slug="otra"
    )
    both = make_intervention(
        make_organization(name="Red de dos mesas"),
        body=f"{PASSAGE} y también los domingos.",
        state=SubmissionState.PUBLISHED,
        questions=[consultation_pages.questions[0], other.questions[0]],
    )
    publish_intervention(both)
    part = recommendations_of(conclusions)[0]
    attach(part, passage_of(both), editor)
    publish_draft(conclusions, editor)
    page = dense(client.get(record_of(part).path("es")).text)
    own, elsewhere = page.split("Preguntas de otras consultas")
    assert "/consultations/brasilia/" in own.split('id="guiding_question"')[1]
    assert "/consultations/otra/" in elsewhere
    assert "/consultations/otra/" not in own.split('id="guiding_question"')[1]


def test_files_tell_the_words_in_full_with_segment_and_area(client: Client, published: Record) -> None:
    content = client.get("/es/recommendations/?format=csv").getvalue().decode("utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(content))}
    row = rows[published.public_id]
    assert row["text_text"] == published.texts["text"]
    assert (row["segment_text"], row["priority_area_text"]) == (
        published.texts["segment"],
        published.texts["priority_area"],
    )


def test_what_nobody_supports_is_not_told_as_unheard(
    client: Client, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    """A document backs it, who spoke argues against it: no badge, and the page says that none supports it."""
    part = recommendations_of(conclusions)[0]
    attach(part, passage_of(said), editor, stance=Stance.AGAINST)
    words = {"title": "Declaración", "language": "es", "sha256": "1" * 64, "passages_count": 1}
    document = LibraryDocument.objects.create(**words, created_at=NOW, updated_at=NOW)
    document.passages.create(position=1, text="Nadie espera.")
    attach(part, Passage(document=document.public_id, field="1", start=0, end=13), editor)
    publish_draft(conclusions, editor)
    record = Record.objects.get(kind="recommendation", source_key=part.key)
    page = dense(client.get(record.path("en")).text)
    assert "<strong>none of them supports it</strong> 0 of 1" in page
    assert "Support:" not in page
    assert "none heard" not in page.partition("How support is judged")[0]


def test_segment_and_area_are_named_in_the_reader_language(
    client: Client, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    """The recommendation itself has no official Portuguese; what it stands in has."""
    part = recommendations_of(conclusions)[0]
    part.texts.filter(language="pt").delete()
    segment = conclusions.parts.get(kind="segment")
    segment.texts.update_or_create(language="pt", defaults={"heading": "Vozes do rio", "is_official": True})
    publish_draft(conclusions, editor)
    record = Record.objects.get(kind="recommendation", source_key=part.key)
    page = dense(client.get(record.path("pt")).text)
    assert ">Vozes do rio</a>" in page
