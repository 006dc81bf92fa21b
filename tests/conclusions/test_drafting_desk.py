"""The drafting screens as an editor without JavaScript uses them, from an empty draft to its publication."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.common.errors import Incomplete
from portal.conclusions.desk.segment_views import A_PAGE
from portal.conclusions.domain import set_disposition
from portal.conclusions.drafting.domain import start_draft, summarize, summary_mark
from portal.conclusions.enums import Outcome, PartKind
from portal.conclusions.models import (
    Conclusions,
    Evidence,
    Part,
    PartText,
    PublicConclusions,
    RecommendationFacts,
)
from portal.conclusions.publishing.domain import publish_conclusions
from portal.conclusions.states import ConclusionsState
from portal.consultations.models import ConsultationPage
from portal.interventions.models import Intervention
from portal.library.models import LibraryDocument
from portal.organizations.models import Organization
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from portal.taxonomy.queries import mark_names
from tests.conclusions.conftest import BODY
from tests.factories import make_intervention, make_user, publish_intervention
from tests.factories.backed_conclusions import (
    PASSAGE,
    add_recommendation,
    attach,
    complete,
    make_conclusions,
    passage_of,
    publish_draft,
    recommendations_of,
)
from tests.factories.browser import Browser
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"
NOW = timezone.now()


@pytest.fixture
def desk(editor: User) -> Browser:
    editor.language = "en"
    editor.save()
    browser = Browser()
    browser.force_login(editor)
    return browser


def at(name: str, draft: Conclusions, *args: object) -> str:
    return reverse(f"conclusions:{name}", args=[draft.key, *args]).replace("/es/", "/en/", 1)


def segment_of(draft: Conclusions) -> Part:
    return draft.parts.get(kind=PartKind.SEGMENT)


def mark_page(draft: Conclusions, said: Intervention) -> str:
    return at("mark", draft, segment_of(draft).key, said.key)


def fill(desk: Browser, page: str, **typed: Any) -> Any:
    return desk.send(desk.form_at(page), **typed)


def told(response: Any, desk: Browser) -> str:
    return dense(desk.get(response["Location"]).text)


def test_a_draft_is_started_by_hand_with_the_segments(
    desk: Browser, consultation_pages: ConsultationTree
) -> None:
    key = consultation_pages.consultation["es"].translation_key
    response = fill(desk, "/en/desk/conclusions/new/", consultation=str(key), language="en")
    draft = Conclusions.objects.get()
    assert response["Location"] == at("version", draft)
    texts = PartText.objects.filter(part__kind=PartKind.SEGMENT)
    assert set(texts.values_list("part__number", "language", "heading")) == {
        ("1", code, f"Segment ({code})") for code in ("es", "en", "pt", "fr")
    }
    again = desk.get("/en/desk/conclusions/new/").text
    assert str(key) not in again


@pytest.mark.long
def test_parts_are_added_and_worded(desk: Browser, conclusions: Conclusions) -> None:
    area = conclusions.parts.get(kind=PartKind.PRIORITY_AREA)
    page = f"{at('part_new', conclusions)}?kind=recommendation&above={area.key}"
    empty = fill(desk, page, heading="", body=" ")
    assert (empty.status_code, "Write a heading or a text." in empty.text) == (200, True)
    response = fill(desk, page, body="Abrir cada día.")
    part = Part.objects.get(number="1.1.3")
    assert response["Location"].endswith(f"#part-{part.key}")
    fill(desk, f"{at('part', conclusions, part.key)}?language=en", body="Open daily.", is_official="on")
    rows = part.texts.order_by("pk").values_list("language", "body", "is_official")
    assert list(rows) == [("es", "Abrir cada día.", True), ("en", "Open daily.", True)]


def test_a_refused_part_says_why_at_the_place_and_keeps_what_was_typed(
    desk: Browser, conclusions: Conclusions
) -> None:
    response = fill(desk, f"{at('part_new', conclusions)}?kind=recommendation", body="Kept words.")
    text = dense(response.text)
    assert "This kind of part cannot stand there." in text
    assert "Kept words.</textarea>" in text
    assert 'href="#id_above"' in text


def test_words_changed_by_somebody_else_are_shown_beside_what_was_typed(
    desk: Browser, conclusions: Conclusions
) -> None:
    part = recommendations_of(conclusions)[0]
    form = desk.form_at(at("part", conclusions, part.key) + "?language=es")
    part.texts.filter(language="es").update(body="Otra mano.")
    response = desk.send(form, body="Mis palabras.")
    assert [words in response.text for words in ("Otra mano.", "Mis palabras.")] == [True, True]
    form = desk.forms(response, form.action)[0]
    assert desk.send(form).status_code == 302
    assert part.texts.get(language="es").body == "Mis palabras."


@pytest.mark.long
def test_a_passage_is_marked_by_its_sentence_and_by_its_words(
    desk: Browser, conclusions: Conclusions, said: Intervention
) -> None:
    part, page = recommendations_of(conclusions)[0], mark_page(conclusions, said)
    start = BODY.index("La oficina")
    response = fill(desk, page, sentence=[f"body:{start}-{len(BODY)}"], recommendation=str(part.key))
    assert f"recommendation={part.key}" in response["Location"]
    assert "1 passage attached to 1.1.1" in told(response, desk)
    fill(desk, page, words="Nadie\n paga.", recommendation=str(part.key), stance="against", note=CANARY)
    rows = part.evidence.order_by("pk").values_list("words", "stance", "note", "start")
    assert list(rows) == [(BODY[start:], "supports", "", start), ("Nadie paga.", "against", CANARY, 0)]


@pytest.mark.long
def test_marked_words_become_a_new_recommendation(
    desk: Browser, conclusions: Conclusions, said: Intervention
) -> None:
    area = conclusions.parts.get(kind=PartKind.PRIORITY_AREA)
    page = mark_page(conclusions, said)
    fill(desk, page, words=PASSAGE, recommendation=f"new:{area.key}")
    part = Part.objects.get(number="1.1.3")
    assert (part.texts.get().body, part.evidence.get().words) == (PASSAGE, PASSAGE)


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Mark a passage"),
        ({"words": "No such words"}, "These words do not stand in the text."),
        ({"sentence": ["body:0-999"]}, "is not there any more"),
        ({"words": "a"}, "Write more of what is around them."),
    ],
)
def test_what_cannot_be_attached_is_said_at_the_place(
    desk: Browser, conclusions: Conclusions, said: Intervention, typed: dict[str, Any], message: str
) -> None:
    part, page = recommendations_of(conclusions)[0], mark_page(conclusions, said)
    said.body = f"a {BODY} a"
    publish_intervention(said)
    response = fill(desk, page, recommendation=str(part.key), note=CANARY, **typed)
    assert (response.status_code, message in response.text, CANARY in response.text) == (200, True, True)
    assert not Evidence.objects.exists()


@pytest.mark.long
def test_what_is_missing_of_an_attachment_is_told_at_once(
    desk: Browser, conclusions: Conclusions, said: Intervention
) -> None:
    page = fill(desk, mark_page(conclusions, said), recommendation="").text
    for told in ("Choose a recommendation, or a new one.", "Mark a passage: tick a sentence"):
        assert page.count(told) == 2


@pytest.mark.long
def test_a_new_recommendation_from_another_language_is_written_anew(
    desk: Browser, conclusions: Conclusions, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    foreign = make_intervention(
        organization,
        language="en",
        body="Nobody pays here.",
        state=SubmissionState.PUBLISHED,
        questions=consultation_pages.questions,
    )
    publish_intervention(foreign)
    area = conclusions.parts.get(kind=PartKind.PRIORITY_AREA)
    page = at("mark", conclusions, segment_of(conclusions).key, foreign.key)
    typed = {"words": "Nobody pays here.", "recommendation": f"new:{area.key}"}
    assert "The passage is in another language" in fill(desk, page, **typed).text
    assert conclusions.parts.count() == 4
    assert fill(desk, page, **typed, new_words="Nadie paga.").status_code == 302
    assert Part.objects.get(number="1.1.3").texts.get().body == "Nadie paga."


def test_a_text_corrected_after_it_was_opened_is_marked_once_more(
    desk: Browser, conclusions: Conclusions, said: Intervention
) -> None:
    part, page = recommendations_of(conclusions)[0], mark_page(conclusions, said)
    form = desk.form_at(page)
    said.body = f"Antes. {BODY}"
    publish_intervention(said)
    response = desk.send(form, sentence=["body:0-11"], recommendation=str(part.key))
    assert (response.status_code, Evidence.objects.count()) == (200, 0)


def test_what_waits_for_moderation_is_there_and_says_so(
    desk: Browser, conclusions: Conclusions, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    for state in (SubmissionState.SUBMITTED, SubmissionState.DRAFT, SubmissionState.RETURNED):
        make_intervention(
            organization, title=f"{CANARY} {state}", state=state, questions=consultation_pages.questions
        )
    text = desk.get(at("segment", conclusions, segment_of(conclusions).key)).text
    assert re.findall(rf"{CANARY} (\w+)", text) == ["submitted"]
    assert "Not yet published" in text


@pytest.mark.long
def test_contributions_are_filtered(
    desk: Browser, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    attach(recommendations_of(conclusions)[0], passage_of(said), editor)
    page = at("segment", conclusions, segment_of(conclusions).key)
    shown = {
        query: said.title in desk.get(f"{page}?{query}").text
        for query in ("q=OFICINA", "q=nothing+like+it", "only=new", "only=used", "only=waiting", "type=state")
    }
    assert list(shown.values()) == [True, False, False, True, False, False]


@pytest.mark.long
def test_a_corrected_passage_stands_first_with_what_to_do(
    desk: Browser, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    evidence = attach(recommendations_of(conclusions)[0], passage_of(said), editor)
    said.body = "Nadie paga."
    publish_intervention(said)
    page = at("segment", conclusions, segment_of(conclusions).key)
    text = dense(desk.get(page).text)
    assert text.index("1 passage needs your attention") < text.index("<h2>Contributions</h2>")
    assert "The text was corrected and no longer says these words." in text
    form = next(form for form in desk.forms(desk.get(page), page) if form.action.endswith("/detach/"))
    assert desk.send(form)["Location"] == page
    assert not Evidence.objects.filter(pk=evidence.pk).exists()


def test_of_a_withdrawn_intervention_no_word_is_shown(
    desk: Browser, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    attach(recommendations_of(conclusions)[0], passage_of(said), editor)
    withdraw(RecordKind.INTERVENTION, said.key, actor=system("test"), now=NOW)
    segment = segment_of(conclusions)
    text = desk.get(at("segment", conclusions, segment.key)).text
    assert ("Withdrawn on" in text, PASSAGE in text) == (True, False)
    assert desk.get(at("mark", conclusions, segment.key, said.key)).status_code == 404


def test_what_was_typed_beside_a_text_withdrawn_meanwhile_is_given_back(
    desk: Browser, conclusions: Conclusions, said: Intervention
) -> None:
    form = desk.form_at(mark_page(conclusions, said))
    withdraw(RecordKind.INTERVENTION, said.key, actor=system("test"), now=NOW)
    response = desk.send(form, words=PASSAGE, recommendation=str(uuid4()), note=CANARY)
    assert (response.status_code, CANARY in response.text) == (409, True)
    assert "This contribution was withdrawn meanwhile. Nothing was attached." in response.text


@pytest.mark.long
def test_a_passage_of_a_library_document_is_attached(desk: Browser, conclusions: Conclusions) -> None:
    document = LibraryDocument.objects.create(
        title="Declaración", language="es", sha256="1" * 64, passages_count=2, created_at=NOW, updated_at=NOW
    )
    for position, text in enumerate(("Nadie espera. Nadie paga.", "Otra cosa."), start=1):
        document.passages.create(position=position, text=text)
    page = at("documents", conclusions, segment_of(conclusions).key)
    assert f"?document={document.public_id}" in desk.get(f"{page}?q=declaración").text
    part = recommendations_of(conclusions)[0]
    fill(
        desk,
        f"{page}?document={document.public_id}&q=paga",
        words="Nadie paga.",
        recommendation=str(part.key),
    )
    row = part.evidence.get()
    assert (row.document, row.field, row.words) == (document.public_id, "1", "Nadie paga.")
    gone = desk.get(f"{page}?document=D-99999")
    assert "This document is not public any more." in gone.text


@pytest.mark.long
def test_facts_and_force_are_set(
    desk: Browser, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    part = recommendations_of(conclusions)[0]
    attach(part, passage_of(said), editor)
    fill(desk, at("facts", conclusions, part.key), addressees=["state"], is_from_plenary="on")
    page = at("force", conclusions, part.key)
    text = dense(desk.get(page).text)
    assert '<th scope="row" role="rowheader">All together</th>' in text
    cells = re.findall(r'<td role="cell" data-label="([^"]*)">([^<]*)</td>', text)
    assert cells[:2] == [("Back it", "1 of 1"), ("As counted", "one voice")]
    refused = fill(desk, page, force="many", note="")
    assert "Say why the force of support is another one." in refused.text
    fill(desk, page, force="many", note=CANARY)
    part.refresh_from_db()
    assert (part.facts.is_from_plenary, part.force_choices.get().note) == (True, CANARY)
    fill(desk, page, force="counted", note="")
    assert not part.force_choices.exists()


def test_what_is_alike_is_suggested_and_never_merged(
    desk: Browser, conclusions: Conclusions, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    alike = make_intervention(
        organization,
        title="Parecida",
        body="Nadie paga. Hay que abrir la oficina los sábados.",
        state=SubmissionState.PUBLISHED,
        questions=consultation_pages.questions,
    )
    publish_intervention(alike)
    first, second = recommendations_of(conclusions)
    text = dense(desk.get(at("alike", conclusions, first.key)).text)
    assert at("part", conclusions, second.key) in text
    assert "Hay que abrir la oficina los sábados." in text
    marking = desk.get(at("mark", conclusions, segment_of(conclusions).key, alike.key)).text
    assert "Perhaps it belongs to" in marking
    assert (conclusions.parts.count(), Evidence.objects.count()) == (4, 0)


def test_the_preview_is_the_public_page_and_writes_nothing(
    desk: Browser, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    attach(recommendations_of(conclusions)[0], passage_of(said), editor)
    summarize(conclusions, language="es", text=CANARY, seen=summary_mark(""), actor=person(editor), now=NOW)
    set_disposition(
        conclusions,
        intervention_key=said.key,
        outcome=Outcome.ALREADY_COVERED,
        actor=person(editor),
        now=NOW,
    )
    shown = desk.get(at("preview", conclusions))
    text = dense(shown.text)
    assert "Preview: only editors see this page." in text
    assert '<meta name="robots" content="noindex">' in text
    assert [words in text for words in (CANARY, "Abrir la oficina 1 los sábados", said.title)] == [True] * 3
    assert "Support: one voice" in text
    assert not PublicConclusions.objects.exists()
    part = recommendations_of(conclusions)[0]
    assert f'<li id="part-{part.key}">' in text
    assert f'<a href="#part-{part.key}"' in text
    assert ("/parts/" in text, 'href="#"' in text) == (False, False)
    assert shown.context["figures"][0]["url"] == "/en/consultations/brasilia/"
    publish_draft(conclusions, editor)
    record = Record.objects.get(source_key=part.key)
    key = conclusions.consultation_key
    later = start_draft(key, language="es", actor=person(editor), now=NOW)
    assert f'href="{record.path("en")}"' in dense(desk.get(at("preview", later)).text)


def test_publishing_lists_what_stands_in_the_way_with_the_place(
    desk: Browser, conclusions: Conclusions, said: Intervention
) -> None:
    page = at("publish", conclusions)
    text = desk.get(page).text
    assert text.count("Correct it") == 3
    assert [at("part", conclusions, part.key) in text for part in recommendations_of(conclusions)] == [
        True
    ] * 2
    assert at("disposition", conclusions, said.key) in text
    assert [form.action for form in desk.forms(desk.get(page), page) if form.action == page] == []


@pytest.mark.long
def test_a_recommendation_lists_what_it_rests_on(
    desk: Browser, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    part, other = recommendations_of(conclusions)
    attach(part, passage_of(said), editor)
    page = at("part", conclusions, part.key)
    text = dense(desk.get(page).text)
    record = Record.objects.get(kind="intervention")
    source = f"{at('mark', conclusions, segment_of(conclusions).key, said.key)}?recommendation={part.key}"
    assert f'<blockquote class="passage"><p lang="es">{PASSAGE}</p></blockquote>' in text
    assert f'<a href="{source}">{record.public_id}</a>: supports it' in text
    empty = dense(desk.get(at("part", conclusions, other.key)).text)
    assert "It rests on no passage yet." in empty
    assert at("segment", conclusions, segment_of(conclusions).key) in empty
    (detach,) = [form for form in desk.forms(desk.get(page), page) if "/detach/" in form.action]
    assert desk.send(detach).url == page
    assert not Evidence.objects.exists()


def test_a_second_person_publishes_what_was_read(
    desk: Browser, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    complete(conclusions, editor)
    page = at("publish", conclusions)
    assert "somebody else has to publish it" in desk.get(page).text
    second = Browser()
    second.force_login(make_user(Group.EDITOR, language="en"))
    form = second.form_at(page)
    summarize(conclusions, language="es", text="Neu", seen=summary_mark(""), actor=person(editor), now=NOW)
    assert "This changed after you opened the page" in second.send(form, closes="on").text
    form = second.form_at(page)
    refused = second.send(form)
    assert "Tick this to close it" in refused.text
    assert Conclusions.objects.get().state == ConclusionsState.DRAFT
    assert second.send(form, closes="on").status_code == 302
    conclusions.refresh_from_db()
    assert conclusions.state == ConclusionsState.PUBLISHED
    closed = second.get(at("segment", conclusions, segment_of(conclusions).key))
    assert (closed.status_code, closed["Location"]) == (302, at("version", conclusions))


@pytest.mark.long
def test_what_publishing_takes_away_stands_on_its_screen(
    desk: Browser, conclusions: Conclusions, consultation_pages: ConsultationTree, editor: User
) -> None:
    page = at("publish", conclusions)
    assert "The consultation is still open: publishing closes it at once." in dense(desk.get(page).text)
    publish_draft(conclusions, editor)
    following = make_conclusions(consultation_pages, number=2, languages=["es"])
    text = dense(desk.get(at("publish", following)).text)
    numbers = [record.public_id for record in Record.objects.filter(kind=RecordKind.RECOMMENDATION)]
    assert [f"{number} Abrir la oficina" in text for number in numbers] == [True, True]
    assert "have it no more: English" in text
    assert "publishing closes it" not in text


@pytest.mark.usefixtures("said")
def test_only_who_may_close_an_open_consultation_publishes(conclusions: Conclusions, editor: User) -> None:
    complete(conclusions, editor)
    actor = person(make_user(Group.EDITOR))
    with pytest.raises(Incomplete) as refusal:
        publish_conclusions(conclusions, actor=actor, now=NOW, may_close=False)
    assert [problem.field for problem in refusal.value.problems] == ["closes"]
    ConsultationPage.objects.update(closed_at=NOW)
    publish_conclusions(conclusions, actor=actor, now=NOW, may_close=False)
    assert PublicConclusions.objects.get().is_current


def test_what_was_typed_into_a_published_draft_is_given_back(
    desk: Browser, conclusions: Conclusions, editor: User
) -> None:
    part = recommendations_of(conclusions)[0]
    form = desk.form_at(at("part", conclusions, part.key) + "?language=es")
    Conclusions.objects.update(state=ConclusionsState.PUBLISHED.value, published_at=NOW)
    response = desk.send(form, body=CANARY)
    assert (response.status_code, CANARY in response.text) == (409, True)


def test_a_removed_part_is_asked_about_first(desk: Browser, conclusions: Conclusions) -> None:
    area = conclusions.parts.get(kind=PartKind.PRIORITY_AREA)
    page = at("part_remove", conclusions, area.key)
    assert "2 parts stand in it and go too." in desk.get(page).text
    fill(desk, page)
    assert conclusions.parts.count() == 1


def screens(draft: Conclusions, said: Intervention) -> dict[str, str]:
    segment, part = segment_of(draft), recommendations_of(draft)[0]
    return {
        "version": at("version", draft),
        "part": at("part", draft, part.key),
        "part_new": at("part_new", draft),
        "facts": at("facts", draft, part.key),
        "force": at("force", draft, part.key),
        "alike": at("alike", draft, part.key),
        "segment": at("segment", draft, segment.key),
        "documents": at("documents", draft, segment.key),
        "mark": at("mark", draft, segment.key, said.key),
        "summary": at("summary", draft, "es"),
        "preview": at("preview", draft),
        "publish": at("publish", draft),
    }


@pytest.mark.long
@pytest.mark.parametrize("more", [A_PAGE + 5, rarely(490)])
def test_every_screen_takes_as_many_queries_at_many_contributions_as_at_few(
    desk: Browser,
    conclusions: Conclusions,
    said: Intervention,
    editor: User,
    organization: Organization,
    consultation_pages: ConsultationTree,
    more: int,
) -> None:
    def counted() -> dict[str, int]:
        numbers = {}
        for name, page in screens(conclusions, said).items():
            desk.get(page)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert desk.get(page).status_code == 200
            numbers[name] = len(queries)
        return numbers

    _fill_up(4, conclusions, organization, consultation_pages, editor)
    few = counted()
    _fill_up(more, conclusions, organization, consultation_pages, editor)
    assert counted() == few
    assert max(few.values()) <= 40


def _fill_up(
    number: int, draft: Conclusions, organization: Organization, tree: ConsultationTree, editor: User
) -> None:
    """Contributions with a passage each, and a recommendation for every tenth."""
    area = draft.parts.get(kind=PartKind.PRIORITY_AREA)
    first = draft.parts.filter(kind=PartKind.RECOMMENDATION).count() + 1
    for at_ in range(number):
        said = make_intervention(
            organization, body=BODY, state=SubmissionState.PUBLISHED, questions=tree.questions[:1]
        )
        publish_intervention(said)
        if at_ % 10 == 0:
            part = add_recommendation(area, first + at_ // 10)
            attach(part, passage_of(said), editor)


@pytest.mark.long
def test_marks_are_set_and_what_is_published_leads_on(
    client: Client, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    """Every room of the draft has the same list beside it, with who took part."""
    client.force_login(editor)
    desk = f"/en/desk/conclusions/{conclusions.key}/"
    part = recommendations_of(conclusions)[0]
    code = next(iter(mark_names("en")))
    typed = {"addressees": ["state"], "marks": [code], "is_from_plenary": "on"}
    assert client.post(f"{desk}parts/{part.key}/facts/", typed).status_code == 302
    facts = RecommendationFacts.objects.get(part=part)
    assert (facts.marks, facts.is_from_plenary) == ([code], True)
    for room in ("", "participants/", "participants/state/figure/", "dispositions/"):
        page = client.get(f"{desk}{room}").text
        assert [f'href="{desk}{name}/"' in page for name in ("participants", "publish")] == [True, True]
    publish_draft(conclusions, editor)
    page = client.get(desk).text
    assert 'href="/en/consultations/brasilia/conclusions/"' in page
    start = f"/en/desk/conclusions/new/?consultation={conclusions.consultation_key}"
    assert f'href="{start}"' in page
    assert client.get(start).context["form"]["consultation"].value() == str(conclusions.consultation_key)
