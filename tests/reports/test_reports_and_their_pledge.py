"""A report beside what happens to its pledge: corrections, withdrawals, parties that leave, other words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.common.errors import WrongState
from portal.common.events import history
from portal.files.domain import store_file
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.pledges.drafts import Frame, PledgeFields
from portal.pledges.enums import ReportedBy
from portal.pledges.forms import PledgeForm
from portal.pledges.models import Pledge
from portal.pledges.parts import Goal
from portal.publication.domain import restate
from portal.publication.models import Record
from portal.reports import domain
from portal.reports.models import Evidence, Report
from portal.submissions import domain as submissions
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_organization,
    make_pledge,
    make_report,
    make_user,
    publish_organization,
    publish_pledge,
    publish_report,
)
from tests.files.builders import telling_pdf
from tests.reports.test_report_desk import WRITTEN, begin, hidden, send, url

NOW = timezone.now()
CANARY = "zqcanary"


@dataclass
class Joint:
    """A public pledge with a goal and a second party that has confirmed it."""

    pledge: Pledge
    party: Organization
    speaker: User
    goal: str

    @property
    def record(self) -> Record:
        return Record.objects.get(kind="pledge", source_key=self.pledge.key)


@pytest.fixture
def joint(organization: Organization) -> Joint:
    speaker = make_user(email="party@example.org")
    party = make_organization(name="Second Shore", state="verified", owner=speaker)
    publish_organization(party)
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED, title="Licences for nurses")
    goal = pledge.goals.create(statement="Licences given", target=600, unit="licences")
    pledge.parties.create(organization=party, role="partner", state="confirmed")
    publish_pledge(pledge)
    Pledge.objects.filter(pk=pledge.pk).update(decided_at=NOW, submitted_at=NOW)
    pledge.refresh_from_db()
    return Joint(pledge, party, speaker, str(goal.key))


def corrected(joint: Joint, author: User, **fields: object) -> Pledge:
    """A correction that is written and not submitted."""
    actor = person(author)
    draft = submissions.open_correction(joint.pledge, actor=actor, now=NOW)
    return submissions.save_draft(
        draft, fields=PledgeFields(**fields), revision=draft.revision, actor=actor, now=NOW
    )


def approved(pledge: Pledge, author: User, moderator: User) -> Pledge:
    pledge.refresh_from_db()
    submissions.submit(pledge, submit_key=pledge.submit_key, actor=person(author), now=NOW)
    submissions.publish(pledge, actor=person(moderator), now=NOW)
    pledge.refresh_from_db()
    return pledge


def body_of(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return b"".join(answer).decode() if answer.streaming else answer.text  # type: ignore[arg-type]


def test_a_correction_at_the_desk_reaches_nobody_through_a_report(
    client: Client, joint: Joint, focal_point: User, moderator: User
) -> None:
    goals = (Goal(statement=f"{CANARY} goal", target=Decimal(987654), unit=f"{CANARY} unit"),)
    frame = Frame(starts_on=date(2025, 3, 30))
    corrected(joint, focal_point, title=f"{CANARY} title", country="BR", goals=goals, frame=frame)
    client.force_login(joint.speaker)
    key = joint.pledge.key
    new = f"/en/desk/reports/new/?pledge={key}"
    page = client.post("/en/desk/reports/new/", begin(client, joint.pledge, joint.party)).url
    check = send(client, page, **WRITTEN | {"day": "2025-03-01", f"figure_{joint.goal}": "268"})
    client.post(check, {"submit_key": hidden(client.get(check).text, "submit_key")})
    report = Report.objects.get()
    assert report.state == "submitted"
    tables = [f"/en/desk/reports/sheets/{key}/{name}" for name in ("", "plan.csv", "grf.csv")]
    desk = ["/en/desk/", "/en/desk/reports/new/", new, page, check, url(report, "detail"), *tables]
    seen = {address: body_of(client, address) for address in desk}
    client.force_login(moderator)
    seen |= {
        f"/en/moderation/report/{report.key}/": body_of(client, f"/en/desk/moderation/report/{report.key}/")
    }
    decide("report", report.key, "approved", actor=person(moderator), now=NOW)
    client.logout()
    record = Record.objects.get(kind="report")
    places = [record.path("en"), joint.record.path("en"), f"/api/v1/reports/{record.public_id}"]
    lists = ["/en/reports/", "/en/reports/?format=json", "/en/reports/feed/", "/api/v1/reports"]
    seen |= {address: body_of(client, address) for address in (*places, *lists)}
    client.force_login(joint.speaker)
    seen |= {f"{address} afterwards": body_of(client, address) for address in (*tables, new)}
    seen |= {f"mail to {each.to}": each.subject + str(each.body) for each in mail.outbox}
    leaking = {name for name, text in seen.items() for word in (CANARY, "987654") if word in text}
    assert leaking == set()
    assert record.title == "Report of 1 March 2025: Licences for nurses"
    assert record.texts["figures"] == ["Licences given: 268 of 600 licences"]
    assert record.country == joint.record.country != "BR"


def test_reports_go_with_a_withdrawn_pledge_and_come_back_with_it(
    client: Client, joint: Joint, focal_point: User, moderator: User
) -> None:
    actor = person(focal_point)
    paper = store_file(telling_pdf(), "report.pdf", actor=actor, now=NOW)
    report = make_report(joint.pledge, organization=joint.party, tier="2", title=f"On {CANARY}")
    other = make_report(joint.pledge, reported_on=date(2025, 1, 1), tier="2", title=f"Of {CANARY}")
    for row in (report, other):
        Evidence.objects.create(report=row, file=paper)
    numbers = [publish_report(row).public_id for row in (report, other)]
    record = Record.objects.get(kind="report", source_key=report.key)
    pages = [record.path("en"), f"/api/v1/reports/{record.public_id}", f"{record.path('en')}evidence/1/"]
    lists = [f"/en/reports/?pledge={joint.record.public_id}", "/en/reports/", "/api/v1/reports"]
    client.force_login(focal_point)
    told = client.get(f"/en/desk/pledges/{joint.pledge.key}/withdraw/").text
    assert "The reports on it leave with it" in told
    submissions.withdraw(joint.pledge, actor=actor, now=NOW)
    client.logout()
    assert [client.get(page).status_code for page in pages] == [410, 410, 410]
    assert [place for place in lists if CANARY in body_of(client, place)] == []
    paper.refresh_from_db()
    assert not paper.is_public
    client.force_login(joint.speaker)
    assert "nobody outside reads what is reported on it" in client.get(url(report, "detail")).text
    pledge = Pledge.objects.get()
    draft = submissions.take_up_again(pledge, actor=actor, now=NOW)
    assert client.get(pages[0]).status_code == 410
    approved(draft, focal_point, moderator)
    client.logout()
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    back = Record.objects.filter(kind="report", state="published").order_by("pk")
    assert [row.public_id for row in back] == numbers
    assert [row.state for row in Report.objects.all()] == ["published", "published"]
    assert joint.record.facts["last_report_on"] == "2025-03-01"


@pytest.mark.long
def test_a_report_that_was_withdrawn_itself_does_not_come_back(
    joint: Joint, focal_point: User, moderator: User
) -> None:
    actor = person(focal_point)
    first, second = (make_report(joint.pledge, reported_on=date(2025, at, 1)) for at in (1, 2))
    for report in (first, second):
        publish_report(report)
    submissions.withdraw(joint.pledge, actor=actor, now=NOW)
    submissions.withdraw(Report.objects.get(pk=second.pk), actor=actor, now=NOW)
    draft = submissions.take_up_again(Pledge.objects.get(), actor=actor, now=NOW)
    approved(draft, focal_point, moderator)
    states = Record.objects.filter(kind="report").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["published", "withdrawn"]
    assert joint.record.facts["last_report_on"] == "2025-01-01"


@pytest.mark.few(1)
@pytest.mark.parametrize("why", ["declined", "withdrawn"])
def test_a_moderator_reads_why_a_report_cannot_be_published(
    why: str, client: Client, joint: Joint, moderator: User, focal_point: User
) -> None:
    """Also one of an earlier day than the pledge knows, which would not be noted there."""
    Pledge.objects.update(reported_on=date(2025, 6, 1), reported_by=ReportedBy.PARTIES)
    report = make_report(joint.pledge, organization=joint.party, state=SubmissionState.SUBMITTED)
    page = f"/en/desk/moderation/report/{report.key}/"
    client.force_login(moderator)
    assert "It cannot be published now" not in client.get(page).text
    said = "The pledge is not public now."
    if why == "declined":
        said = "This organization is no party of the pledge any more."
        joint.pledge.parties.update(state="declined")
    else:
        submissions.withdraw(joint.pledge, actor=person(focal_point), now=NOW)
    assert said in client.get(page).text
    answer = client.post(f"{page}approved/", follow=True)
    assert said in answer.text
    assert not Record.objects.filter(kind="report").exists()
    with pytest.raises(WrongState):
        domain.publish_report(report, actor=system("tests"), now=NOW)


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "typed",
    [
        {"stage": "fulfilled"},
        {"figures": "37"},
        {"text": "Two offices opened."},
        {"factors": ["barriers.money"]},
        {"tier": "0"},
        {"day": "2025-01-31"},
        {"paper": "yes"},
    ],
    ids=lambda typed: next(iter(typed)),
)
def test_nothing_has_changed_never_takes_the_place_of_what_was_written(
    typed: dict[str, object], client: Client, joint: Joint, focal_point: User
) -> None:
    publish_report(make_report(joint.pledge, stage="planning", figures={joint.goal: "562"}))
    client.force_login(focal_point)
    page = client.post("/en/desk/reports/new/", begin(client, joint.pledge, joint.pledge.organization)).url
    draft = Report.objects.get(state="draft")
    as_begun = {"stage": "planning", "day": timezone.localdate().isoformat(), "text": "", "tier": "1"}
    as_begun |= {f"figure_{joint.goal}": "562"}
    send(client, page, **as_begun)
    assert "/unchanged/" in client.get(page).text
    changed = dict(typed)
    if "figures" in changed:
        changed = {f"figure_{joint.goal}": changed["figures"]}
    if "paper" in changed:
        Evidence.objects.create(
            report=draft, file=store_file(b"Registry.", "a.txt", actor=person(focal_point), now=NOW)
        )
        changed = {}
    send(client, page, **as_begun | changed)
    names = ("state", "stage", "figures", "text", "tier", "reported_on")
    words = Report.objects.filter(pk=draft.pk).values(*names)
    before = words.get()
    assert "/unchanged/" not in client.get(page).text
    answer = client.post(f"/en/desk/reports/{draft.key}/unchanged/", follow=True)
    assert "Something is written in this report already." in answer.text
    draft.refresh_from_db()
    assert (words.get(), draft.is_unchanged) == (before, False)
    assert draft.evidence.count() == ("paper" in typed)


@pytest.mark.long
def test_presses_at_once_all_lead_to_the_one_receipt(client: Client, joint: Joint, focal_point: User) -> None:
    """What the second and third press have read before the first one was through."""
    organization, actor = joint.pledge.organization, person(focal_point)
    client.force_login(focal_point)
    typed = begin(client, joint.pledge, organization)
    first = client.post("/en/desk/reports/new/unchanged/", typed)
    report = Report.objects.get()
    again = domain.begin_report(
        joint.pledge, organization=organization, language="en", key=report.key, actor=actor, now=NOW
    )
    assert again == report
    stale = Report(pk=report.pk, key=report.key, organization=organization, pledge=joint.pledge, revision=1)
    with pytest.raises(WrongState):
        domain.report_unchanged(stale, actor=actor, now=NOW)
    second = client.post("/en/desk/reports/new/unchanged/", typed)
    assert first.url == second.url == url(report, "receipt")
    stranger = make_user(email="stranger@example.org")
    with pytest.raises(Exception, match="write for"):
        domain.begin_report(
            joint.pledge,
            organization=organization,
            language="en",
            key=report.key,
            actor=person(stranger),
            now=NOW,
        )


@pytest.mark.long
def test_a_correction_does_not_speak_over_a_report(
    client: Client, joint: Joint, focal_point: User, moderator: User
) -> None:
    """The stage of what was reported on is the report's, whenever the correction began."""
    draft = corrected(joint, focal_point, stage="planning", title="Before the report")
    publish_report(make_report(joint.pledge, reported_on=date(2025, 10, 1), stage="in_progress"))
    draft.refresh_from_db()
    client.force_login(focal_point)
    page = f"/en/desk/pledges/{draft.key}/pledge/"
    html = client.get(page).text
    assert ('name="stage"' in html, "as the report of 1 October 2025 says" in html) == (False, True)
    typed = {
        name: getattr(draft, name) for name in ("external_id", "forum", "description", "country", "language")
    }
    send(client, page, **typed, title="After the report", stage="fulfilled")
    draft.refresh_from_db()
    assert (draft.title, draft.stage) == ("After the report", "in_progress")
    submissions.save_draft(
        draft,
        fields=PledgeFields(stage="fulfilled"),
        revision=draft.revision,
        actor=person(focal_point),
        now=NOW,
    )
    approved(draft, focal_point, moderator)
    facts = joint.record.facts
    assert (facts["stage"], facts["last_report_on"]) == ("in_progress", "2025-10-01")
    assert "stage" in PledgeForm(draft=Pledge(organization=joint.party)).fields


