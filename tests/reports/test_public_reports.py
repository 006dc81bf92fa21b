"""Progress reports in public: list, page, API, the pledge that follows them, and what stays private."""

import csv
import io
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.files.domain import store_file
from portal.files.models import private_storage
from portal.organizations.models import Organization
from portal.plan.enums import NodeKind
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.reports import domain, sheets
from portal.reports.drafts import all_problems
from portal.reports.models import Evidence, Report
from portal.reports.queries import of_pledge, shown_for
from portal.submissions import domain as submissions
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_organization,
    make_pledge,
    make_report,
    make_user,
    publish_pledge,
    publish_report,
)
from tests.factories.networks import make_network, make_network_member
from tests.factories.plan import make_framework, make_node
from tests.files.builders import LEAKS, everything_in, telling_pdf
from tests.thinning import rarely

CANARY = "zqcanary"
NOW = timezone.now()


@pytest.fixture
def pledge(organization: Organization) -> Pledge:
    row = make_pledge(organization, state=SubmissionState.PUBLISHED, title="Licences for nurses")
    publish_pledge(row)
    return row


@pytest.fixture
def goal(pledge: Pledge) -> str:
    row = pledge.goals.create(statement="Licences given", target=600, unit="licences")
    publish_pledge(pledge)
    return str(row.key)


def reported(pledge: Pledge) -> tuple[str, str | None]:
    """What row and record of the pledge say, which is one voice."""
    pledge.refresh_from_db()
    record = Record.objects.get(kind="pledge", source_key=pledge.key)
    day = pledge.reported_on.isoformat() if pledge.reported_on else ""
    assert (record.facts["stage"], record.facts["last_report_on"]) == (pledge.stage, day)
    return pledge.stage, day


def test_the_pledge_follows_the_newest_day_and_goes_back_when_a_report_is_withdrawn(
    pledge: Pledge, focal_point: User, client: Client
) -> None:
    actor, now = person(focal_point), timezone.now()
    first = make_report(pledge, reported_on=date(2024, 5, 1), stage="in_progress")
    second = make_report(pledge, reported_on=date(2025, 5, 1), stage="fulfilled")
    late = make_report(pledge, reported_on=date(2023, 5, 1), stage="planning")
    said = []
    for report in (first, second, late):
        publish_report(report)
        said.append(reported(pledge))
    for report in (second, late, first):
        submissions.withdraw(Report.objects.get(pk=report.pk), actor=actor, now=now)
        said.append(reported(pledge))
    assert said == [
        ("in_progress", "2024-05-01"),
        ("fulfilled", "2025-05-01"),
        ("fulfilled", "2025-05-01"),
        ("in_progress", "2024-05-01"),
        ("in_progress", "2024-05-01"),
        ("planning", ""),
    ]
    row = client.get("/api/v1/pledges").json()["results"][0]
    assert (row["health"], row["reported_on"], client.get("/api/v1/reports").json()["count"]) == (
        "never_reported",
        None,
        0,
    )


def test_what_the_source_said_stands_again_without_a_report(pledge: Pledge, focal_point: User) -> None:
    Pledge.objects.update(reported_on=date(2022, 1, 1), reported_by="source", stage="in_progress")
    report = make_report(pledge, stage="fulfilled")
    publish_report(report)
    assert Report.objects.get().said_before == {"stage": "in_progress", "day": "2022-01-01", "by": "source"}
    submissions.withdraw(Report.objects.get(), actor=person(focal_point), now=timezone.now())
    assert reported(pledge) == ("in_progress", "2022-01-01")
    assert pledge.reported_by == Record.objects.get(kind="pledge").facts["reported_by"] == "source"


