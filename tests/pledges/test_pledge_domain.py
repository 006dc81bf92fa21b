"""The verbs of pledges: what they change, what they refuse, what reaches the ledger."""

import hashlib
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import override

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import NotAllowed, WrongState
from portal.common.submissions import EditConflict, Incomplete, OutOfDate, canonical
from portal.interventions import domain as interventions
from portal.interventions.enums import InterventionState
from portal.interventions.models import Intervention
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.pledges import domain
from portal.pledges.drafts import PledgeFields, pledge_problems
from portal.pledges.models import Pledge
from portal.pledges.projection import handed_in
from portal.pledges.queries import outcomes_of, sources_of
from portal.publication.models import Record
from portal.records.stages import Stage
from portal.records.trace import trace
from tests.factories import make_intervention, make_organization, make_pledge

NOW = timezone.now()
COMPLETE = PledgeFields(
    external_id="GRF-1",
    forum="2023",
    title="A right to stay",
    description="While the claim is decided.",
    stage="in_progress",
    country="MX",
    outcomes=("integration", "statelessness", "integration"),
)


def complete(organization: Organization, author: User, *sources: Intervention) -> Pledge:
    actor = person(author)
    pledge = domain.create_pledge(
        organization=organization,
        language="es",
        intervention_keys=[source.key for source in sources],
        actor=actor,
        now=NOW,
    )
    return domain.save_pledge(pledge, fields=COMPLETE, revision=1, actor=actor, now=NOW)


def submitted(organization: Organization, author: User, *sources: Intervention) -> Pledge:
    pledge = complete(organization, author, *sources)
    domain.submit_pledge(pledge, submit_key=pledge.submit_key, actor=person(author), now=NOW)
    pledge.refresh_from_db()
    return pledge


