"""The desk's list of interventions and what became of them: who sees it, filters, one and several at once."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.conclusions.dispositions.domain import dispose
from portal.conclusions.domain import Passage, attach_evidence
from portal.conclusions.enums import Outcome, Stance
from portal.conclusions.models import Conclusions, Disposition, PublicDisposition
from portal.conclusions.public.queries import became
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, make_user, publish_intervention
from tests.factories.backed_conclusions import publish_draft, recommendations_of
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def said_in_french(organization: Organization, consultation_pages: ConsultationTree) -> Intervention:
    row = make_intervention(
        organization,
        language="fr",
        title="Des papiers pour tous",
        state=SubmissionState.PUBLISHED,
        questions=consultation_pages.questions[1:],
    )
    publish_intervention(row)
    return row


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user(Group.EDITOR, language="en"))
    return client


def page_of(conclusions: Conclusions, intervention: Intervention | None = None) -> str:
    page = f"/en/desk/conclusions/{conclusions.key}/dispositions/"
    return f"{page}{intervention.key}/" if intervention else page


def set_one(conclusions: Conclusions, said: Intervention, editor: User, **fields: Any) -> None:
    values = {"outcome": Outcome.ALREADY_COVERED, "reasons": {}, "actor": person(editor), "now": NOW}
    dispose(conclusions, intervention_keys=[said.key], **(values | fields))


def problems(conclusions: Conclusions, said: Intervention, editor: User, **fields: Any) -> list[str]:
    with pytest.raises(Incomplete) as refusal:
        set_one(conclusions, said, editor, **fields)
    assert not Disposition.objects.exists()
    return [problem.field for problem in refusal.value.problems]


def test_a_reason_is_in_the_language_of_draft_and_authors(
    conclusions: Conclusions, said_in_french: Intervention, editor: User
) -> None:
    refused = {"outcome": Outcome.OUT_OF_SCOPE}
    assert problems(conclusions, said_in_french, editor, **refused) == ["reason", "reason.fr"]
    assert problems(conclusions, said_in_french, editor, **refused, reasons={"es": "No."}) == ["reason.fr"]
    set_one(conclusions, said_in_french, editor, **refused, reasons={"es": " No. ", "fr": "Non.", "en": " "})
    row = Disposition.objects.get()
    assert (row.reason, row.translations, row.decided_by) == ("No.", {"fr": "Non."}, editor)


def test_nothing_is_set_where_something_is_missing(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    assert problems(conclusions, said, editor, outcome=Outcome.PARTLY, reasons={}) == [
        "recommendation",
        "reason",
    ]
    area = conclusions.parts.get(kind="priority_area")
    reflected = {"outcome": Outcome.REFLECTED, "recommendation": area.key}
    assert problems(conclusions, said, editor, **reflected) == ["recommendation"]


def test_only_public_interventions_on_the_consultation(
    conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    for keys in ([], [uuid4()], [said.key, uuid4()]):
        with pytest.raises(Incomplete) as refusal:
            dispose(
                conclusions,
                intervention_keys=keys,
                outcome=Outcome.ALREADY_COVERED,
                reasons={},
                actor=person(editor),
                now=NOW,
            )
        assert [problem.field for problem in refusal.value.problems] == ["interventions"]
    assert not Disposition.objects.exists()


def test_who_may_set_one(conclusions: Conclusions, said: Intervention, moderator: User, editor: User) -> None:
    with pytest.raises(NotAllowed):
        set_one(conclusions, said, moderator)
    set_one(conclusions, said, editor, actor=system("demo"))
    publish_draft(conclusions, editor)
    with pytest.raises(WrongState):
        set_one(conclusions, said, editor)


@pytest.mark.long
def test_several_are_set_at_once(
    desk: Client, conclusions: Conclusions, said: Intervention, said_in_french: Intervention
) -> None:
    part = recommendations_of(conclusions)[0]
    typed = {
        "interventions": [str(said.key), str(said_in_french.key)],
        "outcome": "partly",
        "recommendation": str(part.key),
        "reason_es": "Una parte.",
    }
    page = desk.post(page_of(conclusions), typed)
    text = dense(page.text)
    assert (page.status_code, Disposition.objects.count()) == (200, 0)
    assert "Say it in French too: authors wrote in it." in text
    assert (text.count(" checked>"), ">Una parte.</textarea>" in text.replace("\n", "")) == (3, True)
    assert f'<option value="{part.key}" selected>' in text
    answer = desk.post(page_of(conclusions), typed | {"reason_fr": "Une partie."})
    assert (answer.status_code, answer["Location"]) == (302, page_of(conclusions))
    rows = Disposition.objects.values_list("outcome", "part", "reason", "translations")
    assert list(rows) == [("partly", part.pk, "Una parte.", {"fr": "Une partie."})] * 2


@pytest.mark.long
def test_all_of_a_page_are_ticked_by_a_link_and_only_then(
    desk: Client, conclusions: Conclusions, said: Intervention, said_in_french: Intervention
) -> None:
    page = page_of(conclusions)
    text = dense(desk.get(page, {"segment": "1"}).text)
    assert (text.count(" checked>"), 'href="#for-all"' in text, 'id="for-all"' in text) == (0, True, True)
    assert 'href="?segment=1&amp;all=1">Tick all on this page</a>' in text
    text = dense(desk.get(page, {"segment": "1", "all": "1"}).text)
    assert (text.count(" checked>"), 'href="?segment=1">Tick none</a>' in text) == (2, True)
    typed = {"interventions": [str(said.key)], "outcome": "already_covered"}
    answer = desk.post(f"{page}?segment=1&all=1", typed)
    assert (answer["Location"], Disposition.objects.count()) == (f"{page}?segment=1", 1)


@pytest.mark.long
def test_reflected_without_a_passage_there_is_warned_of(
    desk: Client, conclusions: Conclusions, said: Intervention, said_in_french: Intervention, editor: User
) -> None:
    part = recommendations_of(conclusions)[0]
    passage = Passage(intervention_key=said.key, field="body", start=0, end=10)
    attach_evidence(part, passage, stance=Stance.SUPPORTS, actor=person(editor), now=NOW)
    numbers = {row.source_key: row.public_id for row in Record.objects.filter(kind="intervention")}
    keys = [str(said.key), str(said_in_french.key)]
    typed = {"interventions": keys, "outcome": "reflected", "recommendation": str(part.key)}
    page = dense(desk.post(page_of(conclusions), typed, follow=True).text)
    told = f"attached to recommendation {part.number}: {numbers[said_in_french.key]}. Attach one"
    assert (told in page, Disposition.objects.count()) == (True, 2)
    page = desk.post(page_of(conclusions, said), typed, follow=True).text
    assert "Attach one" not in page


def test_nothing_ticked_is_said_at_the_table(
    desk: Client, conclusions: Conclusions, said: Intervention
) -> None:
    text = dense(desk.post(page_of(conclusions), {"outcome": "reflected"}).text)
    assert '<a href="#id_interventions_0">Tick at least one contribution.</a>' in text
    assert 'id="id_interventions_0"' in text


@pytest.mark.long
def test_one_is_set_with_its_words_before_the_eyes(
    desk: Client, conclusions: Conclusions, said_in_french: Intervention
) -> None:
    page = page_of(conclusions, said_in_french)
    text = desk.get(page).text
    assert ('<h1 lang="fr">Des papiers pour tous</h1>' in text, said_in_french.body in text) == (True, True)
    typed = {"outcome": "carried_over", "reason_es": "Luego.", "reason_en": "Later."}
    assert desk.post(page, typed)["Location"] == page_of(conclusions)
    again = dense(desk.get(page).text)
    assert ('value="carried_over"' in again, "Later.</textarea>" in again) == (True, True)
    assert "Later." in desk.get(page_of(conclusions)).text


@pytest.mark.long
def test_what_nothing_is_said_of_comes_first_and_filters(
    desk: Client, conclusions: Conclusions, said: Intervention, said_in_french: Intervention, editor: User
) -> None:
    set_one(conclusions, said, editor)
    numbers = {row.source_key: row.public_id for row in Record.objects.filter(kind="intervention")}
    first, second = numbers[said.key], numbers[said_in_french.key]

    def shown(**asked: str) -> list[str]:
        text = desk.get(page_of(conclusions), asked).text
        return sorted((number for number in (first, second) if number in text), key=text.index)

    assert shown() == [second, first]
    assert (shown(state="none"), shown(state="already_covered")) == ([second], [first])
    assert (shown(segment="1"), shown(state="reflected")) == ([second, first], [])
    assert "No contribution matches." in desk.get(page_of(conclusions), {"state": "reflected"}).text


def test_a_published_version_is_read_only(
    desk: Client, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    set_one(conclusions, said, editor)
    publish_draft(conclusions, editor)
    for page in (page_of(conclusions), page_of(conclusions, said)):
        assert (desk.get(page).status_code, 'name="outcome"' in desk.get(page).text) == (200, False)
        assert desk.post(page, {"outcome": "reflected"}).status_code == 409
    assert Disposition.objects.get().outcome == "already_covered"


@pytest.mark.parametrize("number", [rarely(1), 7, rarely(60)])
def test_the_list_takes_as_many_queries_whatever_it_holds(
    desk: Client,
    conclusions: Conclusions,
    organization: Organization,
    consultation_pages: ConsultationTree,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    for _ in range(number):
        row = make_intervention(
            organization, state=SubmissionState.PUBLISHED, questions=consultation_pages.questions
        )
        publish_intervention(row)
    with django_assert_num_queries(21):
        assert desk.get(page_of(conclusions)).text.count('name="interventions"') == min(number, 50)


def test_it_is_nowhere_for_anybody_else(
    client: Client, conclusions: Conclusions, said: Intervention, editor: User
) -> None:
    set_one(conclusions, said, editor, reasons={"es": "Tucancanario."})
    for groups in ((), (Group.MODERATOR,), (Group.COMMISSIONER,)):
        client.force_login(make_user(*groups))
        for page in (page_of(conclusions), page_of(conclusions, said)):
            assert (client.get(page).status_code, client.post(page).status_code) == (404, 404)


@pytest.mark.long
def test_readers_meet_the_reason_in_their_language(
    client: Client, conclusions: Conclusions, said_in_french: Intervention, editor: User
) -> None:
    reasons = {"es": "Otra materia.", "fr": "Autre sujet."}
    set_one(conclusions, said_in_french, editor, outcome=Outcome.OUT_OF_SCOPE, reasons=reasons)
    publish_draft(conclusions, editor)
    record = Record.objects.get(source_key=said_in_french.key)
    told = {code: became(record, code)[0] for code in ("es", "fr", "pt")}
    assert {code: (row.reason, row.language) for code, row in told.items()} == {
        "es": ("Otra materia.", "es"),
        "fr": ("Autre sujet.", "fr"),
        "pt": ("Otra materia.", "es"),
    }
    assert PublicDisposition.objects.get().translations == {"fr": "Autre sujet."}
    pages = {code: client.get(f"/{code}/consultations/brasilia/conclusions/").text for code in ("fr", "pt")}
    assert ("Autre sujet." in pages["fr"], "Otra materia." in pages["fr"]) == (True, False)
    assert '<span lang="es">Otra materia.</span>' in pages["pt"]
    assert '<p lang="es">Otra materia.</p>' in client.get(f"/pt/interventions/{record.public_id}/").text