def test_page_list_and_files_say_what_was_reported(pledge: Pledge, goal: str, client: Client) -> None:
    publish_report(make_report(pledge, figures={goal: "214"}, reported_on=date(2024, 5, 1)))
    report = make_report(pledge, figures={goal: "268"}, barriers=["money"], is_unchanged=False, tier="1")
    record = publish_report(report)
    promise = Record.objects.get(kind="pledge")
    html = client.get(record.path("en")).text
    told = ("Licences given: 268 of 600 licences", "Too little money", "What we say ourselves")
    assert [said for said in (*told, promise.path("en")) if said not in html] == []
    html = client.get(promise.path("en")).text
    assert html.index("Report of 1 March 2025") < html.index("Report of 1 May 2024")
    assert html.count("268 of 600") == 1
    for query, number in (
        ("stage=in_progress", 2),
        ("stage=planning", 0),
        ("year=2024", 1),
        ("tier=1", 2),
        ("tier=4", 0),
        ("country=MX", 2),
        (f"pledge={promise.public_id}", 2),
        ("pledge=P-99999", 0),
        ("unchanged=yes", 0),
        ("unchanged=no", 2),
    ):
        assert client.get(f"/api/v1/reports?{query}").json()["count"] == number, query
        body = b"".join(client.get(f"/en/reports/?{query}&format=csv")).decode("utf-8-sig")  # type: ignore[arg-type]
        rows = list(csv.DictReader(io.StringIO(body)))
        assert len(rows) == number, query
    assert {row["pledge"] for row in csv.DictReader(io.StringIO(_csv(client)))} == {promise.public_id}
    assert client.get(f"/r/{record.public_id}/", follow=True).status_code == 200
    assert "Two offices opened." in client.get("/en/reports/feed/").text


@pytest.mark.long
def test_reports_without_a_change_are_counted_apart_everywhere(pledge: Pledge, client: Client) -> None:
    """Page, list, API, follow-up, and the part of the plan that the pledge carries out."""
    action = make_node(make_framework(), "1.1")
    pledge.links.create(relation="carries_out", target=action.key, asserted_by="parties", asserted_at=NOW)
    promise = publish_pledge(pledge)
    publish_report(make_report(pledge, reported_on=date(2024, 1, 1)))
    for year in (2024, 2025):
        publish_report(make_report(pledge, is_unchanged=True, text="", reported_on=date(year, 6, 1)))
    make_report(pledge, is_unchanged=True, text="", state=SubmissionState.SUBMITTED)
    told = "3 progress reports, 2 of which say that nothing has changed"
    pages = ("/en/reports/", promise.path("en"), action.path("en"), "/en/follow-up/")
    assert [path for path in pages if told not in client.get(path).text] == []
    asked = {value: f"/api/v1/reports?unchanged={value}" for value in ("yes", "no")}
    assert {value: client.get(path).json()["count"] for value, path in asked.items()} == {"yes": 2, "no": 1}
    rows = client.get("/api/v1/reports").json()["results"]
    assert [row["is_unchanged"] for row in rows].count(True) == 2
    row = client.get(f"/api/v1/actions/{action.key}").json()
    assert (row["reports"], row["reports_unchanged"]) == (3, 2)
    badges = [item.badges for item in client.get("/en/reports/").context["items"]]
    assert [any(badge.text == "Nothing has changed" for badge in row) for row in badges].count(True) == 2


def _csv(client: Client) -> str:
    return b"".join(client.get("/en/reports/?format=csv")).decode("utf-8-sig")  # type: ignore[arg-type]


