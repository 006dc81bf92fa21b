"""Review packs: made once from the snapshot, with what is public now, by the worker; who sees the draft."""

import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pypdf import PdfReader

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person, system
from portal.common.languages import CODES
from portal.files.models import private_storage, public_storage
from portal.followup.cycles.domain import freeze_cycle, open_cycle
from portal.followup.figures import Figures as Counts
from portal.followup.models import ReviewCycle, ReviewPack
from portal.followup.pack import domain as packs
from portal.followup.pack import rows as pack_rows
from portal.followup.pack.content import document_of, names_of, source_of
from portal.followup.pack.held import Held
from portal.followup.snapshots import files as snapshots
from portal.organizations.models import Organization
from portal.pdf.parts import Document, Figures, Table
from portal.pdf.writing import nobody
from portal.pledges.standing import standings
from portal.publication import domain
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.work.declarations import Interrupted
from portal.work.models import Job
from tests.factories import make_pledge, make_report, make_user, publish_pledge, publish_report
from tests.factories.followup import (
    make_assessment,
    make_body,
    make_cycle,
    make_reply,
    make_seat,
    publish_assessment,
)
from tests.work.conftest import do_all

CANARY = "zunzuncanario"
NOW = timezone.now()
SYSTEM = system("tests")
PAGE, FILE = "/{}/follow-up/cycles/{}/pack/", "/{}/follow-up/cycles/{}/pack.pdf"
Committed = Callable[..., AbstractContextManager[Any]]
DESK = "/en/desk/follow-up/{}/pack/"


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Committed) -> Committed:
    return django_capture_on_commit_callbacks


@pytest.fixture
def commissioner(organization: Organization, focal_point: User) -> Actor:
    make_seat(make_body(runs_cycles=True), organization)
    return person(focal_point)


def opened(slug: str = "hlom") -> ReviewCycle:
    return open_cycle(make_cycle(slug), actor=SYSTEM, now=NOW - timedelta(hours=1))


def frozen(slug: str = "hlom") -> ReviewCycle:
    return freeze_cycle(opened(slug), actor=SYSTEM, now=timezone.now())


def worked() -> int:
    return do_all("long")


def text_of(content: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(" ".join(pages).split())


def document(content: dict[str, Any], cycle: ReviewCycle, language: str = "en") -> Document:
    source = source_of(cycle, json.dumps(content).encode(), "0" * 64, is_provisional=False)
    return document_of(source, names_of(source, language))


def table(told: Document, caption: str) -> list[list[str]]:
    parts = (part for section in told.sections for part in section.parts)
    rows = next(part.rows for part in parts if isinstance(part, Table) and part.caption == caption)
    return [[cell.text for cell in row] for row in rows]


@pytest.mark.long
def test_freezing_has_the_pack_made_in_every_language(client: Client, organization: Organization) -> None:
    publish_pledge(make_pledge(organization, title="Protección de la niñez à São João, où ça ?"))
    frozen()
    assert client.get(FILE.format("en", "hlom")).status_code == 404
    assert (worked(), ReviewPack.objects.count()) == (1, len(CODES))
    job = Job.objects.get(kind=packs.MAKE)
    assert (job.state, job.done, job.total, job.result) == ("done", 36, 36, {"made": 4})
    for language in CODES:
        answer = client.get(FILE.format(language, "hlom"))
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].endswith(f'"review-pack-hlom-{language}.pdf"')
        text = text_of(answer.content)
        assert "Protección de la niñez à São João, où ça ?" in text
        assert f"Cycle hlom in {language}" in text
        page = client.get(PAGE.format(language, "hlom")).text
        assert ReviewPack.objects.get(language=language).sha256 in page
        assert "Protección de la niñez à São João, où ça ?" in page


@pytest.mark.long
def test_it_is_made_once(organization: Organization) -> None:
    publish_pledge(make_pledge(organization))
    cycle = frozen()
    worked()
    assert packs.make(cycle, now=timezone.now(), progress=nobody) == 0
    assert packs.prepare(cycle, now=timezone.now()) is not None
    assert packs.prepare(cycle, now=timezone.now()) is None
    before = list(ReviewPack.objects.order_by("language").values_list("made_of", "sha256"))
    ReviewPack.objects.all().delete()
    assert packs.make(cycle, now=timezone.now(), progress=nobody) == 4
    assert list(ReviewPack.objects.order_by("language").values_list("made_of", "sha256")) == before


