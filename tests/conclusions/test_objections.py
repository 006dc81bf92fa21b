"""Objections: once, in time, by who speaks for the organization; decided by another person; what changes."""

import pickle
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import VISITOR, Group, person, system
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.models import Event
from portal.conclusions.enums import Outcome
from portal.conclusions.models import Conclusions, Objection, PublicConclusions, PublicDisposition
from portal.conclusions.objections import domain, rules
from portal.conclusions.objections.receipts import receipt_of
from portal.conclusions.publishing.domain import publish_conclusions
from portal.conclusions.rules import may_publish
from portal.conclusions.states import OBJECTION_PERIOD
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions import domain as submissions
from tests.cast import make_focal_point, make_red_uno
from tests.factories import make_consultation, make_user
from tests.factories.backed_conclusions import complete, make_conclusions, recommendations_of
from tests.factories.objections import Told, make_objection, publish_with_disposition
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

pytestmark = pytest.mark.django_db
SECRET = "Zorzalcanario"


@pytest.fixture(scope="module")
def kept_rows(module_rows: None) -> bytes:
    """Made once for all tests here, each of which reads its own copies of the objects."""
    owner, organization, tree = make_focal_point(), make_red_uno(), make_consultation()
    told = publish_with_disposition(organization, tree=tree, title="Papeles en la frontera")
    return pickle.dumps({"owner": owner, "organization": organization, "tree": tree, "told": told})


@pytest.fixture
def rows(kept_rows: bytes, db: None) -> dict[str, Any]:
    return pickle.loads(kept_rows)


@pytest.fixture
def focal_point(rows: dict[str, Any]) -> User:
    return rows["owner"]


@pytest.fixture
def organization(rows: dict[str, Any]) -> Organization:
    return rows["organization"]


@pytest.fixture
def consultation_pages(rows: dict[str, Any]) -> ConsultationTree:
    return rows["tree"]


@pytest.fixture
def told(rows: dict[str, Any]) -> Told:
    return rows["told"]


@pytest.fixture
def objection(told: Told, organization: Organization, focal_point: User) -> Objection:
    return make_objection(organization, focal_point, told=told, text=SECRET)


@pytest.fixture
def decider() -> User:
    return make_user(Group.MODERATOR, language="en")


def file(told: Told, user: User | None, **fields: Any) -> Objection:
    values: dict[str, Any] = {
        "consultation_key": told.consultation_key,
        "intervention_key": told.intervention.key,
        "text": "No es así.",
        "language": "es",
        "actor": person(user) if user else VISITOR,
        "now": timezone.now(),
    }
    return domain.file_objection(**(values | fields))


def uphold(objection: Objection, user: User, **fields: Any) -> Objection:
    values: dict[str, Any] = {
        "reason": "Tienen razón.",
        "outcome": Outcome.CARRIED_OVER,
        "reasons": {"es": "Va al foro siguiente."},
        "actor": person(user),
        "now": timezone.now(),
    }
    return domain.uphold(objection, **(values | fields))


def page_of(told: Told) -> str:
    return f"/en/desk/contributions/became/{told.consultation_key}/{told.intervention.key}/objection/"


def staff_page(objection: Objection, step: str = "") -> str:
    return f"/en/desk/objections/{objection.key}/{step}"


@pytest.mark.parametrize("who", ["member_editor", "viewer_member", "other_org_member", "editor"])
def test_only_who_speaks_for_the_organization_objects(
    who: str, told: Told, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        file(told, request.getfixturevalue(who))
    with pytest.raises(NotAllowed):
        file(told, None, actor=system("demo"))
    assert not Objection.objects.exists()


def test_it_keeps_what_was_submitted_with_a_receipt(told: Told, signatory: User) -> None:
    objection = file(told, signatory, text=" No es así. ")
    receipt = receipt_of(objection)
    assert (objection.text, objection.disposed_by, objection.is_open) == ("No es así.", told.drafter, True)
    assert objection.disputed == {
        "version": 1,
        "outcome": "out_of_scope",
        "recommendation": "",
        "reason": "Otra materia.",
        "language": "es",
        "translations": {},
    }
    assert ('"text":"No es así."' in receipt.content, receipt.submitted_by) == (True, signatory)
    assert Event.objects.filter(object_kind="objection", action="filed").count() == 1


def test_it_is_possible_once(told: Told, focal_point: User, signatory: User) -> None:
    first = file(told, focal_point)
    assert file(told, focal_point) == first
    with pytest.raises(WrongState):
        file(told, signatory, text="Otra vez.")
    first.pk, first.key = None, Conclusions().key
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)
    assert Objection.objects.count() == 1


