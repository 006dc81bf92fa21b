"""Cross-cutting marks from the desk to every public room: list, page, API, file, search, coverage."""

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete
from portal.conclusions.domain import set_facts
from portal.conclusions.models import RecommendationFacts
from portal.organizations.models import Organization
from portal.publication.kinds import NotAllowListed, ledger_kind
from portal.publication.models import Record
from portal.submissions.domain import save_draft, submit
from portal.submissions.models import SubmittedVersion
from search.index.builders import build
from search.index.outbox import Subject
from search.models import Source
from search.results.facets import labelled
from tests.desk.test_intervention_desk import hidden
from tests.factories import (
    make_intervention,
    make_pledge,
    make_practice,
    publish_intervention,
    publish_practice,
)
from tests.factories.backed_conclusions import make_conclusions, publish_draft, recommendations_of
from tests.factories.pages import ConsultationTree
from tests.submissions.kinds import KINDS

MARKS = ["women", "gender"]
BEARING = ("intervention", "practice")


@pytest.fixture
def marked(organization: Organization, consultation_pages: ConsultationTree) -> dict[str, Record]:
    """One of each kind with marks on the first question, and one without any."""
    asked = consultation_pages.questions[:1]
    publish_intervention(make_intervention(organization, title="Bare", questions=asked))
    publish_practice(make_practice(organization, title="Bare"))
    said = publish_intervention(make_intervention(organization, title="Said", questions=asked, marks=MARKS))
    done = publish_practice(make_practice(organization, title="Done", questions=asked, marks=["women"]))
    return {"interventions": said, "practices": done}


@pytest.mark.few(1)
@pytest.mark.parametrize("name", BEARING)
def test_marks_are_chosen_in_a_step_and_stand_in_the_receipt(
    name: str,
    client: Client,
    focal_point: User,
    organization: Organization,
    consultation_pages: ConsultationTree,
) -> None:
    kind = KINDS[name]
    row = kind.make(organization, consultation_pages)
    client.force_login(focal_point)
    with translation.override("en"):
        address = reverse(f"{kind.of.path}_desk:marks", args=[row.key])
    html = client.get(address).text
    assert [facet in html for facet in ("Population groups", "Approaches", "Displacement situation")] == [
        True
    ] * 3
    typed = {part: hidden(html, part) for part in ("revision", "base")}
    client.post(address, typed | {"marks": ["gender", "women", "unheard_of"]})
    row.refresh_from_db()
    assert row.marks == MARKS
    kept = client.get(address).context["form"]["marks"].value()
    assert sorted(kept) == ["gender", "women"]
    assert client.get(address).text.count(" checked") == 2
    submit(row, submit_key=row.submit_key, actor=person(focal_point), now=timezone.now())
    content = json.loads(SubmittedVersion.objects.get(kind=name).content)
    assert content["marks"] == MARKS
    with translation.override("en"):
        assert (
            "Women · Gender approach"
            in client.get(reverse(f"{kind.of.path}_desk:detail", args=[row.key])).text
        )