def test_what_is_withdrawn_is_gone_at_once_and_the_counts_stay(
    client: Client, organization: Organization, committed: Committed
) -> None:
    pledge, other = (make_pledge(organization, title=title) for title in (CANARY, "Another pledge"))
    record = publish_pledge(pledge)
    publish_pledge(other)
    frozen()
    worked()
    assert CANARY in client.get(PAGE.format("en", "hlom")).text
    assert CANARY in text_of(client.get(FILE.format("en", "hlom")).content)
    before = table(document(snapshot("hlom"), ReviewCycle.objects.get()), "Pledges, counted once each")
    domain.withdraw(RecordKind.PLEDGE, pledge.key, actor=SYSTEM, now=timezone.now())
    waiting = client.get(FILE.format("en", "hlom"))
    assert (waiting.status_code, waiting["Retry-After"]) == (404, "60")
    for answer in (waiting, client.get(PAGE.format("en", "hlom"))):
        assert CANARY not in answer.text
    with committed(execute=True):
        assert (packs.refresh(now=timezone.now()), worked(), packs.refresh(now=timezone.now())) == (1, 1, 0)
    text = text_of(client.get(FILE.format("en", "hlom")).content)
    assert CANARY not in text
    assert f"{record.public_id} withdrawn" in text
    page = client.get(PAGE.format("en", "hlom")).text
    assert CANARY not in page
    assert f"/en/pledges/{record.public_id}/" not in page
    told = document(snapshot("hlom"), ReviewCycle.objects.get())
    assert table(told, "Pledges, counted once each") == before
    folder = Path(private_storage().path("packs"))
    assert [path.name for path in folder.iterdir() if CANARY in path.read_bytes().decode("latin-1")] == []


def test_what_is_not_public_is_nowhere(client: Client, organization: Organization) -> None:
    pledge = make_pledge(organization, title="Public pledge")
    publish_pledge(pledge)
    make_pledge(organization, title=CANARY)
    make_report(pledge, title=CANARY, text=CANARY)
    make_assessment(pledge, organization, title=CANARY, text=CANARY)
    frozen()
    worked()
    assert CANARY not in client.get(PAGE.format("en", "hlom")).text
    assert CANARY not in text_of(client.get(FILE.format("en", "hlom")).content)


def test_an_open_cycle_has_a_draft_for_seats_alone(
    client: Client, commissioner: Actor, focal_point: User, organization: Organization
) -> None:
    publish_pledge(make_pledge(organization, title="Seen by the seat"))
    opened()
    client.force_login(focal_point)
    page = client.get(DESK.format("hlom")).text
    assert "There is no review pack of this cycle yet." in page
    assert client.post(DESK.format("hlom"), follow=True).redirect_chain == [(DESK.format("hlom"), 302)]
    assert "Waiting" in client.get(DESK.format("hlom")).text
    assert client.get(f"{DESK.format('hlom')}pt.pdf").status_code == 404
    worked()
    page = client.get(DESK.format("hlom")).text
    assert "Provisional: counted on" in page
    assert "Seen by the seat" in page
    text = text_of(client.get(f"{DESK.format('hlom')}pt.pdf").content)
    assert "Seen by the seat" in text
    for address in (PAGE.format("en", "hlom"), FILE.format("en", "hlom"), f"{DESK.format('hlom')}xx.pdf"):
        assert client.get(address).status_code == 404
    client.logout()
    for group in (None, *Group):
        client.force_login(make_user(*([group] if group else [])))
        assert client.get(DESK.format("hlom")).status_code == 404
        assert client.post(DESK.format("hlom")).status_code == 404
        assert client.get(f"{DESK.format('hlom')}en.pdf").status_code == 404
    assert Job.objects.filter(kind=packs.MAKE, state="waiting").count() == 0


