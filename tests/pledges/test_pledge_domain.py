"""What is a pledge's own: its number, outcomes and sources, what of it reaches the ledger."""

from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import override

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete
from portal.organizations.models import Organization
from portal.pledges.drafts import PledgeFields, pledge_problems
from portal.pledges.models import Pledge
from portal.pledges.queries import outcomes_of, sources_of
from portal.pledges.submission import PLEDGE
from portal.records.stages import Stage
from portal.records.trace import trace
from portal.submissions import domain
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, make_pledge

NOW = timezone.now()


def test_a_draft_links_only_own_interventions_that_were_submitted(
    organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    own = make_intervention(organization, state=SubmissionState.SUBMITTED)
    draft = make_intervention(organization)
    foreign = make_intervention(other_organization, state=SubmissionState.PUBLISHED)
    pledge = domain.create_draft(
        PLEDGE,
        organization=organization,
        language="es",
        fields=PledgeFields(
            country="MX", intervention_keys=(own.key, draft.key, foreign.key, uuid4(), own.key)
        ),
        actor=person(focal_point),
        now=NOW,
    )
    assert (sources_of(pledge), Pledge.objects.get().country) == ((own.key,), "MX")


def test_each_outcome_is_kept_once(organization: Organization, focal_point: User) -> None:
    pledge = make_pledge(organization, outcomes=())
    fields = PledgeFields(outcomes=("integration", "statelessness", "integration"), stage="in_progress")
    saved = domain.save_draft(pledge, fields=fields, revision=1, actor=person(focal_point), now=NOW)
    assert (outcomes_of(saved), saved.stage) == (("integration", "statelessness"), "in_progress")


@pytest.mark.parametrize(
    ("fields", "reported"),
    [
        (PledgeFields(external_id="GRF-9"), {"external_id"}),
        (
            PledgeFields(
                external_id="x" * 41,
                title="x" * 201,
                forum="1999",
                stage="done",
                country="ZZ",
                outcomes=("peace",),
            ),
            {"external_id", "title", "forum", "stage", "country", "outcomes"},
        ),
    ],
)
def test_saving_refuses_a_number_in_use_and_what_the_table_cannot_hold(
    organization: Organization, focal_point: User, fields: PledgeFields, reported: set[str]
) -> None:
    make_pledge(organization, external_id="GRF-9", state=SubmissionState.SUBMITTED)
    pledge = make_pledge(organization)
    with pytest.raises(Incomplete) as caught:
        domain.save_draft(pledge, fields=fields, revision=1, actor=person(focal_point), now=NOW)
    assert {problem.field for problem in caught.value.problems} == reported


def test_publish_puts_the_allowed_fields_into_the_ledger(organization: Organization, moderator: User) -> None:
    pledge = make_pledge(
        organization,
        state=SubmissionState.SUBMITTED,
        external_id="GRF-1",
        stage="in_progress",
        outcomes=("integration", "statelessness"),
        submitted_at=NOW,
    )
    record = domain.publish(pledge, actor=person(moderator), now=NOW)
    assert record.texts == {"description": pledge.description}
    assert record.facts == {
        "external_id": "GRF-1",
        "stage": "in_progress",
        "forum": "2023",
        "last_report_on": "",
        "pledge_kind": "individual",
    }
    assert [(link.relation, link.target) for link in record.links.all()] == [
        ("serves", "integration"),
        ("serves", "statelessness"),
    ]


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("en", 601, "Shorten the description by 1 word."),
        ("en", 602, "Shorten the description by 2 words."),
        ("es", 601, "Acorte la descripción en 1 palabra."),
        ("pt", 601, "Encurte a descrição em 1 palavra."),
        ("fr", 601, "Raccourcissez la description de 1 mot."),
    ],
)
def test_one_word_too_many_is_counted_as_one(language: str, words: int, told: str) -> None:
    with override(language):
        problems = pledge_problems(Pledge(description="word " * words))
        assert [str(each.message) for each in problems if each.field == "description"] == [told]


def test_a_public_pledge_leads_to_an_intervention_only_while_it_is_public(
    organization: Organization, focal_point: User, moderator: User
) -> None:
    source = make_intervention(organization, state=SubmissionState.SUBMITTED)
    pledge = make_pledge(organization, state=SubmissionState.SUBMITTED, interventions=[source.key])
    record = domain.publish(pledge, actor=person(moderator), now=NOW)

    def follows() -> list[str]:
        return [link.kind for link in trace(record.public_id, "es").stages[Stage.INTERVENTION]]

    assert follows() == []
    domain.publish(source, actor=person(moderator), now=NOW)
    assert follows() == ["intervention"]
    domain.withdraw(source, actor=person(focal_point), now=NOW)
    assert follows() == []
    record.refresh_from_db()
    assert (record.version, record.is_published) == (1, True)
    assert [link.target for link in record.links.filter(relation="follows")] == [str(source.key)]