def test_it_is_possible_in_time(told: Told, focal_point: User) -> None:
    published = PublicDisposition.objects.get().conclusions.published_at
    end = published + OBJECTION_PERIOD
    with pytest.raises(WrongState):
        file(told, focal_point, now=end)
    assert file(told, focal_point, now=end - timedelta(microseconds=1)).is_open


@pytest.mark.parametrize(
    ("fields", "named"),
    [({"text": " "}, "text"), ({"text": "a" * 4001}, "text"), ({"language": "xx"}, "language")],
)
def test_what_is_missing_or_too_long_is_named(
    told: Told, focal_point: User, fields: dict[str, Any], named: str
) -> None:
    with pytest.raises(Incomplete) as refusal:
        file(told, focal_point, **fields)
    assert [problem.field for problem in refusal.value.problems] == [named]


def test_there_must_be_something_to_object_to(told: Told, focal_point: User) -> None:
    submissions.withdraw(told.intervention, actor=person(focal_point), now=timezone.now())
    with pytest.raises(WrongState):
        file(told, focal_point)


def test_four_eyes_decide(objection: Objection, told: Told, organization: Organization) -> None:
    belongs = make_user(Group.EDITOR)
    add_member(organization, belongs, "viewer")
    may = {
        "drafter": rules.can_decide(person(told.drafter), objection),
        "member": rules.can_decide(person(belongs), objection),
        "writer": rules.can_decide(person(objection.filed_by), objection),
        "observatory": rules.can_decide(person(make_user(Group.OBSERVATORY)), objection),
        "system": rules.can_decide(system("demo"), objection),
        "editor": rules.can_decide(person(make_user(Group.EDITOR)), objection),
        "moderator": rules.can_decide(person(make_user(Group.MODERATOR)), objection),
    }
    assert [name for name, is_so in may.items() if is_so] == ["editor", "moderator"]
    for user in (told.drafter, belongs):
        with pytest.raises(NotAllowed):
            domain.dismiss(objection, reason="No.", actor=person(user), now=timezone.now())
        with pytest.raises(NotAllowed):
            uphold(objection, user)
    objection.refresh_from_db()
    assert objection.is_open


@pytest.mark.parametrize("field", ["disposed_by_id", "filed_by_id"])
def test_the_database_holds_to_four_eyes(objection: Objection, field: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(
            state="dismissed",
            reason="No.",
            decided_at=timezone.now(),
            decided_by_id=getattr(objection, field),
        )


@pytest.mark.parametrize("fields", [{"reason": ""}, {"decided_at": None}])
def test_the_database_holds_to_reason_and_date(objection: Objection, fields: dict[str, Any]) -> None:
    values = {"state": "dismissed", "reason": "No.", "decided_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(**(values | fields))


def test_dismissed_nothing_changes(objection: Objection, decider: User, focal_point: User) -> None:
    with pytest.raises(Incomplete):
        domain.dismiss(objection, reason=" ", actor=person(decider), now=timezone.now())
    domain.dismiss(objection, reason="Ya está dicho.", actor=person(decider), now=timezone.now())
    objection.refresh_from_db()
    row = PublicDisposition.objects.get()
    assert (objection.state, objection.decided_by, objection.reason) == (
        "dismissed",
        decider,
        "Ya está dicho.",
    )
    assert (row.outcome, row.version, row.changed_at) == ("out_of_scope", 1, None)
    [message] = mail.outbox
    assert (message.to, message.subject) == ([focal_point.email], "Su objeción fue desestimada")
    assert ("Ya está dicho." in message.body, SECRET in message.body) == (True, False)
    with pytest.raises(WrongState):
        uphold(objection, decider)


def test_upheld_says_something_else_from_then_on(
    objection: Objection, told: Told, decider: User, client: Client
) -> None:
    part = recommendations_of(told.conclusions)[0]
    now = timezone.now()
    reflected = {"outcome": Outcome.REFLECTED, "recommendation": part.key, "reasons": {}, "now": now}
    uphold(objection, decider, **reflected)
    row = PublicDisposition.objects.get()
    assert (row.outcome, row.recommendation_key, row.reason) == ("reflected", part.key, "")
    assert (row.version, row.changed_at) == (2, now)
    kept = told.conclusions.dispositions.get()
    assert (kept.outcome, kept.part, kept.decided_by) == ("reflected", part, decider)
    record = Record.objects.get(source_key=part.key)
    assert ("draws_on", str(told.intervention.key)) in record.links.values_list("relation", "target")
    assert (record.version, record.facts["place"]) == (2, "1.1.1")
    actions = Event.objects.filter(object_kind__in=["objection", "conclusions"]).values_list(
        "action", flat=True
    )
    assert {"upheld", "disposition_changed"} <= set(actions)
    number = Record.objects.get(source_key=told.intervention.key).public_id
    for page in (f"/en/interventions/{number}/", "/en/consultations/brasilia/conclusions/"):
        text = client.get(page).text
        assert ("Changed after an objection on" in text, SECRET in text) == (True, False)
    [api] = client.get("/api/v1/conclusions/brasilia").json()["dispositions"]
    assert (api["outcome"], api["changed_at"]) == ("reflected", now.isoformat())


def test_the_force_of_a_recommendation_stays_as_published(
    objection: Objection, told: Told, decider: User
) -> None:
    part = recommendations_of(told.conclusions)[0]
    before = Record.objects.get(source_key=part.key).facts
    uphold(objection, decider, outcome=Outcome.REFLECTED, recommendation=part.key, reasons={})
    assert Record.objects.get(source_key=part.key).facts == before


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"outcome": Outcome.OUT_OF_SCOPE, "reasons": {"es": "Otra materia."}}, ["outcome"]),
        ({"outcome": Outcome.REFLECTED}, ["recommendation"]),
        ({"outcome": Outcome.NOT_REFLECTED, "reasons": {}, "reason": ""}, ["decision_reason", "reason"]),
    ],
)
def test_upholding_asks_for_what_is_missing(
    objection: Objection, decider: User, fields: dict[str, Any], named: list[str]
) -> None:
    with pytest.raises(Incomplete) as refusal:
        uphold(objection, decider, **fields)
    assert [problem.field for problem in refusal.value.problems] == named
    objection.refresh_from_db()
    assert (objection.is_open, PublicDisposition.objects.get().version) == (True, 1)


