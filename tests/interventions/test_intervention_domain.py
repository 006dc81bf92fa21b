"""The verbs of interventions: what they change, what they refuse, what reaches the ledger."""

import hashlib
import json
from uuid import uuid4

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import NotAllowed, WrongState
from portal.common.events import history
from portal.common.ids import ALPHABET
from portal.common.submissions import EditConflict, Incomplete, OutOfDate, Receipt, canonical
from portal.interventions import domain
from portal.interventions.drafts import DraftFields
from portal.interventions.enums import InterventionState
from portal.interventions.models import Intervention
from portal.interventions.projection import handed_in
from portal.interventions.queries import question_keys
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.publication.models import Record
from tests.factories import make_intervention, make_organization
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY

NOW = timezone.now()


def started(organization: Organization, author: User, pages: ConsultationTree) -> Intervention:
    return domain.create_draft(
        organization=organization,
        question_keys=pages.questions,
        language="pt",
        actor=person(author),
        now=NOW,
    )


def complete(organization: Organization, author: User, pages: ConsultationTree) -> Intervention:
    draft = started(organization, author, pages)
    fields = DraftFields(title="Registro", body=BODY, country="BR", recommendations=("One", " ", "Two"))
    return domain.save_draft(draft, fields=fields, revision=draft.revision, actor=person(author), now=NOW)


def submitted(organization: Organization, author: User, pages: ConsultationTree) -> Intervention:
    draft = complete(organization, author, pages)
    domain.submit_intervention(draft, submit_key=draft.submit_key, actor=person(author), now=NOW)
    draft.refresh_from_db()
    return draft