@pytest.mark.long
def test_one_report_gives_several_tables(
    pledge: Pledge, goal: str, client: Client, focal_point: User
) -> None:
    report = make_report(pledge, figures={goal: "268"}, support=["advice"])
    record = publish_report(report)
    client.force_login(focal_point)
    html = client.get(f"/en/desk/pledges/{pledge.key}/").text
    assert f"/en/desk/reports/sheets/{pledge.key}/" in html
    mechanism = make_network(slug="crossing", is_public=True)
    make_network_member(mechanism, pledge.organization)
    make_network(slug="elsewhere", is_public=True)
    made = {}
    for sheet in sheets.sheets_for(pledge, timezone.localdate()):
        file = client.get(f"/en/desk/reports/sheets/{pledge.key}/{sheet.name}.csv?report={report.key}")
        made[sheet.name] = next(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert (made["grf"]["Pledge ID"], made["grf"]["Pledge Stage"], made["grf"]["Support Needed"]) == (
        pledge.external_id,
        "In progress",
        "Technical advice",
    )
    assert (made["plan"]["indicator"], made["plan"]["value"], made["plan"]["report"]) == (
        "Licences given",
        "268",
        record.public_id,
    )
    assert list(made) == ["grf", "plan", "mechanism-crossing"]
    row = made["mechanism-crossing"]
    assert (row["member"], row["support_needed"], row["report"]) == (
        pledge.organization.name,
        "advice",
        record.public_id,
    )
    workbook = client.get(f"/en/desk/reports/sheets/{pledge.key}/grf.xlsx")
    assert workbook.content[:2] == b"PK"
    for wrong in (f"{pledge.key}/grf.pdf", f"{pledge.key}/none.csv", f"{report.key}/grf.csv"):
        assert client.get(f"/en/desk/reports/sheets/{wrong}").status_code == 404
    client.logout()
    assert client.get(f"/en/desk/reports/sheets/{pledge.key}/").status_code == 302


def test_networks_that_work_on_an_action_of_the_pledge_have_a_sheet(pledge: Pledge) -> None:
    """By the action or by what it stands below; neither a private network nor one that works on others."""
    framework = make_framework()
    axis = make_node(framework, "1", kind=NodeKind.AXIS)
    action, other = make_node(framework, "1.1", axis), make_node(framework, "2.1")
    for slug, themes in (("on-the-axis", [axis]), ("on-the-action", [action]), ("elsewhere", [other])):
        make_network(slug=slug, is_public=True, themes=[node.key for node in themes])
    make_network(slug="hidden", themes=[action.key])
    pledge.links.create(relation="carries_out", target=action.key, asserted_by="parties", asserted_at=NOW)
    names = [sheet.name for sheet in sheets.sheets_for(pledge, timezone.localdate())]
    assert names == ["grf", "plan"]
    publish_pledge(pledge)
    names = [sheet.name for sheet in sheets.sheets_for(pledge, timezone.localdate())]
    assert names == ["grf", "plan", "mechanism-on-the-action", "mechanism-on-the-axis"]


def fields_of(name: str) -> list[tuple[str, str]]:
    """Each field of a form that a sheet feeds and its column, as docs/reports.md lists them."""
    page = (settings.BASE_DIR / "docs" / "reports.md").read_text()
    section = page.split(f"## `{name}`")[1].split("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.split("|")[1:4]] for line in section.splitlines() if line[:2] == "| "
    ]
    return [(asked, column.strip("`")) for asked, column, _source in rows[1:]]


def test_sheets_hold_what_their_forms_ask(pledge: Pledge, goal: str) -> None:
    """Every column is a field of the form, in its order; a report that says everything leaves none empty."""
    pledge.goals.update(baseline=100, due_on=date(2026, 12, 31))
    action = make_node(make_framework(), "1.1")
    make_network(slug="crossing", is_public=True, themes=[action.key])
    pledge.links.create(relation="carries_out", target=action.key, asserted_by="parties", asserted_at=NOW)
    publish_pledge(pledge)
    everything = {"barriers": ["money"], "enablers": ["will"], "support": ["advice"]}
    report = make_report(pledge, figures={goal: "268"}, **everything)
    publish_report(report)
    told = sheets.told_of(pledge, [report])
    every = {sheet.name.split("-")[0]: sheet for sheet in sheets.sheets_for(pledge, timezone.localdate())}
    assert list(every) == ["grf", "plan", "mechanism"]
    for name, sheet in every.items():
        assert [column for _asked, column in fields_of(name) if column] == list(sheet.columns)
        (row,) = sheets.rows_of(sheet, told)
        assert [column for column, cell in zip(sheet.columns, row, strict=True) if not cell] == []
    unfilled = {name: [asked for asked, column in fields_of(name) if not column] for name in every}
    assert unfilled == {"grf": ["whom to ask"], "plan": [], "mechanism": []}


def test_a_percentage_stays_below_a_hundred_and_a_party_may_report(
    pledge: Pledge, goal: str, focal_point: User
) -> None:
    share = pledge.goals.create(statement="Share", target=90, unit="%")
    publish_pledge(pledge)
    other = make_organization(name="Partner", state="verified")
    report = make_report(
        pledge, organization=other, figures={str(share.key): "101", goal: "101", "gone": "x"}
    )
    said = {problem.field for problem in all_problems(report, shown_for(report.pk))}
    assert said == {f"figure_{share.key}", "pledge"}
    pledge.parties.create(organization=other, role="partner", state="named")
    assert len(all_problems(report, shown_for(report.pk))) == 2
    pledge.parties.update(state="confirmed")
    assert [problem.field for problem in all_problems(report, shown_for(report.pk))] == [
        f"figure_{share.key}"
    ]


def test_original_and_draft_words_are_never_public(
    pledge: Pledge, client: Client, focal_point: User, moderator: User
) -> None:
    actor, now = person(focal_point), timezone.now()
    paper = store_file(telling_pdf(), "report.pdf", actor=actor, now=now)
    for state in ("draft", "submitted", "returned"):
        hidden = make_report(pledge, state=SubmissionState(state), text=CANARY, title=CANARY)
        Evidence.objects.create(report=hidden, file=paper)
    report = make_report(pledge, tier="2")
    Evidence.objects.create(report=report, file=paper)
    record = publish_report(report)
    address = f"{record.path('en')}evidence/1/"
    copy = client.get(address)
    paper.refresh_from_db()
    assert copy.status_code == 200
    assert [leak for leak in LEAKS if leak in everything_in(copy.content)] == []
    assert client.get(f"/en/desk/reports/papers/{paper.key}/").status_code == 302
    promise, one = Record.objects.get(kind="pledge").path("en"), f"/api/v1/reports/{record.public_id}"
    lists = ("/en/reports/", "/en/reports/feed/", "/en/reports/?format=json", "/api/v1/reports")
    for place in (record.path("en"), promise, one, *lists):
        answer = client.get(place)
        text = answer.text if not answer.streaming else b"".join(answer).decode()  # type: ignore[arg-type]
        assert CANARY not in text, place
        assert str(paper.key) not in text, place
    path = paper.public_path
    submissions.withdraw(Report.objects.get(pk=report.pk), actor=actor, now=now)
    assert (client.get(address).status_code, client.get(record.path("en")).status_code) == (410, 410)
    paper.refresh_from_db()
    kept = private_storage().exists(paper.original_path)
    assert (bool(path), paper.is_public, kept) == (True, False, True)
    original, readers = f"/en/desk/reports/papers/{paper.key}/", (moderator, make_user(Group.EDITOR))
    answers = []
    for reader in readers:
        client.force_login(reader)
        answers.append(client.get(original).status_code)
    assert answers == [200, 404]


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_reading_costs_the_same_for_one_and_many(
    number: int,
    pledge: Pledge,
    goal: str,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for at in range(number):
        publish_report(make_report(pledge, figures={goal: "5"}, reported_on=date(2024, 1 + at, 1)))
    promise = Record.objects.get(kind="pledge")
    for path, queries in QUERIES.items():
        client.get(path.format(pledge=promise.public_id))
        with django_assert_num_queries(queries):
            assert client.get(path.format(pledge=promise.public_id)).status_code == 200
    assert of_pledge(pledge).count() == number
    reports = list(of_pledge(pledge))
    with django_assert_num_queries(3):
        sheets.told_of(pledge, reports)


QUERIES = {"/en/reports/": 6, "/en/pledges/{pledge}/": 12, "/api/v1/reports": 4}


def test_system_may_publish_for_imports_and_the_demo(pledge: Pledge) -> None:
    report = make_report(pledge, state=SubmissionState.SUBMITTED)
    assert domain.publish_report(report, actor=system("demo"), now=timezone.now()).public_id.startswith("G-")