def test_an_open_draft_follows(
    objection: Objection, told: Told, decider: User, editor: User, consultation_pages: ConsultationTree
) -> None:
    draft = _next_version(told, consultation_pages)
    uphold(objection, decider)
    draft.refresh_from_db()
    row = draft.dispositions.get()
    assert (row.outcome, row.reason, draft.author) == ("carried_over", "Va al foro siguiente.", decider)
    complete(draft, editor)
    publish_conclusions(draft, actor=person(make_user(Group.EDITOR)), now=timezone.now())
    public = PublicDisposition.objects.get(conclusions__is_current=True)
    assert (public.outcome, public.changed_at is not None) == ("carried_over", True)


def test_who_said_it_anew_in_the_public_version_does_not_decide(
    objection: Objection, told: Told, decider: User
) -> None:
    assert rules.may_decide(person(decider), objection)
    told.conclusions.dispositions.update(decided_by=decider)
    assert not rules.may_decide(person(decider), objection)


def test_upholding_frees_nobody_who_drafted(
    objection: Objection, told: Told, decider: User, editor: User, consultation_pages: ConsultationTree
) -> None:
    draft = _next_version(told, consultation_pages)
    complete(draft, editor)
    uphold(objection, decider)
    draft.refresh_from_db()
    assert [may_publish(person(user), draft) for user in (editor, decider)] == [False, False]


def test_a_draft_without_the_recommendation_says_nothing_yet(
    objection: Objection, told: Told, decider: User, consultation_pages: ConsultationTree
) -> None:
    draft, part = _next_version(told, consultation_pages), recommendations_of(told.conclusions)[0]
    uphold(objection, decider, outcome=Outcome.REFLECTED, recommendation=part.key, reasons={})
    assert not draft.dispositions.exists()


def _next_version(told: Told, tree: ConsultationTree) -> Conclusions:
    """With the same disposition; its recommendations are others."""
    draft = make_conclusions(tree, number=2)
    row = told.conclusions.dispositions.get()
    row.pk, row.conclusions = None, draft
    row.save(force_insert=True)
    return draft