@pytest.mark.long
def test_freezing_replaces_the_draft(
    client: Client, organization: Organization, committed: Committed
) -> None:
    publish_pledge(make_pledge(organization))
    cycle = opened()
    packs.prepare(cycle, now=NOW)
    worked()
    drafts = set(ReviewPack.objects.values_list("made_of", flat=True))
    packs.prepare(cycle, now=NOW)
    freeze_cycle(cycle, actor=SYSTEM, now=timezone.now())
    assert client.get(FILE.format("en", "hlom")).status_code == 404
    with committed(execute=True):
        assert worked() == 2
    assert ReviewPack.objects.filter(made_of__in=drafts).count() == 0
    assert set(ReviewPack.objects.values_list("source", flat=True)) == {ReviewCycle.objects.get().snapshot}
    assert "Provisional" not in text_of(client.get(FILE.format("en", "hlom")).content)
    names = private_storage().listdir("packs")[1]
    assert [name for name in names if any(name.startswith(draft) for draft in drafts)] == []


def test_a_cycle_that_is_not_opened_has_none(client: Client, commissioner: Actor, focal_point: User) -> None:
    make_cycle("later")
    client.force_login(focal_point)
    assert client.get(DESK.format("later")).status_code == 404
    assert client.post(DESK.format("later")).status_code == 404


def test_a_snapshot_that_was_changed_makes_none(
    client: Client, commissioner: Actor, focal_point: User
) -> None:
    cycle = frozen()
    Path(public_storage().path(snapshots.path_of(cycle.snapshot))).write_bytes(b"{}")
    worked()
    job = Job.objects.get(kind=packs.MAKE)
    assert (job.state, job.attempts, "hlom" in job.problem) == ("failed", 1, True)
    client.force_login(focal_point)
    for address in (PAGE.format("en", "hlom"), DESK.format("hlom")):
        assert client.get(address).status_code in (200, 409)
    assert client.get(PAGE.format("en", "hlom")).status_code == 409
    assert "hlom" in client.get(DESK.format("hlom")).text
    assert packs.refresh(now=timezone.now()) == 0


@pytest.mark.long
def test_a_worker_that_ends_goes_on_with_the_languages_that_are_left(organization: Organization) -> None:
    publish_pledge(make_pledge(organization))
    cycle = frozen()

    def end(done: int, total: int) -> None:
        if done == 20:
            raise Interrupted

    with pytest.raises(Interrupted):
        packs.make(cycle, now=NOW, progress=end)
    assert list(ReviewPack.objects.values_list("language", flat=True).order_by("pk")) == ["es", "en"]
    told: list[tuple[int, int]] = []
    assert packs.make(cycle, now=NOW, progress=lambda done, total: told.append((done, total))) == 2
    assert (told[0], told[-1]) == ((9, 36), (36, 36))


@pytest.fixture(scope="module")
def ledger(module_rows: None) -> dict[str, Any]:
    """What a snapshot holds of pledges in every state, and these by title; the active one is overdue."""
    from tests.cast import make_red_dos, make_red_uno

    one, other = make_red_uno(), make_red_dos()
    cycle = opened("full")
    yesterday = timezone.now().date() - timedelta(days=1)
    silent = make_pledge(one, title="Silent", reported_on=date(2020, 1, 1), country="BR")
    never = make_pledge(one, title="Never", country="BR")
    active = make_pledge(other, title="Active", reported_on=yesterday, ends_on=yesterday)
    claimed = make_pledge(other, title="Claimed", stage="fulfilled", reported_on=yesterday)
    records = {row.title: publish_pledge(row) for row in (silent, never, active, claimed)}
    before = yesterday - timedelta(days=9)
    publish_report(make_report(active, reported_on=before, tier="4", stage="planning"))
    publish_report(make_report(active, reported_on=before, tier="2"))
    publish_report(make_report(active, reported_on=yesterday, tier="0", is_unchanged=True))
    publish_report(make_report(claimed, reported_on=yesterday, tier="3", stage="fulfilled"))
    for pledge, completions in ((claimed, ("complete", "limited")), (active, ("complete",))):
        for completion in completions:
            publish_assessment(make_assessment(pledge, one, completion=completion))
    return {
        "content": snapshots.content_of(cycle, timezone.now()),
        "cycle": cycle,
        "records": {title: Record.objects.get(pk=row.pk) for title, row in records.items()},
    }


