"""The worker compares what is public and proposes pairs: never a draft, nothing twice that was decided."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.organizations.models import Organization
from portal.pledges.duplicate_models import PledgePair
from portal.pledges.duplicates import domain
from portal.pledges.duplicates.domain import Judging
from portal.pledges.duplicates.proposing import KIND, compare, note_comparison
from portal.pledges.duplicates.queries import changed, proposed
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.submissions.domain import correct, open_correction
from portal.work.declarations import LONG
from portal.work.domain import claim
from portal.work.models import Job
from portal.work.running import run
from tests.factories import make_pledge, publish_pledge
from tests.factories.pledge_pairs import make_public_pledge

pytestmark = pytest.mark.django_db
NOW = timezone.now()
WORDS = "Brigadas móviles inscribirán a 1.240 niñas y niños nacidos en camino cerca de Tapachula."
DAYS = {"starts_on": NOW.date(), "ends_on": NOW.date() + timedelta(days=400)}
CANARY = "zunzuncanario"


class Steps:
    """A task that counts its steps."""

    payload: Mapping[str, Any] = {}

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []

    def progress(self, done: int, total: int) -> None:
        self.told.append((done, total))

    def finish(self, result: Mapping[str, Any] | None = None) -> None:
        """Nothing."""


def two_alike(organization: Organization, **fields: object) -> tuple[Pledge, Pledge]:
    values = {"title": "Inscripción de nacimientos", "description": WORDS, **DAYS} | fields
    return make_public_pledge(organization, **values), make_public_pledge(organization, **values)


def compared() -> list[tuple[int, int]]:
    compare(Steps(), now=timezone.now())
    return list(proposed().order_by("pk").values_list("one_id", "other_id"))


def test_what_is_alike_is_proposed_with_its_signals(organization: Organization) -> None:
    one, other = two_alike(organization)
    make_public_pledge(organization, title="Agua limpia", description="Perforaremos 30 pozos.", country="CL")
    assert compared() == [(one.pk, other.pk)]
    pair = PledgePair.objects.get()
    assert pair.signals | {"alike_text": 1, "alike_title": 1} == {
        **dict.fromkeys(
            ("same_lead", "same_place", "same_days", "same_year", "same_figures", "rare_figure"), 1
        ),
        **dict.fromkeys(("alike_text", "alike_title"), 1),
    }


def test_the_clock_notes_one_job_and_only_for_what_is_new(
    organization: Organization, django_assert_num_queries: Any
) -> None:
    two_alike(organization)
    note_comparison()
    note_comparison()
    assert Job.objects.filter(kind=KIND).count() == 1
    job = claim(LONG, worker="tests", lease=timedelta(minutes=1), now=timezone.now())
    assert job is not None
    assert run(job, stopped=lambda: False)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"compared": 2, "likely": 1})
    with django_assert_num_queries(1):
        note_comparison()
    assert Job.objects.filter(kind=KIND).count() == 1


def test_a_draft_and_what_waits_are_never_compared(
    organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    """Neither with what is public nor with each other, and no word of a correction either."""
    public = make_public_pledge(organization, title="Inscripción de nacimientos", description=WORDS, **DAYS)
    for state in ("draft", "submitted", "returned", "withdrawn"):
        make_pledge(other_organization, state=state, title=CANARY, description=WORDS, reason="x", **DAYS)
    writing = make_public_pledge(other_organization, title="Agua", description="Pozos.", country="CL")
    open_correction(writing, actor=person(writing_owner(other_organization)), now=NOW)
    Pledge.objects.filter(pk=writing.pk).update(title=CANARY, description=WORDS, **DAYS)
    assert compared() == []
    assert set(changed()) == set()
    assert published(RecordKind.PLEDGE).filter(source_key=public.key).exists()


def writing_owner(organization: Organization) -> User:
    return organization.memberships.get(role="owner").user


def test_a_pair_goes_when_one_side_says_something_else(organization: Organization) -> None:
    one, other = two_alike(organization)
    assert compared() == [(one.pk, other.pk)]
    rewritten(other, title="Agua limpia", description="Perforaremos 30 pozos.", country="CL")
    assert compared() == []
    assert not PledgePair.objects.exists()


def rewritten(pledge: Pledge, **fields: object) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(**fields)
    correct(Pledge.objects.get(pk=pledge.pk), actor=system("tests"), now=timezone.now())


@pytest.mark.long
def test_different_is_asked_again_only_when_more_speaks_for_it(
    organization: Organization, editor: User
) -> None:
    one, other = two_alike(organization, ends_on=None)
    rewritten(other, starts_on=None, description="Brigadas inscribirán a niñas y niños cerca de Tapachula.")
    PledgePair.objects.all().delete()
    pair = PledgePair.objects.create(
        one=one, other=other, score=0.6, digests=["", ""], compared_at=NOW, signals={}
    )
    judging = Judging(reason="Two towns", actor=person(editor), now=NOW)
    domain.call_different(pair, judging=judging)
    PledgePair.objects.update(score=0.9)
    assert compared() == []
    rewritten(other, description=WORDS, starts_on=DAYS["starts_on"])
    assert compared() == [(one.pk, other.pk)]
    pair.refresh_from_db()
    assert (pair.decision, pair.reason, pair.decided_by) == ("", "", None)


@pytest.mark.few(1)
@pytest.mark.parametrize("decision", ["related", "same"])
def test_any_other_decision_stands(organization: Organization, editor: User, decision: str) -> None:
    one, other = two_alike(organization)
    compared()
    judging = Judging(reason="", actor=person(editor), now=NOW)
    pair = PledgePair.objects.get()
    if decision == "related":
        domain.call_related(pair, judging=judging)
        rewritten(other, title="Inscripción de nacimientos en camino")
    else:
        domain.call_same(pair, survivor=one, judging=judging)
    assert compared() == []
    assert [row.decision for row in PledgePair.objects.all()] == [decision]


def test_only_what_is_new_is_compared(organization: Organization) -> None:
    two_alike(organization)
    compare(Steps(), now=NOW)
    publish_pledge(make_pledge(organization, title="Agua limpia", description="Pozos.", country="CL"))
    steps = Steps()
    assert compare(steps, now=NOW) == {"compared": 1, "likely": 0}
    assert steps.told == [(0, 1)]


@pytest.mark.few(1)
@pytest.mark.parametrize("number", [2, 6])
def test_queries_of_the_job(organization: Organization, django_assert_num_queries: Any, number: int) -> None:
    for _each in range(number // 2):
        two_alike(organization)
    with django_assert_num_queries(12):
        compare(Steps(), now=NOW)