def test_the_organization_writes_reads_and_keeps_its_receipt(
    client: Client, told: Told, focal_point: User, viewer_member: User
) -> None:
    client.force_login(focal_point)
    assert "You can object until" in client.get(page_of(told)).text
    refused = client.post(page_of(told), {"text": " ", "language": "fr"})
    assert "Say what is wrong and what should be said instead." in refused.text
    assert '<option value="fr" selected>' in refused.text
    sent = client.post(page_of(told), {"text": SECRET, "language": "es"})
    assert (sent.status_code, sent["Location"]) == (302, page_of(told))
    receipt = receipt_of(Objection.objects.get())
    for user in (focal_point, viewer_member):
        client.force_login(user)
        text = client.get(page_of(told)).text
        assert [word in text for word in (SECRET, receipt.receipt_number, "Waits for a decision")] == [
            True
        ] * 3
        assert client.get(f"{page_of(told)}sent.json").content.decode() == receipt.content


def test_who_may_not_object_is_told_so(client: Client, told: Told, viewer_member: User) -> None:
    client.force_login(viewer_member)
    text = client.get(page_of(told)).text
    assert ("A signatory or owner of your organization can object." in text, "<textarea" in text) == (
        True,
        False,
    )
    assert client.post(page_of(told), {"text": SECRET, "language": "es"}).status_code == 403


def test_it_is_too_late(client: Client, told: Told, focal_point: User) -> None:
    PublicConclusions.objects.update(published_at=timezone.now() - OBJECTION_PERIOD)
    client.force_login(focal_point)
    text = client.get(page_of(told)).text
    assert ("Objections were possible until" in text, "<textarea" in text) == (True, False)
    assert client.post(page_of(told), {"text": SECRET, "language": "es"}).status_code == 409


@pytest.mark.parametrize("who", ["other_org_member", "moderator", "editor", "commissioner"])
def test_nobody_else_reads_the_page_of_the_organization(
    who: str, client: Client, told: Told, objection: Objection, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    for path in (page_of(told), f"{page_of(told)}sent.json"):
        answer = client.get(path)
        assert (answer.status_code, SECRET in answer.text) == (404, False)


@pytest.mark.parametrize("who", ["other_org_member", "focal_point", "commissioner"])
def test_nobody_else_reads_the_room_of_objections(
    who: str, client: Client, objection: Objection, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    for path in ("/en/desk/objections/", staff_page(objection)):
        answer = client.get(path)
        assert (answer.status_code, SECRET in answer.text) == (404, False)


@pytest.mark.long
def test_the_room_lists_what_waits_and_leads_to_the_decision(
    client: Client, objection: Objection, decider: User, told: Told
) -> None:
    client.force_login(decider)
    text = client.get("/en/desk/objections/").text
    assert ("1 objection waits" in dense(text), SECRET in text) == (True, False)
    cards = client.get("/en/desk/").context["home"].cards
    assert [(card.title, card.number) for card in cards if card.url == "/en/desk/objections/"] == [
        ("Objections", 1)
    ]
    page = client.get(staff_page(objection)).text
    assert [word in page for word in (SECRET, "Otra materia.", "Uphold it", "Dismiss it")] == [True] * 4
    client.force_login(told.drafter)
    own = client.get(staff_page(objection).replace("/en/", "/es/")).text
    assert (SECRET in own, 'name="decision_reason"' in own) == (True, False)


@pytest.mark.long
def test_a_decision_keeps_what_was_typed(client: Client, objection: Objection, decider: User) -> None:
    client.force_login(decider)
    typed = {"outcome": "reflected", "reason_es": "Sí está.", "decision_reason": "Miren bien."}
    page = dense(client.post(staff_page(objection, "uphold/"), typed).text)
    assert "Say in which recommendation it is reflected." in page
    assert ("Sí está.</textarea>" in page, "Miren bien.</textarea>" in page) == (True, True)
    missing = dense(client.post(staff_page(objection, "dismiss/"), {"decision_reason": ""}).text)
    assert '<a href="#id_dismiss_decision_reason">' in missing
    sent = client.post(staff_page(objection, "uphold/"), typed | {"outcome": "carried_over"})
    assert (sent.status_code, sent["Location"]) == (302, "/en/desk/objections/")
    assert PublicDisposition.objects.get().outcome == "carried_over"
    assert "Miren bien." in client.get(staff_page(objection)).text
    late = client.post(staff_page(objection, "dismiss/"), {"decision_reason": "No."})
    assert late.status_code == 409


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_the_list_takes_as_many_queries_whatever_it_holds(
    client: Client,
    told: Told,
    decider: User,
    focal_point: User,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    kept = file(told, focal_point)
    for _ in range(number - 1):
        kept.pk, kept.key, kept.intervention_key = None, Conclusions().key, Conclusions().key
        kept.save(force_insert=True)
    client.force_login(decider)
    with django_assert_num_queries(10):
        assert client.get("/en/desk/objections/").text.count("item__title") == number