def test_figures_have_both_denominators_and_are_those_of_the_snapshot(ledger: dict[str, Any]) -> None:
    told = document(ledger["content"], ledger["cycle"])
    assert table(told, "Pledges, counted once each") == [
        ["Still to be fulfilled", "3", "–", "–", "3 of 4 (75%)"],
        ["With a report of this cycle", "2", "2 of 4 (50%)", "asked to report in it", "2 of 4 (50%)"],
        [
            "With a report, of this cycle or before",
            "3",
            "2 of 3 (67%)",
            "still to be fulfilled",
            "3 of 4 (75%)",
        ],
        ["Never reported on", "1", "1 of 3 (33%)", "still to be fulfilled", "1 of 4 (25%)"],
        ["Silent for a year or for ever", "2", "2 of 3 (67%)", "still to be fulfilled", "2 of 4 (50%)"],
        ["Claimed: fulfilled", "1", "1 of 3 (33%)", "with a report", "1 of 4 (25%)"],
        ["Assessed by others", "2", "1 of 1 (100%)", "claimed as fulfilled", "2 of 4 (50%)"],
        ["Assessed: complete", "1", "1 of 2 (50%)", "assessed by others", "1 of 4 (25%)"],
    ]
    figures, held = snapshots.figures_in(ledger["content"]), Held(ledger["content"])
    assert figures == Counts(
        pledges=len(held.pledges),
        active=len(held.active),
        reported=3,
        never_reported=1,
        claimed_fulfilled=len(held.claimed),
        assessed=len(held.assessed),
        assessed_complete=len(held.complete(held.pledges)),
    )


def test_sections_tell_who_reported_who_is_silent_and_what_was_found(ledger: dict[str, Any]) -> None:
    told, number = document(ledger["content"], ledger["cycle"]), ledger["records"]
    assert table(told, "By country") == [
        ["Brazil", "2", "0 of 2 (0%)", "0 of 2 (0%)"],
        ["Mexico", "2", "2 of 2 (100%)", "2 of 2 (100%)"],
        ["Total", "4", "2 of 4 (50%)", "2 of 4 (50%)"],
    ]
    assert table(told, "By type of organization")[-1] == ["Total", "4", "2 of 4 (50%)", "2 of 4 (50%)"]
    stages = table(told, "Pledges by what their parties say and what they show for it")
    assert stages[-1] == ["Total", "1", "1", "0", "1", "1", "0", "4"]
    silent = table(told, "The longest silent stand first")
    assert [(row[0], row[1], row[4]) for row in silent] == [
        (number["Never"].public_id, "Never", "No report yet"),
        (number["Silent"].public_id, "Silent", "1 January 2020"),
    ]
    claims = table(told, "Assessments by what the parties claimed and what was found")
    assert claims[2] == ["Fulfilled (claimed)", "0", "0", "1", "0", "1", "2"]
    disputed = table(told, "Where findings differ")
    assert {row[4] for row in disputed} == {"Complete", "Limited"}
    assert [row[:1] + row[2:5] for row in table(told, "All assessments")[:2]] == [
        [row[0], row[2], "Fulfilled (claimed)", row[4]] for row in disputed
    ]
    assert [row[0] for row in table(told, "Pledges without an action of the plan")] == sorted(
        row.public_id for row in number.values()
    )


def test_pledges_are_counted_as_on_the_dashboard(ledger: dict[str, Any]) -> None:
    held, rows = Held(ledger["content"]), {row.pk: row for row in standings()}
    numbers = {ledger["records"][title].public_id: ledger["records"][title].pk for title in ledger["records"]}
    told = {numbers[row["id"]]: held.evidence(row) for row in held.pledges}
    assert told == {pk: row.evidence for pk, row in rows.items()}
    assert sorted(told.values()) == ["", "0", "2", "3"]


