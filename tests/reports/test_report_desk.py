"""Reporting progress at the desk: one page, one press, papers, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.moderation.domain import decide
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.pledges.enums import ReportedStage
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.reports import domain
from portal.reports import records as record_types
from portal.reports.disclosure import FOLLOWS, KEPT_AS, disclosed_by
from portal.reports.drafts import ReportFields, day_of
from portal.reports.models import Report
from portal.reports.sent import FIELDS
from portal.reports.submission import REPORT
from portal.submissions import domain as submissions
from portal.submissions.states import SubmissionState
from tests.desk.test_intervention_desk import hidden
from tests.factories import (
    make_organization,
    make_pledge,
    make_report,
    make_user,
    publish_pledge,
    publish_report,
)

NEW = "/en/desk/reports/new/"
WRITTEN = {"stage": "in_progress", "day": "2025-03-31", "text": "Two offices opened.", "tier": "1"}
PAPER = b"Registry of March. Two offices, 268 licences."


@pytest.fixture
def pledge(organization: Organization) -> Pledge:
    row = make_pledge(organization, state=SubmissionState.PUBLISHED, title="Licences for nurses")
    publish_pledge(row)
    return row


@pytest.fixture
def writer(client: Client, focal_point: User, organization: Organization) -> Client:
    client.force_login(focal_point)
    return client


def url(report: Report, name: str) -> str:
    with translation.override("en"):
        return reverse(f"reports_desk:{name}", args=[report.key])


def begin(client: Client, pledge: Pledge, organization: Organization) -> dict[str, str]:
    html = client.get(f"{NEW}?pledge={pledge.key}").text
    return {
        "draft_key": hidden(html, "draft_key"),
        "pledge": hidden(html, "pledge"),
        "organization": str(organization.key),
        "language": "en",
    }


def send(client: Client, address: str, **typed: object) -> str:
    """Fill in the page; where it leads, or the page when something is to correct."""
    html = client.get(address).text
    marks = {name: hidden(html, name) for name in ("revision", "base")}
    response = client.post(address, marks | typed)
    return response.url if response.status_code == 302 else response.text


def test_one_page_leads_to_a_receipt_a_record_and_the_pledge(
    writer: Client, organization: Organization, moderator: User, pledge: Pledge
) -> None:
    assert f"?pledge={pledge.key}" in writer.get(NEW).text
    page = writer.post(NEW, begin(writer, pledge, organization)).url
    report = Report.objects.get()
    assert page == url(report, "report")
    html = writer.get(page).text
    assert 'enctype="multipart/form-data"' in html
    assert html.count("Nothing has changed</button>") == 1
    paper = SimpleUploadedFile("march.txt", PAPER)
    factors = ["barriers.money", "enablers.partners", "support.advice"]
    check = send(writer, page, **WRITTEN | {"tier": "2", "evidence": paper, "factors": factors})
    assert check == url(report, "check")
    receipt = writer.post(check, {"submit_key": hidden(writer.get(check).text, "submit_key")}).url
    assert receipt == url(report, "receipt")
    decide("report", report.key, "approved", actor=person(moderator), now=timezone.now())
    record, promise = Record.objects.get(kind="report"), Record.objects.get(kind="pledge")
    assert (record.public_id[0], record.title) == ("G", "Report of 31 March 2025: Licences for nurses")
    pledge.refresh_from_db()
    assert (pledge.stage, pledge.reported_on) == ("in_progress", date(2025, 3, 31))
    assert (promise.facts["stage"], promise.facts["last_report_on"]) == ("in_progress", "2025-03-31")
    row = writer.get(f"/api/v1/reports/{record.public_id}?ui=en").json()
    told = {name: row[name] for name in ("pledge", "cycle", "stage", "reported_on", "tier", "barriers")}
    assert told == {
        "pledge": promise.public_id,
        "cycle": None,
        "stage": "in_progress",
        "reported_on": "2025-03-31",
        "tier": "2",
        "barriers": ["money"],
    }
    copy = writer.get(f"{record.path('en')}evidence/1/")
    assert (copy.content, copy.headers["Content-Disposition"]) == (PAPER, 'attachment; filename="march.txt"')
    assert writer.get(f"{record.path('en')}evidence/2/").status_code == 404
    page = writer.get(promise.path("fr")).text
    assert record.path("fr") in page
    stages = {
        row["stage"]: row["items"]
        for row in writer.get(f"/api/v1/trace/{promise.public_id}").json()["thread"]
    }
    assert [item["id"] for item in stages["progress_report"]] == [record.public_id]


def test_a_form_takes_at_most_eight_inputs(writer: Client, pledge: Pledge) -> None:
    report = make_report(pledge)
    form = REPORT.steps[0].form(draft=report)
    assert list(form.fields) == ["stage", "day", "text", "factors", "tier", "evidence"]


def test_form_and_check_say_what_will_be_public(writer: Client, pledge: Pledge) -> None:
    report = make_report(pledge)
    for name in ("report", "check"):
        html = writer.get(url(report, name)).text
        panel = html[html.index("What will be public") : html.index("</details>")]
        public, private = panel.split("This stays between")
        assert ("What was done" in public, "without author and place" in public) == (True, True), name
        assert ("Documents as you gave them" in private, "What was done" in private) == (True, False), name


def test_what_will_be_public_is_read_off_the_allow_list() -> None:
    """Every name of the allow-list is told, each of what is asked for is told once."""
    told = frozenset[str]({*FOLLOWS}).union(*KEPT_AS.values())
    assert told == {*record_types.REPORT.texts, *record_types.REPORT.facts}
    assert {*KEPT_AS} == {field.name for field in FIELDS} - {"title", "language", "withheld"}
    narrower = replace(record_types.REPORT, facts=record_types.REPORT.facts - {"tier"})
    before, after = disclosed_by(record_types.REPORT), disclosed_by(narrower)
    moved = {str(name) for name in before.public} - {str(name) for name in after.public}
    assert moved == {str(name) for name in after.private} - {str(name) for name in before.private}
    assert moved == {str(next(field.label for field in FIELDS if field.name == "tier"))}


def test_one_press_reports_that_nothing_has_changed(
    writer: Client, organization: Organization, moderator: User, pledge: Pledge
) -> None:
    publish_report(make_report(pledge, stage="fulfilled", barriers=["money"]))
    typed = begin(writer, pledge, organization)
    receipt = writer.post("/en/desk/reports/new/unchanged/", typed).url
    report = Report.objects.get(is_unchanged=True)
    assert receipt == url(report, "receipt")
    assert (report.state, report.stage, report.barriers) == ("submitted", "fulfilled", ["money"])
    assert writer.post("/en/desk/reports/new/unchanged/", typed).url == receipt
    assert Report.objects.filter(is_unchanged=True).count() == 1
    decide("report", report.key, "approved", actor=person(moderator), now=timezone.now())
    record = Record.objects.get(kind="report", facts__unchanged="yes")
    assert record.title.startswith("Nothing has changed by")
    second = writer.post("/en/desk/reports/new/unchanged/", begin(writer, pledge, organization)).url
    again = Report.objects.get(is_unchanged=True, state="submitted")
    assert second == url(again, "receipt")
    assert "no change twice" in writer.get(f"{NEW}?pledge={pledge.key}").text
    decide("report", again.key, "approved", actor=person(moderator), now=timezone.now())
    page = writer.get(Record.objects.get(kind="pledge").path("en")).text
    assert "No change twice" in page


def test_a_writer_leaves_the_press_to_a_signatory(
    client: Client, organization: Organization, pledge: Pledge
) -> None:
    editor = make_user(email="editor@example.org")
    organization.memberships.create(user=editor, role=Role.EDITOR, since=timezone.now())
    client.force_login(editor)
    report = make_report(pledge, text="")
    answer = client.post(f"/en/desk/reports/{report.key}/unchanged/")
    report.refresh_from_db()
    assert (answer.url, report.state, report.is_unchanged) == (url(report, "check"), "draft", True)


def test_what_is_wrong_is_said_at_its_field_and_kept(writer: Client, pledge: Pledge) -> None:
    report = make_report(pledge, text="")
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    for typed, said in (
        (WRITTEN | {"day": tomorrow}, "This day has not come yet."),
        (WRITTEN | {"day": "2022-12-31"}, "On this day the pledge had not been made yet."),
        (WRITTEN | {"day": "31.2.2025"}, "Give a day, such as 31/03/2026."),
        (WRITTEN | {"text": " "}, "Say in two or three sentences what was done."),
        (WRITTEN | {"tier": "3"}, "Add the document, or choose what you can show without one."),
        (
            WRITTEN | {"evidence": SimpleUploadedFile("a.pdf", b"%PDF-1.4 broken")},
            "This file is damaged and cannot be read. Please save it again.",
        ),
    ):
        html = send(writer, url(report, "report"), **typed)
        assert said in html, typed
        assert str(typed["day"]) in html, typed
    report.refresh_from_db()
    assert (report.stage, report.evidence.count()) == ("in_progress", 0)


@pytest.mark.long
def test_a_paper_can_be_left_out_again(writer: Client, pledge: Pledge) -> None:
    report = make_report(pledge)
    html = send(writer, url(report, "report"), **WRITTEN, evidence=SimpleUploadedFile("a.txt", PAPER))
    assert "Say whose document it is that you show." in html
    file = report.evidence.get().file
    assert writer.get(f"/en/desk/reports/papers/{file.key}/").content == PAPER
    assert send(writer, url(report, "report"), **WRITTEN, drop=str(file.key)) == url(report, "check")
    assert not report.evidence.exists()
    assert writer.get(f"/en/desk/reports/papers/{file.key}/").status_code == 404


@pytest.mark.parametrize("name", ["stranger", "viewer", "moderator", "visitor"])
def test_nobody_else_reports(
    name: str, client: Client, organization: Organization, moderator: User, pledge: Pledge
) -> None:
    people = {
        "stranger": make_user(email="stranger@example.org"),
        "viewer": make_user(email="viewer@example.org"),
    }
    organization.memberships.create(user=people["viewer"], role=Role.VIEWER, since=timezone.now())
    other = make_organization(name="Elsewhere", state="verified", owner=people["stranger"])
    user = {**people, "moderator": moderator}.get(name)
    if user is not None:
        client.force_login(user)
    html = client.get(f"{NEW}?pledge={pledge.key}", follow=True).text
    assert pledge.title not in html
    typed = {"pledge": pledge.key, "organization": organization.key, "language": "en"}
    client.post(NEW, typed)
    client.post("/en/desk/reports/new/unchanged/", typed)
    assert not Report.objects.exists()
    if name == "stranger":
        with pytest.raises(Incomplete):
            submissions.create_draft(
                REPORT,
                organization=other,
                language="en",
                fields=ReportFields(pledge=pledge),
                actor=person(people["stranger"]),
                now=timezone.now(),
            )


STATES = [state.value for state in SubmissionState]


@pytest.mark.parametrize("state", STATES)
def test_states_and_roles(
    state: str, organization: Organization, focal_point: User, moderator: User, pledge: Pledge
) -> None:
    """Who may say that nothing has changed, approve and withdraw, by state."""
    report = make_report(pledge, state=SubmissionState(state), text="", is_unchanged=True)
    allowed = {
        "draft": {"press": "owner"},
        "submitted": {"approve": "moderator", "withdraw": "owner"},
        "awaiting_signatures": {},
        "in_review": {"approve": "moderator", "withdraw": "owner"},
        "returned": {"press": "owner", "withdraw": "owner"},
        "published": {"withdraw": "owner"},
        "correcting": {"press": "owner", "withdraw": "owner"},
        "declined": {"withdraw": "owner"},
        "taken_down": {"withdraw": "owner"},
        "withdrawn": {},
        "merged": {},
    }[state]
    people = {"owner": person(focal_point), "moderator": person(moderator), "other": person(make_user())}
    verbs = {
        "press": domain.report_unchanged,
        "approve": domain.publish_report,
        "withdraw": submissions.withdraw,
    }
    for verb, do in verbs.items():
        for role, actor in people.items():
            stored = Report.objects.get(pk=report.pk)
            if allowed.get(verb) == role:
                continue
            with pytest.raises((NotAllowed, WrongState)):
                do(stored, actor=actor, now=timezone.now())
    for verb, role in allowed.items():
        Report.objects.filter(pk=report.pk).update(state=state, reason="Say more.")
        verbs[verb](Report.objects.get(pk=report.pk), actor=people[role], now=timezone.now())


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-03-31", date(2025, 3, 31)),
        ("31/3/2025", date(2025, 3, 31)),
        ("2025-02-30", None),
        ("31", None),
        ("", None),
        ("a/b/c", None),
    ],
)
def test_days_are_read_as_they_are_typed(typed: str, day: date | None) -> None:
    assert day_of(typed) == day


@pytest.mark.few(1)
@pytest.mark.parametrize(("state", "is_offered"), [("published", True), ("submitted", False)])
def test_the_desk_offers_a_report_on_what_is_public(
    state: str, is_offered: bool, writer: Client, organization: Organization
) -> None:
    """While a correction waits, its page offers none; the desk still asks for one on what is public."""
    row = make_pledge(organization, state=SubmissionState(state))
    publish_pledge(row)
    start = f"{NEW}?pledge={row.key}"
    pages = (writer.get(f"/en/desk/pledges/{row.key}/").text, writer.get("/en/desk/").text)
    assert [start in page for page in pages] == [is_offered, True]


@pytest.mark.long
def test_a_report_that_waits_is_told_before_another_one_is_written(
    writer: Client, pledge: Pledge, organization: Organization, focal_point: User
) -> None:
    other = make_organization(name="Other party")
    pledge.parties.create(organization=other, role="partner", state="confirmed")
    theirs = make_report(pledge, organization=other, state=SubmissionState.SUBMITTED)
    told = "the secretariat has not read it yet"
    pages = (f"{NEW}?pledge={pledge.key}", NEW)
    assert [told in writer.get(page).text for page in pages] == [False, False]
    mine = make_report(pledge, state=SubmissionState.SUBMITTED)
    html = writer.get(pages[0]).text
    assert (told in html, url(mine, "detail") in html, str(theirs.key) in html) == (True, True, False)
    assert "A report of yours waits for the secretariat" in writer.get(NEW).text
    writer.post(NEW, begin(writer, pledge, organization))
    draft = Report.objects.get(state=SubmissionState.DRAFT)
    assert told in writer.get(url(draft, "report")).text
    assert told not in writer.get(f"{NEW}?pledge={make_pledge(organization).key}").text


def test_the_evidence_of_the_last_report_is_not_told_as_what_stays(writer: Client, pledge: Pledge) -> None:
    last = make_report(pledge, state=SubmissionState.PUBLISHED, tier=2, figures={})
    html = writer.get(f"{NEW}?pledge={pledge.key}").text
    shown = html[html.index("Has nothing changed") :]
    assert (str(last.get_stage_display()) in shown, "Evidence" in shown) == (True, False)


def counted(pledge: Pledge) -> str:
    """The key of a public goal of 600 licences, 100 at the beginning."""
    goal = pledge.goals.create(
        position=0, statement="Licences given", baseline=Decimal(100), target=Decimal(600), unit="licences"
    )
    publish_pledge(pledge)
    return str(goal.key)


@pytest.mark.long
def test_a_value_of_more_than_twice_the_target_is_asked_about_and_taken(
    writer: Client, pledge: Pledge, organization: Organization
) -> None:
    key = counted(pledge)
    writer.post(NEW, begin(writer, pledge, organization))
    draft = Report.objects.get()
    asked = "Licences given: 9,999 is more than twice the target, 600. Is that right?"
    assert send(writer, url(draft, "report"), **WRITTEN, **{f"figure_{key}": "1200"}) == url(draft, "check")
    assert asked not in writer.get(url(draft, "check")).text
    assert send(writer, url(draft, "report"), **WRITTEN, **{f"figure_{key}": "9999"}) == url(draft, "check")
    html = writer.get(url(draft, "check")).text
    assert f'<a href="{url(draft, "report")}?back=check#id_figure_{key}">{asked}</a>' in html
    answer = writer.post(url(draft, "check"), {"submit_key": hidden(html, "submit_key")})
    assert answer.url == url(draft, "receipt")


@pytest.mark.long
def test_who_decides_reads_what_was_reported_before_beside_what_is_reported_now(
    client: Client, pledge: Pledge, moderator: User
) -> None:
    key = counted(pledge)
    make_report(
        pledge,
        state=SubmissionState.PUBLISHED,
        stage="planning",
        reported_on=date(2025, 1, 31),
        figures={key: "268"},
    )
    report = make_report(
        pledge,
        state=SubmissionState.SUBMITTED,
        stage="in_progress",
        reported_on=date(2025, 3, 31),
        figures={key: "9999"},
    )
    Report.objects.filter(pk=report.pk).update(figures={key: "77777"})
    client.force_login(moderator)
    page = client.get(f"/en/desk/moderation/report/{report.key}/")
    rows = [(str(row.label), row.old, row.new, row.weighs) for row in page.context["dossier"].earlier]
    planning, progress = ReportedStage.PLANNING.label, ReportedStage.IN_PROGRESS.label
    assert rows == [
        ("Stage", str(planning), str(progress), False),
        ("As of", "31 January 2025", "31 March 2025", False),
        ("Licences given. The goal is 600 licences.", "268", "9,999", True),
    ]
    html = page.text
    assert ("More than twice the target" in html, "77777" in html, "77,777" in html) == (True, False, False)


def test_who_decides_reads_nothing_of_a_pledge_that_is_being_corrected(
    client: Client, pledge: Pledge, moderator: User
) -> None:
    report = make_report(pledge, state=SubmissionState.SUBMITTED, stage="in_progress")
    Pledge.objects.update(stage="fulfilled", reported_on=date(2025, 1, 31))
    client.force_login(moderator)
    page = client.get(f"/en/desk/moderation/report/{report.key}/")
    assert [row.old for row in page.context["dossier"].earlier] == [str(ReportedStage.PLANNING.label), ""]