def imported(pledge: Pledge, stage: str, day: date) -> None:
    """The source names a later report than any that was made here."""
    by = {"stage": stage, "reported_by": ReportedBy.SOURCE.value}
    Pledge.objects.filter(pk=pledge.pk).update(**by, reported_on=day)
    facts = by | {"last_report_on": day.isoformat()}
    restate("pledge", pledge.key, facts=facts, actor=system("tests"), now=NOW)


@pytest.mark.long
def test_after_a_withdrawal_the_newest_word_counts_whoever_said_it(joint: Joint, focal_point: User) -> None:
    pledge, actor = joint.pledge, person(focal_point)
    said = []

    def note() -> None:
        pledge.refresh_from_db()
        facts = joint.record.facts
        row = (pledge.stage, str(pledge.reported_on or ""), pledge.reported_by)
        assert row == (facts["stage"], facts["last_report_on"], facts.get("reported_by", ""))
        said.append((row[1], row[2]))

    old = make_report(pledge, reported_on=date(2024, 3, 1), stage="planning")
    publish_report(old)
    imported(pledge, "in_progress", date(2025, 6, 1))
    new = make_report(pledge, reported_on=date(2025, 7, 1), stage="fulfilled")
    last = make_report(pledge, reported_on=date(2025, 8, 1), stage="fulfilled")
    for report in (new, last):
        publish_report(report)
    for report in (new, last, old):
        submissions.withdraw(Report.objects.get(pk=report.pk), actor=actor, now=NOW)
        note()
    assert said == [("2025-08-01", "parties"), ("2025-06-01", "source"), ("2025-06-01", "source")]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("typed", "kept"), [("1.500", "1500"), ("1,500", "1500"), ("1.500.000", "1500000"), ("12,50", "12.5")]
)
def test_a_value_means_what_it_means_in_the_goal(
    typed: str, kept: str, client: Client, joint: Joint, focal_point: User
) -> None:
    report = make_report(joint.pledge)
    client.force_login(focal_point)
    name = f"figure_{joint.goal}"
    assert send(client, url(report, "report"), **WRITTEN, **{name: typed}) == url(report, "check")
    report.refresh_from_db()
    assert report.figures == {joint.goal: kept}