def test_who_has_reported_is_told_as_on_the_page_of_the_cycle(
    client: Client, organization: Organization
) -> None:
    cycle, page = opened(), "/en/follow-up/cycles/hlom/"
    for stage, is_told in (("fulfilled", False), ("fulfilled", True), ("in_progress", False)):
        pledge = make_pledge(organization, stage=stage)
        publish_pledge(pledge)
        if is_told:
            publish_report(make_report(pledge, stage=stage))
    freeze_cycle(cycle, actor=SYSTEM, now=timezone.now())
    assert "1 of 2 (50%). Of all that are published: 1 of 3 (33%)." in client.get(page).text
    told = document(snapshot("hlom"), ReviewCycle.objects.get())
    for caption in ("By type of organization", "By country"):
        assert table(told, caption)[-1] == ["Total", "3", "1 of 2 (50%)", "1 of 3 (33%)"]
    row = table(told, "Pledges, counted once each")[1]
    assert row == [
        "With a report of this cycle",
        "1",
        "1 of 2 (50%)",
        "asked to report in it",
        "1 of 3 (33%)",
    ]
    figures = next(part for part in told.sections[0].parts if isinstance(part, Figures))
    assert figures.figures[2] == ("1", "with a report of this cycle", "50% of 2 asked")


@pytest.mark.long
def test_a_body_that_corrects_itself_differs_from_nobody(
    organization: Organization, other_organization: Organization
) -> None:
    pledge, body = make_pledge(organization), make_body(may_assess=True)
    publish_pledge(pledge)
    make_seat(body, other_organization)
    for completion in ("limited", "complete"):
        publish_assessment(make_assessment(pledge, other_organization, body, completion=completion))
    content = snapshots.content_of(opened(), NOW + timedelta(hours=1))
    assert (len(Held(content).assessments), Held(content).disputed) == (2, [])
    publish_assessment(make_assessment(pledge, other_organization, completion="limited"))
    content = snapshots.content_of(ReviewCycle.objects.get(), NOW + timedelta(hours=1))
    assert [[row["completion"] for row in rows] for rows in Held(content).disputed] == [
        ["limited", "complete", "limited"]
    ]


def test_a_snapshot_of_before_is_read(ledger: dict[str, Any]) -> None:
    """It tells less: what needs that is left out, and what follows from the rest is the same."""
    later = {"organization_type", "goals_stated", "changes", "replies", "fulfilment", "goal", "subject"}
    content = {name: value for name, value in ledger["content"].items() if name != "priorities"}
    for name in ("pledges", "reports", "assessments"):
        rows = [{key: value for key, value in row.items() if key not in later} for row in content[name]]
        content[name] = rows
    told, now = document(content, ledger["cycle"]), document(ledger["content"], ledger["cycle"])
    captions = [part.caption for each in told.sections for part in each.parts if isinstance(part, Table)]
    assert "By type of organization" not in captions
    caption = "Pledges, counted once each"
    assert table(told, caption) == table(now, caption)
    assert table(told, "By country") == table(now, "By country")


def test_priorities_count_the_pledges_on_them(ledger: dict[str, Any]) -> None:
    content = json.loads(json.dumps(ledger["content"]))
    content["priorities"] = [{"action": "plan:1.1"}]
    for row in content["pledges"][:3]:
        row["actions"] = ["plan:1.1"]
    heard = Held(content).heard
    number = sum(row["id"] in heard for row in content["pledges"][:3])
    row = table(document(content, ledger["cycle"]), "Pledges on each priority")[0]
    assert (row[0], row[1], row[2].startswith(f"{number} of 3")) == ("1.1", "3", True)


def test_a_change_of_a_goal_stands_with_its_reason(organization: Organization) -> None:
    pledge = make_pledge(organization, ends_on=date(2027, 1, 1), title="Changed")
    publish_pledge(pledge)
    pledge.ends_on, pledge.change_reason = date(2029, 1, 1), "The law came late."
    pledge.decided_at = timezone.now()
    pledge.save()
    record = publish_pledge(pledge)
    cycle = open_cycle(make_cycle("hlom"), actor=SYSTEM, now=NOW - timedelta(days=2))
    content = snapshots.content_of(cycle, timezone.now())
    assert "The law came late." not in json.dumps(content)
    rows = table(document(content, cycle), "Changes, the last one first")
    assert [row[:1] + row[3:] for row in rows] == [
        [record.public_id, "Last day", "2027-01-01", "2029-01-01", "The law came late."]
    ]
    domain.withdraw(RecordKind.PLEDGE, pledge.key, actor=SYSTEM, now=timezone.now())
    rows = table(document(content, cycle), "Changes, the last one first")
    assert [row[:1] + row[3:] for row in rows] == [[record.public_id, "Last day", "–", "–", "–"]]