@pytest.mark.parametrize("name", BEARING)
def test_a_mark_that_is_none_is_refused(
    name: str, focal_point: User, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    kind = KINDS[name]
    row = kind.make(organization, consultation_pages)
    with pytest.raises(Incomplete) as refused:
        save_draft(
            row, fields=kind.fields(marks=["x"]), revision=1, actor=person(focal_point), now=timezone.now()
        )
    assert [problem.field for problem in refused.value.problems] == ["marks"]


def test_a_receipt_without_marks_is_made_of_the_same_names_as_before(
    organization: Organization, consultation_pages: ConsultationTree
) -> None:
    of = KINDS["intervention"].of
    rows = [make_intervention(organization, marks=marks) for marks in ([], MARKS)]
    assert ["marks" in of.sent(row, of.related(row)) for row in rows] == [False, True]
    assert ["marks" in of.project(row).facts for row in rows] == [False, True]


def test_a_kind_that_bears_no_marks_cannot_publish_any(organization: Organization) -> None:
    of = KINDS["pledge"].of
    sent = of.sent(make_pledge(organization), of.related(make_pledge(organization)))
    assert "marks" not in sent
    with pytest.raises(NotAllowListed):
        ledger_kind("organization").check([], ["marks"], [])
    with pytest.raises(NotAllowListed):
        ledger_kind("organization").check([], [], ["marked"])


@pytest.mark.few(1)
@pytest.mark.parametrize("path", ["interventions", "practices"])
def test_list_page_api_and_file_tell_them(client: Client, marked: dict[str, Record], path: str) -> None:
    record = marked[path]
    told = record.facts["marks"].split()
    shown = client.get(f"/en/{path}/?marks=women").context["items"]
    assert [item.title for item in shown] == [record.title]
    rows = {row["term"]: row for row in client.get(record.path("en")).context["rows"]}
    links = rows["Cross-cutting marks"]["links"]
    assert links[0] == {"label": "Women", "url": f"/en/{path}/?marks=women"}
    assert client.get(f"/api/v1/{path}?marks=women").json()["results"][0]["marks"] == told
    assert client.get(f"/api/v1/{path}").json()["count"] == 2
    assert client.get(f"/api/v1/{path}?marks=nothing").status_code == 422
    streamed = client.get(f"/en/{path}/?format=csv&marks=women").streaming_content
    assert [row["marks"] for row in csv.DictReader(io.StringIO(b"".join(streamed).decode("utf-8-sig")))] == [
        " ".join(told)
    ]


def test_search_has_a_facet_of_marks(marked: dict[str, Record]) -> None:
    key = marked["interventions"].source_key
    document = build(Subject(Source.RECORD, f"intervention:{key}"), 1).documents[0]
    assert document.facets["marks"] == tuple(MARKS)
    facet = labelled({"marks": [("women", 2)]}, {}, "pt")[0]
    assert [(value.value, value.label, value.count) for value in facet.values] == [("women", "Mulheres", 2)]


def test_search_api_is_strict_about_marks(client: Client, marked: dict[str, Record]) -> None:
    assert client.get("/api/v1/search?marks=women&kind=practice").status_code == 200
    assert client.get("/api/v1/search?marks=nothing").json()["detail"][0]["parameter"] == "marks"


@pytest.mark.long
def test_coverage_counts_contributions_by_mark(client: Client, marked: dict[str, Record]) -> None:
    first, second = client.get("/api/v1/coverage?consultation=brasilia").json()["results"]
    assert [row for row in first["by_mark"] if row["contributions"]] == [
        {"mark": "women", "contributions": 2},
        {"mark": "gender", "contributions": 1},
    ]
    assert {row["contributions"] for row in second["by_mark"]} == {0}
    page = client.get("/en/consultations/brasilia/coverage/")
    told = {
        str(table["caption"]): [
            (row["link"]["url"], [cell["number"] for cell in row["cells"]], row["all"])
            for group in table["groups"]
            for row in group["rows"]
        ]
        for table in page.context["marked"]
    }
    url = first["url"].replace("/es/", "/en/")
    assert told == {"Population groups": [(url, [2], 3)], "Approaches": [(url, [1], 3)]}
    rows = client.get("/en/consultations/brasilia/coverage/?by=mark&format=json").json()
    assert [(row["women"], row["gender"], row["all"]) for row in rows] == [(2, 1, 3), (0, 0, 0)]


def test_recommendations_bear_marks_that_their_editor_sets(
    client: Client, editor: User, consultation_pages: ConsultationTree
) -> None:
    conclusions = make_conclusions(consultation_pages)
    part = recommendations_of(conclusions)[0]
    given = {"addressees": [], "is_from_plenary": True, "actor": person(editor), "now": timezone.now()}
    set_facts(part, **given, marks=["gender", "women"])
    set_facts(part, **given)
    assert RecommendationFacts.objects.get(part=part).marks == MARKS
    with pytest.raises(Incomplete):
        set_facts(part, **given, marks=["unheard_of"])
    publish_draft(conclusions, editor)
    record = Record.objects.get(source_key=part.key)
    rows = client.get("/api/v1/recommendations?marks=gender").json()["results"]
    assert [(row["id"], row["marks"]) for row in rows] == [(record.public_id, MARKS)]
    assert "Women" in client.get(record.path("en")).text


def test_marks_of_a_recommendation_can_be_taken_away(
    editor: User, consultation_pages: ConsultationTree
) -> None:
    part = recommendations_of(make_conclusions(consultation_pages))[0]
    given = {"addressees": [], "is_from_plenary": True, "actor": person(editor), "now": timezone.now()}
    for marks in (MARKS, []):
        set_facts(part, **given, marks=marks)
        assert RecommendationFacts.objects.get(part=part).marks == marks
