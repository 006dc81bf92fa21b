"""Whoever belongs to an organization that says a text, too, decides nothing about it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person
from portal.common.errors import NotAllowed
from portal.joint.queries import signatures_of
from portal.moderation import domain, queries, rules
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.practices.drafts import PracticeFields
from portal.practices.models import Practice
from portal.publication.translating import original_digest
from portal.submissions import domain as submissions
from portal.submissions.models import Measure
from portal.submissions.redress import appeals
from portal.submissions.redress.redacting import redact
from portal.submissions.types import review_type
from portal.translations.domain import Entered, enter
from portal.translations.enums import EnteredAs
from portal.translations.queries import record_of
from tests.factories import make_practice, make_user, publish_organization
from tests.factories.joint import ask, invite, make_signatories, owner_of, sign
from tests.factories.networks import make_network, make_network_member
from tests.factories.organizations import add_member

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PRACTICE = review_type("practice")


@pytest.fixture
def others(organization: Organization) -> list[Organization]:
    """Has signed, was asked and has not, and belongs to the network."""
    return make_signatories(3)


@pytest.fixture
def text(organization: Organization, others: list[Organization]) -> Practice:
    network = make_network(is_public=True)
    publish_organization(organization)
    for each in (organization, others[2]):
        make_network_member(network, each)
    draft = ask(invite(make_practice(organization), *others[:2], network=network))
    sign(draft, others[0])
    draft.refresh_from_db()
    actor = person(owner_of(organization))
    submissions.submit(draft, submit_key=draft.submit_key, actor=actor, now=NOW)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def two(others: list[Organization]) -> list[Actor]:
    return [moderator_of(others[0]), moderator_of(others[2])]


def moderator_of(organization: Organization) -> Actor:
    user = make_user(Group.MODERATOR, email=f"m-{uuid4().hex}@example.org")
    add_member(organization, user, Role.VIEWER)
    return person(user)


def decides(actor: Actor, subject: Any, kind: str = "practice") -> bool:
    return rules.may_review(actor, review_type(kind), subject)


def test_neither_signatories_nor_the_network_decide_about_a_joint_statement(
    text: Practice, two: list[Actor], others: list[Organization], moderator: User
) -> None:
    told = "Your organization says this, too, so somebody else has to decide."
    with translation.override("en"):
        assert [rules.refusal(by, PRACTICE, text) for by in two] == [told] * 2
    assert decides(moderator_of(others[1]), text), "asked, and has not signed"
    why = {"ground": "danger", "reason": "It names somebody."}
    verbs: list[Callable[[Actor], object]] = [
        lambda by: domain.decide("practice", text.key, "approved", actor=by, now=NOW),
        lambda by: domain.decide("practice", text.key, "declined", **why, actor=by, now=NOW),
        lambda by: domain.take("practice", text.key, actor=by, now=NOW),
        lambda by: _assigned(text, by, moderator),
        lambda by: redact(text, field="title", words="a", ground="name", reason="R", actor=by, now=NOW),
    ]
    for verb in verbs:
        for by in two:
            with pytest.raises(NotAllowed):
                verb(by)


def _assigned(text: Practice, to: Actor, moderator: User) -> object:
    user = User.objects.get(pk=to.user_id)
    return domain.assign("practice", text.key, user, actor=person(moderator), now=NOW)


def test_nor_do_they_settle_what_was_done_against_it(
    text: Practice, two: list[Actor], organization: Organization, moderator: User
) -> None:
    author, judge = person(owner_of(organization)), person(moderator)
    domain.decide("practice", text.key, "approved", actor=judge, now=NOW)
    domain.decide("practice", text.key, "taken_down", ground="danger", reason="R", actor=judge, now=NOW)
    measure = Measure.objects.get()
    assert [decides(by, measure, "take_down") for by in two] == [False, False]
    domain.decide("take_down", measure.key, "confirmed", actor=_second(), now=NOW)
    measure.refresh_from_db()
    appeal = appeals.appeal(measure, text="No shelter is named.", language="es", actor=author, now=NOW)
    assert [decides(by, appeal, "appeal") for by in two] == [False, False]
    assert decides(_second(), appeal, "appeal")


def test_nor_about_its_translations(
    text: Practice, two: list[Actor], others: list[Organization], editor: User, moderator: User
) -> None:
    domain.decide("practice", text.key, "approved", actor=person(moderator), now=NOW)
    record = record_of("practice", text.key)
    assert record is not None
    given = Entered("fr", EnteredAs.SECRETARIAT, "", "Un titre", {}, original_digest(record))
    row = enter(text, given, actor=person(editor), now=NOW)
    assert [decides(by, row, "translation") for by in (*two, _second())] == [False, False, True]
    for by in two:
        with pytest.raises(NotAllowed):
            enter(text, given, actor=by, now=NOW)
    with translation.override("en"):
        told = rules.refusal(two[0], review_type("translation"), row)
    assert told == "Your organization says this, too, so somebody else has to decide."


def _second() -> Actor:
    return person(make_user(Group.MODERATOR, email=f"s-{uuid4().hex}@example.org"))


def test_nor_about_a_correction_before_they_have_signed_it(
    text: Practice, others: list[Organization], organization: Organization, moderator: User
) -> None:
    signed, author = moderator_of(others[0]), person(owner_of(organization))
    submissions.publish(text, actor=person(moderator), now=NOW)
    text.refresh_from_db()
    submissions.open_correction(text, actor=author, now=NOW)
    text.refresh_from_db()
    fields = PracticeFields(title="Written anew")
    submissions.save_draft(text, fields=fields, revision=text.revision, actor=author, now=NOW)
    text.refresh_from_db()
    ask(text)
    assert [row.state for row in signatures_of(text)] == ["asked", "asked"]
    assert not decides(signed, text)


def test_rows_of_a_list_ask_once_for_all(
    text: Practice, two: list[Actor], django_assert_num_queries: Any
) -> None:
    rows = queries.subjects(PRACTICE, [text.key], two[0])
    assert two[0].has(Group.MODERATOR)
    with django_assert_num_queries(0):
        assert [decides(two[0], row) for row in rows.values()] == [False]