def test_create_draft_keeps_questions_that_exist(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    first, second = consultation_pages.questions
    draft = domain.create_draft(
        organization=organization,
        question_keys=[second, uuid4(), first, second],
        language="fr",
        actor=person(focal_point),
        now=NOW,
    )
    assert question_keys(draft) == (second, first)
    assert (draft.state, draft.language, draft.author) == ("draft", "fr", focal_point)


def test_create_draft_is_refused_to_a_viewer(
    organization: Organization, viewer_member: User, consultation_pages: ConsultationTree
) -> None:
    with pytest.raises(NotAllowed):
        started(organization, viewer_member, consultation_pages)
    assert Intervention.objects.count() == 0


def test_save_draft_changes_only_what_is_given(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    draft = complete(organization, focal_point, consultation_pages)
    saved = domain.save_draft(
        draft, fields=DraftFields(title="New"), revision=2, actor=person(focal_point), now=NOW
    )
    assert (saved.title, saved.body, saved.recommendations) == ("New", BODY, ["One", "Two"])
    assert (saved.revision, question_keys(saved)) == (3, tuple(consultation_pages.questions))


def test_save_draft_over_a_newer_version_holds_the_stored_one(
    organization: Organization, focal_point: User, member_editor: User, consultation_pages: ConsultationTree
) -> None:
    draft = complete(organization, focal_point, consultation_pages)
    domain.save_draft(
        draft, fields=DraftFields(title="Theirs"), revision=2, actor=person(member_editor), now=NOW
    )
    with pytest.raises(EditConflict) as caught:
        domain.save_draft(
            draft, fields=DraftFields(title="Mine"), revision=2, actor=person(focal_point), now=NOW
        )
    assert caught.value.stored.title == "Theirs"
    assert Intervention.objects.get().title == "Theirs"


def test_save_draft_refuses_what_the_table_cannot_hold(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    draft = started(organization, focal_point, consultation_pages)
    fields = DraftFields(title="x" * 201, country="ZZ", language="de", form="poem")
    with pytest.raises(Incomplete) as caught:
        domain.save_draft(draft, fields=fields, revision=1, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in caught.value.problems] == ["title", "language", "country", "form"]


def test_submit_gives_a_receipt_whose_digest_anybody_can_check(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    draft = complete(organization, focal_point, consultation_pages)
    receipt = domain.submit_intervention(
        draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW
    )
    stored = Intervention.objects.get()
    content = handed_in(stored, consultation_pages.questions)
    assert receipt == Receipt(stored.receipt_number, NOW, hashlib.sha256(canonical(content)).hexdigest())
    assert json.loads(canonical(content))["body"] == BODY
    assert (stored.state, set(receipt.number) <= {*ALPHABET, "-"}) == ("submitted", True)


def test_submit_twice_with_one_key_gives_the_same_receipt(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    draft = complete(organization, focal_point, consultation_pages)
    actor, key = person(focal_point), draft.submit_key
    receipts = [
        domain.submit_intervention(draft, submit_key=key, actor=actor, now=timezone.now()) for _ in range(2)
    ]
    assert receipts[0] == receipts[1]
    assert history("intervention", draft.key).filter(action="submitted").count() == 1


def test_submit_takes_another_number_when_one_is_taken(
    organization: Organization,
    focal_point: User,
    consultation_pages: ConsultationTree,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_intervention(organization, state=InterventionState.SUBMITTED, receipt_number="AAAAA-AAAAA")
    letters = iter("A" * 10 + "B" * 10)
    monkeypatch.setattr("secrets.choice", lambda alphabet: next(letters))
    draft = complete(organization, focal_point, consultation_pages)
    receipt = domain.submit_intervention(
        draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW
    )
    assert receipt.number == "BBBBB-BBBBB"


def test_submit_with_an_old_key_sends_nothing(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    draft = complete(organization, focal_point, consultation_pages)
    read_before = draft.submit_key
    actor = person(focal_point)
    domain.save_draft(draft, fields=DraftFields(body=BODY + " More."), revision=2, actor=actor, now=NOW)
    with pytest.raises(OutOfDate):
        domain.submit_intervention(draft, submit_key=read_before, actor=actor, now=NOW)
    assert Intervention.objects.get().state == "draft"


def test_a_returned_one_needs_a_new_key(
    organization: Organization, focal_point: User, moderator: User, consultation_pages: ConsultationTree
) -> None:
    draft = submitted(organization, focal_point, consultation_pages)
    used = draft.submit_key
    back = domain.return_intervention(draft, reason=" Name the town. ", actor=person(moderator), now=NOW)
    assert (back.state, back.reason, back.submit_key == used) == ("returned", "Name the town.", False)
    with pytest.raises(OutOfDate):
        domain.submit_intervention(draft, submit_key=used, actor=person(focal_point), now=NOW)
    again = domain.submit_intervention(
        back, submit_key=back.submit_key, actor=person(focal_point), now=timezone.now()
    )
    assert (again.number == draft.receipt_number, Intervention.objects.get().reason) == (False, "")


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"title": " "}, ["title"]),
        ({"country": ""}, ["country"]),
        ({"body": "Too short."}, ["body"]),
        ({"body": "word " * 1201}, ["body"]),
        ({"recommendations": ["a", "b", "c", "d"]}, ["recommendations"]),
        ({"recommendations": ["a", "b" * 601]}, ["recommendation_2"]),
        ({"title": "", "body": ""}, ["title", "body"]),
    ],
)
def test_submit_names_what_is_missing(
    organization: Organization,
    focal_point: User,
    consultation_pages: ConsultationTree,
    changes: dict[str, object],
    fields: list[str],
) -> None:
    draft = complete(organization, focal_point, consultation_pages)
    Intervention.objects.filter(pk=draft.pk).update(**changes)
    with pytest.raises(Incomplete) as caught:
        domain.submit_intervention(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in caught.value.problems] == fields


def test_submit_needs_a_question_that_exists(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    draft = complete(organization, focal_point, consultation_pages)
    for page in consultation_pages.question_pages[0].values():
        page.unpublish()
    for page in consultation_pages.question_pages[1].values():
        page.unpublish()
    with pytest.raises(Incomplete) as caught:
        domain.submit_intervention(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in caught.value.problems] == ["questions"]
    draft.answers.all().delete()
    with pytest.raises(Incomplete):
        domain.submit_intervention(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)


def test_only_handing_in_waits_for_verification(
    focal_point: User, consultation_pages: ConsultationTree
) -> None:
    unverified = make_organization(state=OrganizationState.DRAFT, owner=focal_point)
    draft = complete(unverified, focal_point, consultation_pages)
    with pytest.raises(Incomplete) as caught:
        domain.submit_intervention(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in caught.value.problems] == ["organization"]
    assert (Intervention.objects.get().title, Intervention.objects.get().state) == ("Registro", "draft")


def test_publish_puts_the_allowed_fields_into_the_ledger(
    organization: Organization, focal_point: User, moderator: User, consultation_pages: ConsultationTree
) -> None:
    draft = submitted(organization, focal_point, consultation_pages)
    Intervention.objects.filter(pk=draft.pk).update(
        translations=[
            {"language": "en", "title": "Registry", "body": "In English.", "recommendations": ["1"]}
        ]
    )
    record = domain.publish_intervention(draft, actor=person(moderator), now=NOW)
    assert (record.title, record.language, record.country, record.type_code, record.year) == (
        "Registro",
        "pt",
        "BR",
        "refugee_led",
        NOW.year,
    )
    assert record.texts == {"body": BODY, "recommendations": ["One", "Two"]}
    assert record.facts == {"form": "intervention"}
    assert record.organization.title == organization.name
    assert [(link.relation, link.target) for link in record.links.all()] == [
        ("answers", str(key)) for key in consultation_pages.questions
    ]
    translation = record.translations.get()
    assert (translation.language, translation.kind, translation.title, translation.texts) == (
        "en",
        "official",
        "Registry",
        {"body": "In English.", "recommendations": ["1"]},
    )


def test_publish_is_refused_to_somebody_of_the_organization(
    organization: Organization, focal_point: User, moderator: User, consultation_pages: ConsultationTree
) -> None:
    draft = submitted(organization, focal_point, consultation_pages)
    organization.memberships.create(user=moderator, role="viewer", since=NOW)
    with pytest.raises(NotAllowed):
        domain.publish_intervention(draft, actor=person(moderator), now=NOW)
    with pytest.raises(NotAllowed):
        domain.return_intervention(draft, reason="Why", actor=person(moderator), now=NOW)
    assert Record.objects.filter(kind="intervention").count() == 0


def test_publish_twice_says_that_it_was_done(
    organization: Organization, focal_point: User, moderator: User, consultation_pages: ConsultationTree
) -> None:
    draft = submitted(organization, focal_point, consultation_pages)
    domain.publish_intervention(draft, actor=person(moderator), now=NOW)
    with pytest.raises(WrongState):
        domain.publish_intervention(draft, actor=person(moderator), now=NOW)


def test_return_needs_a_reason(
    organization: Organization, focal_point: User, moderator: User, consultation_pages: ConsultationTree
) -> None:
    draft = submitted(organization, focal_point, consultation_pages)
    with pytest.raises(Incomplete):
        domain.return_intervention(draft, reason="  ", actor=person(moderator), now=NOW)
    assert Intervention.objects.get().state == "submitted"


def test_withdraw_leaves_a_tombstone_and_keeps_the_text_for_its_authors(
    organization: Organization, focal_point: User, moderator: User, consultation_pages: ConsultationTree
) -> None:
    draft = submitted(organization, focal_point, consultation_pages)
    domain.publish_intervention(draft, actor=person(moderator), now=NOW)
    withdrawn = domain.withdraw_intervention(draft, actor=person(focal_point), now=NOW)
    record = Record.objects.get(kind="intervention")
    assert (record.state, record.title, record.texts, record.links.count()) == ("withdrawn", "", {}, 0)
    assert (withdrawn.state, withdrawn.body) == ("withdrawn", BODY)


def test_a_draft_cannot_be_saved_after_it_was_handed_in(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    draft = submitted(organization, focal_point, consultation_pages)
    with pytest.raises(WrongState):
        domain.save_draft(
            draft, fields=DraftFields(title="Late"), revision=2, actor=person(focal_point), now=NOW
        )
    assert Intervention.objects.get().title == "Registro"


def test_the_key_of_another_draft_starts_nothing(
    organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    foreign = make_intervention(other_organization)
    with pytest.raises(NotAllowed):
        domain.create_draft(
            organization=organization,
            question_keys=[],
            language="es",
            key=foreign.key,
            actor=person(focal_point),
            now=NOW,
        )
    assert Intervention.objects.count() == 1


def test_publish_waits_for_an_organization_that_was_suspended(
    organization: Organization, moderator: User
) -> None:
    waiting = make_intervention(organization, state=InterventionState.SUBMITTED)
    Organization.objects.filter(pk=organization.pk).update(state=OrganizationState.SUSPENDED)
    with pytest.raises(WrongState):
        domain.publish_intervention(waiting, actor=person(moderator), now=NOW)
    assert Intervention.objects.get().state == "submitted"


def test_withdraw_is_refused_to_an_editor(organization: Organization, member_editor: User) -> None:
    waiting = make_intervention(organization, state=InterventionState.SUBMITTED)
    with pytest.raises(NotAllowed):
        domain.withdraw_intervention(waiting, actor=person(member_editor), now=NOW)