@pytest.mark.long
def test_changes_are_those_of_the_cycle_as_on_its_page(client: Client, organization: Organization) -> None:
    before = open_cycle(make_cycle("before"), actor=SYSTEM, now=NOW - timedelta(days=9))
    freeze_cycle(before, actor=SYSTEM, now=NOW - timedelta(days=5))
    pledge = make_pledge(organization, ends_on=date(2027, 1, 1))
    publish_pledge(pledge)
    for ago, year in ((7, 2028), (3, 2029)):
        pledge.ends_on, pledge.change_reason = date(year, 1, 1), "The law came late."
        pledge.decided_at = NOW - timedelta(days=ago)
        pledge.save()
        publish_pledge(pledge)
    cycle = open_cycle(make_cycle("hlom"), actor=SYSTEM, now=NOW - timedelta(days=4))
    told = document(snapshots.content_of(cycle, timezone.now()), cycle)
    assert [row[5] for row in table(told, "Changes, the last one first")] == ["2029-01-01"]
    assert client.get("/en/follow-up/cycles/hlom/").context["changes_number"] == 1


def test_replies_are_counted(organization: Organization, other_organization: Organization) -> None:
    pledge = make_pledge(organization)
    publish_pledge(pledge)
    assessment = make_assessment(pledge, other_organization)
    publish_assessment(assessment)
    cycle = opened()
    make_reply(assessment, organization, text=CANARY)
    told = document(snapshots.content_of(cycle, timezone.now()), cycle)
    assert [row[7] for row in table(told, "All assessments")] == ["0"]


def test_a_long_table_has_pages_and_files(client: Client, ledger: dict[str, Any]) -> None:
    """Of the page's own inputs: to publish so many pledges would take seconds."""
    content = json.loads(json.dumps(ledger["content"]))
    whole = [dict(content["pledges"][at % 4], id=f"P-{at:05d}") for at in range(450)]
    told = document(content | {"pledges": whole}, ledger["cycle"])
    with translation.override("en"):
        parts = [part for section in pack_rows.sections_of(told) for part in section["parts"]]
    long = next(part["table"] for part in parts if part.get("table", {}).get("more"))
    assert (len(long["rows"]), long["more"]) == (pack_rows.SHOWN, "All 226 rows")
    pages = [pack_rows.table_page(told, str(long["at"]), page) for page in ("1", "2", "9", "x")]
    assert [len(page["table"]["rows"]) for page in pages] == [200, 26, 26, 200]


def test_a_table_is_a_file(client: Client, organization: Organization) -> None:
    publish_pledge(make_pledge(organization, title="=1+1"))
    frozen()
    page = PAGE.format("en", "hlom")
    titles = ("hlom-1.csv", "hlom-5.json", "hlom-5.xlsx")
    for name in titles:
        at, form = name.removeprefix("hlom-").split(".")
        answer = client.get(f"{page}?table={at}&format={form}")
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert client.get(f"{page}?table=5&format=csv").text.count("'=1+1") == 1
    for query in ("table=0", "table=99", "table=x", "table=²", "table=1&format=exe"):
        assert client.get(f"{page}?{query}").status_code == 404


@pytest.mark.long
def test_a_page_asks_the_same_however_much_there_is(client: Client, organization: Organization) -> None:
    publish_pledge(make_pledge(organization))
    frozen()
    before = _queries(client)
    worked()
    made = _queries(client)
    for _number in range(4):
        publish_pledge(make_pledge(organization))
    frozen("next")
    assert (_queries(client, "next"), before) == (12, 12)
    worked()
    assert (_queries(client, "next"), made) == (3, 3)


def _queries(client: Client, slug: str = "hlom") -> int:
    """Of the second time: what is counted once for a state of the public is there."""
    client.get(PAGE.format("en", slug))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(PAGE.format("en", slug)).status_code == 200
    return len(asked)


def snapshot(slug: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(snapshots.bytes_of(ReviewCycle.objects.get(slug=slug)))
    return content