@pytest.mark.few(2)
@pytest.mark.parametrize("typed", ["1e309", "1e999999999", "1_000", "٣٧", "Infinity", "-5", "1.2.3"])
def test_what_is_no_number_is_refused_and_stays_in_the_form(
    typed: str, client: Client, joint: Joint, focal_point: User
) -> None:
    report = make_report(joint.pledge)
    client.force_login(focal_point)
    html = send(client, url(report, "report"), **WRITTEN, **{f"figure_{joint.goal}": typed})
    assert "Give a number" in html
    assert f'value="{typed}"' in html


@pytest.mark.few(2)
@pytest.mark.parametrize("unit", ["％", "% of households", "por ciento", "por cento", "pour cent", "Percent"])
def test_no_share_of_a_hundred_is_over_a_hundred(
    unit: str, client: Client, joint: Joint, focal_point: User
) -> None:
    joint.pledge.goals.update(unit=unit, target=90)
    publish_pledge(joint.pledge)
    report = make_report(joint.pledge)
    client.force_login(focal_point)
    html = send(client, url(report, "report"), **WRITTEN, **{f"figure_{joint.goal}": "150"})
    assert "A percentage cannot be more than 100." in html
    Pledge.objects.update(state="correcting")
    html = send(
        client,
        f"/en/desk/pledges/{joint.pledge.key}/goals/",
        goals_1_statement="Licences given",
        goals_1_target="101",
        goals_1_unit=unit,
    )
    assert "A percentage lies between 0 and 100." in html


def test_a_draft_pledge_with_reports_is_not_deleted_and_says_so(
    client: Client, organization: Organization, focal_point: User
) -> None:
    pledge = make_pledge(organization)
    make_report(pledge)
    client.force_login(focal_point)
    refused = client.post(f"/en/desk/pledges/{pledge.key}/delete/")
    told = "other things belong to it: progress reports." in refused.text
    assert (refused.status_code, told) == (409, True)
    assert Pledge.objects.filter(pk=pledge.pk).exists()
    assert not history("pledge", pledge.key).filter(action="deleted").exists()
