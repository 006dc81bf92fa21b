"""What was changed of goals and days that are public: each with its reason, by cycle, as files and feed."""

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.followup.changes.queries import Window, audit, goal_changes, window_of
from portal.followup.cycles.domain import freeze_cycle, open_cycle
from portal.followup.models import ReviewCycle
from portal.organizations.models import Organization
from portal.pledges.models import Pledge, PledgeGoal
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind
from portal.publication.models import RecordVersion
from portal.submissions.states import SubmissionState
from tests.factories import make_pledge, publish_pledge
from tests.factories.followup import make_cycle
from tests.thinning import rarely

SYSTEM = system("tests")
CANARY = "zunzuncanario"
HOUR = timedelta(hours=1)
LIST = "/en/follow-up/changes/"


def pledge_with_goal(organization: Organization, **fields: Any) -> Pledge:
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED, decided_at=timezone.now(), **fields)
    PledgeGoal.objects.create(
        pledge=pledge,
        statement="Licences",
        target=Decimal(600),
        baseline=Decimal(100),
        unit="licences",
        due_on=date(2027, 12, 31),
    )
    publish_pledge(pledge)
    return pledge


def change(pledge: Pledge, reason: str, **values: Any) -> None:
    """As the approval of a correction does."""
    pledge.goals.update(**values)
    pledge.change_reason, pledge.decided_at = reason, timezone.now()
    pledge.save()
    publish_pledge(pledge)


def test_each_change_is_told_with_its_reason(client: Client, organization: Organization) -> None:
    pledge = pledge_with_goal(organization, title="Work licences")
    change(pledge, "The law came late.", target=Decimal(400), due_on=date(2028, 6, 30))
    change(pledge, "A census.", baseline=Decimal(120))
    told = [(row.what, row.old, row.new, row.reason) for row in goal_changes()]
    assert told == [
        ("baseline", "100 licences", "120 licences", "A census."),
        ("due_on", "2027-12-31", "2028-06-30", "The law came late."),
        ("target", "600 licences", "400 licences", "The law came late."),
    ]
    page = client.get(LIST)
    assert (page.status_code, page.cookies, page.context["number"]) == (200, {}, 3)
    for text in ("Work licences", "600 licences", "400 licences", "The law came late.", "A census."):
        assert text in page.text
    rows = list(csv.DictReader(io.StringIO(client.get(f"{LIST}?format=csv").content.decode("utf-8-sig"))))
    assert [row["reason"] for row in rows] == [row[3] for row in told]
    assert [row["what"] for row in json.loads(client.get(f"{LIST}?format=json").content)] == [
        row[0] for row in told
    ]
    assert client.get(f"{LIST}feed/").content.count(b"<entry") == 3
    assert client.get(f"{LIST}?format=pdf").status_code == 404


def test_what_is_not_public_is_told_nowhere(client: Client, organization: Organization) -> None:
    gone, waiting = pledge_with_goal(organization, title=CANARY), pledge_with_goal(organization)
    change(gone, CANARY, target=Decimal(1))
    ledger.withdraw(RecordKind.PLEDGE, gone.key, actor=SYSTEM, now=timezone.now())
    waiting.goals.update(target=Decimal(77))
    waiting.change_reason = CANARY
    waiting.save()
    open_cycle(make_cycle("grf"), actor=SYSTEM, now=timezone.now() - HOUR)
    for path in (LIST, f"{LIST}feed/", f"{LIST}?format=csv", "/en/follow-up/cycles/grf/"):
        assert CANARY not in client.get(path).content.decode()
    assert goal_changes() == []


def test_a_cycle_has_the_changes_since_the_one_before(client: Client, organization: Organization) -> None:
    pledge = pledge_with_goal(organization)
    change(pledge, "Of today.", target=Decimal(400))
    now = timezone.now()
    first = open_cycle(make_cycle("first"), actor=SYSTEM, now=now - 90 * 24 * HOUR)
    assert window_of(first) == Window((now - 90 * 24 * HOUR).date(), None)
    frozen = freeze_cycle(first, actor=SYSTEM, now=now - 9 * 24 * HOUR)
    second = open_cycle(make_cycle("second"), actor=SYSTEM, now=now - 8 * 24 * HOUR)
    assert window_of(second) == Window((now - 9 * 24 * HOUR).date(), None)
    assert [len(goal_changes(window_of(each))) for each in (frozen, second)] == [0, 1]
    assert window_of(make_cycle()).since == (now - 9 * 24 * HOUR).date()
    told = client.get("/en/follow-up/cycles/second/").text
    assert ("1 value or day of published pledges" in told, "Of today." in told) == (True, True)
    assert "Of today." not in client.get("/en/follow-up/cycles/first/").text
    assert client.get(f"{LIST}?cycle=first").context["number"] == 0
    assert client.get(f"{LIST}?cycle=second").context["number"] == 1
    planned = ReviewCycle.objects.get(state="planned")
    assert client.get(f"{LIST}?cycle={planned.slug}").context["number"] == 0


def test_the_command_finds_a_change_without_a_reason(organization: Organization, capsys: Any) -> None:
    call_command("verify_goal_changes")
    assert capsys.readouterr().out == "0 changes in 0 pledges, 0 with a reason\n"
    pledge = pledge_with_goal(organization)
    change(pledge, "The law came late.", target=Decimal(400), due_on=date(2028, 6, 30))
    pledge_with_goal(organization)
    call_command("verify_goal_changes")
    assert capsys.readouterr().out == "2 changes in 1 pledges, 2 with a reason (100 %)\n"
    kept = RecordVersion.objects.get(record__source_key=pledge.key, number=2)
    kept.content["facts"]["changes"] = kept.content["facts"]["changes"].replace("The law came late.", "")
    kept.save()
    assert len(audit().unexplained) == 2
    with pytest.raises(CommandError, match="version 2: target Licences"):
        call_command("verify_goal_changes")


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_the_list_has_the_same_number_of_queries(
    client: Client, organization: Organization, django_assert_num_queries: Any, number: int
) -> None:
    for _ in range(number):
        change(pledge_with_goal(organization), "A reason.", target=Decimal(400))
    with django_assert_num_queries(1):
        client.get(LIST)