def test_create_pledge_links_only_own_interventions_that_were_handed_in(
    organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    own = make_intervention(organization, state=InterventionState.SUBMITTED)
    draft = make_intervention(organization)
    foreign = make_intervention(other_organization, state=InterventionState.PUBLISHED)
    pledge = domain.create_pledge(
        organization=organization,
        language="es",
        intervention_keys=[own.key, draft.key, foreign.key, uuid4(), own.key],
        actor=person(focal_point),
        now=NOW,
    )
    assert (sources_of(pledge), pledge.country) == ((own.key,), "MX")


def test_create_pledge_is_refused_to_another_organization(
    organization: Organization, other_org_member: User
) -> None:
    with pytest.raises(NotAllowed):
        domain.create_pledge(
            organization=organization, language="es", actor=person(other_org_member), now=NOW
        )


def test_save_pledge_keeps_each_outcome_once(organization: Organization, focal_point: User) -> None:
    pledge = complete(organization, focal_point)
    assert (outcomes_of(pledge), pledge.stage) == (("integration", "statelessness"), "in_progress")


def test_save_pledge_over_a_newer_version_holds_the_stored_one(
    organization: Organization, focal_point: User
) -> None:
    pledge = complete(organization, focal_point)
    with pytest.raises(EditConflict) as caught:
        domain.save_pledge(pledge, fields=COMPLETE, revision=1, actor=person(focal_point), now=NOW)
    assert caught.value.stored.revision == 2


def test_save_pledge_refuses_a_number_in_use(organization: Organization, focal_point: User) -> None:
    make_pledge(organization, external_id="GRF-9")
    pledge = complete(organization, focal_point)
    with pytest.raises(Incomplete) as caught:
        domain.save_pledge(
            pledge, fields=PledgeFields(external_id="GRF-9"), revision=2, actor=person(focal_point), now=NOW
        )
    assert [problem.field for problem in caught.value.problems] == ["external_id"]


def test_save_pledge_refuses_what_the_table_cannot_hold(
    organization: Organization, focal_point: User
) -> None:
    pledge = complete(organization, focal_point)
    fields = PledgeFields(
        external_id="x" * 41, title="x" * 201, forum="1999", stage="done", country="ZZ", outcomes=("peace",)
    )
    with pytest.raises(Incomplete) as caught:
        domain.save_pledge(pledge, fields=fields, revision=2, actor=person(focal_point), now=NOW)
    found = {problem.field for problem in caught.value.problems}
    assert found == {"external_id", "title", "forum", "stage", "country", "outcomes"}


def test_submit_gives_a_receipt_whose_digest_anybody_can_check(
    organization: Organization, focal_point: User
) -> None:
    source = make_intervention(organization, state=InterventionState.SUBMITTED)
    pledge = complete(organization, focal_point, source)
    receipt = domain.submit_pledge(pledge, submit_key=pledge.submit_key, actor=person(focal_point), now=NOW)
    content = handed_in(Pledge.objects.get(), ("integration", "statelessness"), (source.key,))
    assert receipt.digest == hashlib.sha256(canonical(content)).hexdigest()
    again = domain.submit_pledge(pledge, submit_key=pledge.submit_key, actor=person(focal_point), now=NOW)
    assert again == receipt


def test_submit_names_what_is_missing(organization: Organization, focal_point: User) -> None:
    actor = person(focal_point)
    pledge = domain.create_pledge(organization=organization, language="es", actor=actor, now=NOW)
    Pledge.objects.update(country="", description="word " * 0)
    with pytest.raises(Incomplete) as caught:
        domain.submit_pledge(pledge, submit_key=pledge.submit_key, actor=actor, now=NOW)
    assert [problem.field for problem in caught.value.problems] == [
        "external_id",
        "forum",
        "title",
        "description",
        "country",
        "outcomes",
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


def test_submit_waits_for_verification(focal_point: User) -> None:
    unverified = make_organization(state=OrganizationState.SUBMITTED, owner=focal_point)
    pledge = complete(unverified, focal_point)
    with pytest.raises(Incomplete) as caught:
        domain.submit_pledge(pledge, submit_key=pledge.submit_key, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in caught.value.problems] == ["organization"]


def test_submit_is_refused_to_an_editor(
    organization: Organization, focal_point: User, member_editor: User
) -> None:
    pledge = complete(organization, focal_point)
    with pytest.raises(NotAllowed):
        domain.submit_pledge(pledge, submit_key=pledge.submit_key, actor=person(member_editor), now=NOW)


def test_a_returned_one_needs_a_new_key(
    organization: Organization, focal_point: User, moderator: User
) -> None:
    pledge = submitted(organization, focal_point)
    back = domain.return_pledge(pledge, reason="Which forum?", actor=person(moderator), now=NOW)
    with pytest.raises(OutOfDate):
        domain.submit_pledge(pledge, submit_key=pledge.submit_key, actor=person(focal_point), now=NOW)
    assert (back.lifecycle, back.reason) == ("returned", "Which forum?")


def test_publish_puts_the_allowed_fields_into_the_ledger(
    organization: Organization, focal_point: User, moderator: User
) -> None:
    pledge = submitted(organization, focal_point)
    record = domain.publish_pledge(pledge, actor=person(moderator), now=NOW)
    assert record.texts == {"description": "While the claim is decided."}
    assert record.facts == {
        "external_id": "GRF-1",
        "stage": "in_progress",
        "forum": "2023",
        "last_report_on": "",
    }
    assert [(link.relation, link.target) for link in record.links.all()] == [
        ("serves", "integration"),
        ("serves", "statelessness"),
    ]
    with pytest.raises(WrongState):
        domain.publish_pledge(pledge, actor=person(moderator), now=NOW)


def test_a_public_pledge_leads_to_an_intervention_only_while_it_is_public(
    organization: Organization, focal_point: User, moderator: User
) -> None:
    source = make_intervention(organization, state=InterventionState.SUBMITTED)
    pledge = submitted(organization, focal_point, source)
    record = domain.publish_pledge(pledge, actor=person(moderator), now=NOW)

    def follows() -> list[str]:
        return [joint.kind for joint in trace(record.public_id, "es").thread[Stage.INTERVENTION]]

    assert follows() == []
    interventions.publish_intervention(source, actor=person(moderator), now=NOW)
    assert follows() == ["intervention"]
    interventions.withdraw_intervention(source, actor=person(focal_point), now=NOW)
    assert follows() == []
    record.refresh_from_db()
    assert (record.version, record.is_published) == (1, True)
    assert [link.target for link in record.links.filter(relation="follows")] == [str(source.key)]


def test_withdraw_leaves_a_tombstone(organization: Organization, focal_point: User, moderator: User) -> None:
    pledge = submitted(organization, focal_point)
    domain.publish_pledge(pledge, actor=person(moderator), now=NOW)
    domain.withdraw_pledge(pledge, actor=person(focal_point), now=NOW)
    record = Record.objects.get(kind="pledge")
    assert (record.state, record.title, record.facts) == ("withdrawn", "", {})
    assert record.links.count() == 0


def test_the_key_of_another_draft_starts_nothing(
    organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    foreign = make_pledge(other_organization)
    with pytest.raises(NotAllowed):
        domain.create_pledge(
            organization=organization, language="es", key=foreign.key, actor=person(focal_point), now=NOW
        )
    assert Pledge.objects.count() == 1


def test_a_pledge_cannot_be_saved_by_a_viewer_or_after_handing_in(
    organization: Organization, focal_point: User, viewer_member: User
) -> None:
    pledge = submitted(organization, focal_point)
    with pytest.raises(NotAllowed):
        domain.save_pledge(pledge, fields=COMPLETE, revision=2, actor=person(viewer_member), now=NOW)
    with pytest.raises(WrongState):
        domain.save_pledge(pledge, fields=COMPLETE, revision=2, actor=person(focal_point), now=NOW)


def test_members_decide_nothing(organization: Organization, focal_point: User) -> None:
    pledge = submitted(organization, focal_point)
    with pytest.raises(NotAllowed):
        domain.return_pledge(pledge, reason="Why", actor=person(focal_point), now=NOW)
    with pytest.raises(NotAllowed):
        domain.publish_pledge(pledge, actor=person(focal_point), now=NOW)
    assert Pledge.objects.get().lifecycle == "submitted"


def test_return_needs_a_reason_and_publish_a_verified_organization(
    organization: Organization, focal_point: User, moderator: User
) -> None:
    pledge = submitted(organization, focal_point)
    with pytest.raises(Incomplete):
        domain.return_pledge(pledge, reason=" ", actor=person(moderator), now=NOW)
    Organization.objects.filter(pk=organization.pk).update(state=OrganizationState.SUSPENDED)
    with pytest.raises(WrongState):
        domain.publish_pledge(pledge, actor=person(moderator), now=NOW)


def test_withdraw_is_refused_to_an_editor(
    organization: Organization, focal_point: User, member_editor: User
) -> None:
    pledge = submitted(organization, focal_point)
    with pytest.raises(NotAllowed):
        domain.withdraw_pledge(pledge, actor=person(member_editor), now=NOW)
