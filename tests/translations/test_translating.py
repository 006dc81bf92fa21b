"""Translations beside published texts: who enters and decides, what becomes public, stale, and gone again."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.interventions.models import Intervention
from portal.moderation import leaving_out
from portal.moderation.domain import decide
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.organizations.protecting import protect
from portal.publication import domain as ledger
from portal.publication.models import Record
from portal.publication.queries import as_published, reading
from portal.publication.translating import original_digest
from portal.submissions import domain as submissions
from portal.submissions.amending import domain as amending
from portal.submissions.amending_enums import Part
from portal.submissions.redress.redacting import shown_again
from portal.submissions.redress.taking_down import confirm_take_down, take_down, undo_take_down
from portal.submissions.redress.upkeep import end_take_downs
from portal.submissions.redress_enums import APPEAL_FOR
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from portal.translations import domain, queries
from portal.translations.enums import RETURNED_FOR, EnteredAs, RequestState
from portal.translations.models import TranslationRequest
from tests.factories import (
    make_intervention,
    make_practice,
    make_user,
    publish_intervention,
    publish_practice,
)
from tests.factories.organizations import add_member
from tests.locks import locked_tables
from tests.work.conftest import do_all

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SECRET = "zqcanario"
OFFICIAL, DRAFT, OWN = EnteredAs.SECRETARIAT, EnteredAs.MACHINE, EnteredAs.ORGANIZATION


@pytest.fixture
def text(organization: Organization, focal_point: User) -> Intervention:
    row = make_intervention(
        organization,
        state=SubmissionState.PUBLISHED,
        author=focal_point,
        title="Los sábados",
        body=f"Abren {SECRET} los sábados.",
        recommendations=["Abrir.", "Pagar."],
    )
    publish_intervention(row)
    return row


def record_of(text: Any) -> Record:
    record = queries.record_of(text.kind, text.key)
    assert record is not None
    return record


def entered(text: Any, how: EnteredAs = OFFICIAL, into: str = "en", word: str = "") -> domain.Entered:
    texts: dict[str, Any] = {"body": f"Open {word} on Saturdays.", "recommendations": ["Open.", "Pay."]}
    source = "Tool 3" if how == DRAFT else ""
    return domain.Entered(into, how, source, "Saturdays", texts, original_digest(record_of(text)))


def enter(text: Any, user: User, how: EnteredAs = OFFICIAL, **more: Any) -> TranslationRequest:
    return domain.enter(text, entered(text, how, **more), actor=person(user), now=NOW)


def stands(text: Any) -> dict[str, tuple[str, str, bool]]:
    record = record_of(text)
    rows = record.translations.all()
    return {row.language: (row.kind, row.made_by, row.of_version != record.version) for row in rows}


def second() -> Actor:
    return person(make_user(Group.MODERATOR))


def test_an_official_translation_is_public_once_a_second_person_has_read_it(
    text: Intervention, editor: User, moderator: User, focal_point: User
) -> None:
    row = enter(text, editor)
    assert (row.state, stands(text)) == (RequestState.SUBMITTED, {})
    decide("translation", row.key, "made_public", actor=person(moderator), now=NOW)
    row.refresh_from_db()
    shown = reading(record_of(text), "en")
    assert (row.state, row.texts) == (RequestState.PUBLISHED, {})
    assert (shown.title, shown.texts["recommendations"], shown.label) == (
        "Saturdays",
        ["Open.", "Pay."],
        "official",
    )
    do_all("mail")
    (sent,) = mail.outbox
    assert (sent.to, "Open" in sent.body) == ([focal_point.email], False)


def test_who_wrote_it_does_not_decide(text: Intervention, moderator: User) -> None:
    row = enter(text, moderator)
    with pytest.raises(NotAllowed):
        decide("translation", row.key, "made_public", actor=person(moderator), now=NOW)
    assert stands(text) == {}


def test_a_draft_of_a_machine_is_public_at_once_with_its_label_and_its_organization_is_told(
    text: Intervention, editor: User, focal_point: User
) -> None:
    enter(text, editor, DRAFT)
    shown = reading(record_of(text), "en")
    assert (shown.label, shown.source, stands(text)) == (
        "machine",
        "Tool 3",
        {"en": ("machine", "secretariat", False)},
    )
    do_all("mail")
    (sent,) = mail.outbox
    assert (sent.to, "Tool 3" in sent.body) == ([focal_point.email], True)


def test_a_draft_never_takes_the_place_of_what_is_official_and_current(
    text: Intervention, editor: User
) -> None:
    row = enter(text, editor)
    domain.publish(row, actor=second(), now=NOW)
    with pytest.raises(WrongState):
        enter(text, editor, DRAFT)
    assert stands(text) == {"en": ("official", "secretariat", False)}


def test_a_draft_waits_for_what_is_official_and_waits(
    text: Intervention, editor: User, moderator: User
) -> None:
    row = enter(text, editor, word="ours")
    with pytest.raises(WrongState):
        enter(text, moderator, DRAFT)
    row.refresh_from_db()
    assert (row.state, row.author, stands(text)) == (RequestState.SUBMITTED, editor, {})
    assert (row.entered_as, row.texts["body"]) == (OFFICIAL, "Open ours on Saturdays.")


@pytest.mark.parametrize("how", [DRAFT, EnteredAs.SERVICE])
def test_a_draft_or_service_needs_its_name(text: Intervention, editor: User, how: EnteredAs) -> None:
    given = replace(entered(text, how), source="")
    with pytest.raises(Incomplete) as refusal:
        domain.enter(text, given, actor=person(editor), now=NOW)
    assert [problem.field for problem in refusal.value.problems] == ["source"]


def test_roles(
    text: Intervention,
    focal_point: User,
    signatory: User,
    member_editor: User,
    viewer_member: User,
    other_org_member: User,
    moderator: User,
    editor: User,
    commissioner: User,
) -> None:
    """Who speaks for the organization enters as that alone; of others the staff that translates."""
    people = {
        "owner": focal_point,
        "signatory": signatory,
        "member editor": member_editor,
        "viewer": viewer_member,
        "stranger": other_org_member,
        "moderator": moderator,
        "editor": editor,
        "commissioner": commissioner,
    }
    may: dict[str, set[str]] = {"official": set(), "own": set()}
    for name, user in people.items():
        for key, how in (("official", OFFICIAL), ("own", OWN)):
            TranslationRequest.objects.all().delete()
            try:
                enter(text, user, how)
            except NotAllowed:
                continue
            may[key].add(name)
    staff = {"moderator", "editor"}
    assert may == {"official": staff, "own": {"owner", "signatory"}}


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (EnteredAs.FOR_ORGANIZATION, "The secretariat entered it for the organization."),
        (EnteredAs.ORGANIZATION, "The organization itself made it."),
    ],
)
def test_readers_are_told_that_the_organization_made_it_only_where_it_did(
    text: Intervention, focal_point: User, editor: User, client: Client, how: EnteredAs, told: str
) -> None:
    row = enter(text, focal_point if how == OWN else editor, how)
    domain.publish(row, actor=second(), now=NOW)
    page = client.get(record_of(text).path("en")).text
    sentences = [each for each in ("The secretariat entered it", "The organization itself") if each in page]
    assert (told in page, len(sentences)) == (True, 1)


def test_what_the_staff_had_entered_as_an_organizations_own_says_so_since(
    text: Intervention, focal_point: User, editor: User
) -> None:
    for user, into in ((focal_point, "en"), (editor, "pt")):
        row = enter(text, user, OWN if user == focal_point else EnteredAs.FOR_ORGANIZATION, into=into)
        domain.publish(row, actor=second(), now=NOW)
    waits = enter(text, editor, EnteredAs.FOR_ORGANIZATION, into="fr")
    TranslationRequest.objects.update(entered_as="organization")
    record_of(text).translations.update(made_by="organization")
    import_module("portal.translations.migrations.0002_entered_for_organizations").say_who_entered(apps, None)
    assert {into: made_by for into, (_kind, made_by, _stale) in stands(text).items()} == {
        "en": "organization",
        "pt": "for_organization",
    }
    waits.refresh_from_db()
    assert waits.entered_as == "for_organization"


def test_one_side_does_not_write_over_what_waits_of_the_other(
    text: Intervention, editor: User, focal_point: User
) -> None:
    own = enter(text, focal_point, OWN, word="ours")
    with pytest.raises(WrongState):
        enter(text, editor)
    again = enter(text, focal_point, OWN, word="better")
    own.refresh_from_db()
    assert (again.pk, own.texts["body"]) == (own.pk, "Open better on Saturdays.")


def test_what_is_returned_keeps_its_words_for_who_wrote_it(
    text: Intervention, focal_point: User, moderator: User
) -> None:
    row = enter(text, focal_point, OWN)
    why = "The second part is missing."
    decide("translation", row.key, "returned", reason=why, actor=person(moderator), now=NOW)
    row.refresh_from_db()
    assert (row.state, row.decision_reason, row.texts["title"]) == (RequestState.RETURNED, why, "Saturdays")


def test_what_is_returned_goes_after_a_year(text: Intervention, editor: User) -> None:
    row = domain.send_back(enter(text, editor), reason="A part is missing.", actor=second(), now=NOW)
    waiting = enter(text, editor)
    after = NOW + RETURNED_FOR
    assert (domain.forget_returned(after), domain.forget_returned(after + timedelta(1))) == (0, 1)
    held = [bool(TranslationRequest.objects.get(pk=each.pk).texts) for each in (row, waiting)]
    assert held == [False, True]


def test_who_wrote_what_is_returned_reads_why(text: Intervention, editor: User, moderator: User) -> None:
    row = enter(text, editor)
    decide("translation", row.key, "returned", reason="A part is missing.", actor=person(moderator), now=NOW)
    do_all("mail")
    (sent,) = mail.outbox
    assert (sent.to, "A part is missing." in sent.body) == ([editor.email], True)


def test_the_same_words_published_anew_keep_their_translation_and_others_make_it_stale(
    text: Intervention, editor: User
) -> None:
    enter(text, editor, DRAFT, into="fr")
    domain.publish(enter(text, editor), actor=second(), now=NOW)
    said = as_published(record_of(text))
    ledger.publish(replace(said, year=said.year + 1), actor=second(), now=NOW)
    assert {code: row[2] for code, row in stands(text).items()} == {"en": False, "fr": False}
    text.body = "Otra cosa."
    ledger.publish(submission_type(text.kind).project(text), actor=second(), now=NOW)
    assert {code: row[2] for code, row in stands(text).items()} == {"en": True, "fr": True}
    labels = [reading(record_of(text), code).label for code in ("en", "fr")]
    assert (labels, list(queries.stale(person(editor)))) == (["stale", "machine_stale"], [record_of(text)])
    enter(text, editor, DRAFT)
    assert stands(text)["en"] == ("machine", "secretariat", False)


def test_who_speaks_for_a_text_is_not_asked_to_look_at_its_translation(
    text: Intervention, editor: User, organization: Organization
) -> None:
    domain.publish(enter(text, editor), actor=second(), now=NOW)
    text.body = "Otra cosa."
    ledger.publish(submission_type(text.kind).project(text), actor=second(), now=NOW)
    add_member(organization, editor, Role.VIEWER)
    assert list(queries.stale(person(editor))) == []


def test_a_text_is_locked_before_what_is_asked_of_its_translations(
    text: Intervention, editor: User, focal_point: User, moderator: User
) -> None:
    about, requests = text._meta.db_table, TranslationRequest._meta.db_table
    verbs: list[Callable[[], Any]] = [
        lambda: enter(text, editor),
        lambda: decide("translation", waits().key, "made_public", actor=person(moderator), now=NOW),
        lambda: domain.ask_to_take_off(text, "en", reason="Wrong.", actor=person(focal_point), now=NOW),
        lambda: decide("translation", waits().key, "taken_off", actor=person(moderator), now=NOW),
    ]
    for verb in verbs:
        with locked_tables() as locked:
            verb()
        assert locked.index(about) < locked.index(requests)


def waits() -> TranslationRequest:
    return TranslationRequest.objects.get(state=RequestState.SUBMITTED)


def test_what_was_translated_from_another_text_is_not_made_public(
    text: Intervention, editor: User, moderator: User
) -> None:
    row, old = enter(text, editor), entered(text, into="fr")
    text.body = "Otra cosa."
    ledger.publish(submission_type(text.kind).project(text), actor=second(), now=NOW)
    with pytest.raises(WrongState):
        decide("translation", row.key, "made_public", actor=person(moderator), now=NOW)
    with pytest.raises(WrongState):
        domain.enter(text, old, actor=person(editor), now=NOW)
    row.refresh_from_db()
    assert (row.state, stands(text)) == (RequestState.SUBMITTED, {})


def everything() -> str:
    """All that the ledger and requests hold."""
    models = [*apps.get_app_config("publication").get_models(), TranslationRequest]
    return json.dumps([list(model.objects.values()) for model in models], default=str)


def test_redacted_words_are_gone_from_translations_and_from_what_waits(
    text: Intervention, editor: User, moderator: User
) -> None:
    enter(text, editor, DRAFT, word=SECRET)
    waits = enter(text, editor, into="pt", word=SECRET)
    why = {"ground": "name", "reason": "She has not agreed."}
    of = submission_type(text.kind)
    leaving_out.redact(of, text, field="body", words=SECRET, **why, actor=person(moderator), now=NOW)
    waits.refresh_from_db()
    assert (waits.state, stands(text), SECRET in everything()) == (RequestState.GONE, {}, False)


@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_a_translation_goes_with_its_text_and_comes_back_with_what_is_put_back(
    text: Intervention, editor: User, moderator: User, focal_point: User, is_withdrawn: bool
) -> None:
    domain.publish(enter(text, editor, word=SECRET), actor=second(), now=NOW)
    waiting = enter(text, editor, into="fr", word=SECRET)
    if is_withdrawn:
        submissions.withdraw(text, actor=person(focal_point), now=NOW)
        assert SECRET not in everything()
        return
    measure = take_down(text, ground="personal", reason="Names.", actor=person(moderator), now=NOW)
    assert Record.objects.get(source_key=text.key).translations.count() == 0
    undo_take_down(measure, reason="No names.", actor=second(), now=NOW)
    row = record_of(text).translations.get()
    assert (row.made_by, row.texts["body"], stands(text)["en"][2]) == (
        "secretariat",
        f"Open {SECRET} on Saturdays.",
        False,
    )
    domain.publish(waiting, actor=second(), now=NOW)
    assert [*stands(text)] == ["en", "fr"]


def test_what_waits_goes_with_a_text_that_stays_taken_down(
    text: Intervention, editor: User, moderator: User
) -> None:
    waiting = enter(text, editor, word=SECRET)
    measure = take_down(text, ground="personal", reason="Names.", actor=person(moderator), now=NOW)
    with pytest.raises(WrongState):
        domain.publish(waiting, actor=second(), now=NOW)
    confirm_take_down(measure, actor=second(), now=NOW)
    end_take_downs(NOW + 2 * APPEAL_FOR)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.texts) == (RequestState.GONE, {})


@pytest.mark.parametrize("change", ["amended", "corrected", "said again"])
def test_a_later_version_of_a_text_that_was_cut_before_leaves_its_translations_stale(
    text: Intervention, editor: User, moderator: User, focal_point: User, change: str
) -> None:
    of, why = submission_type(text.kind), {"ground": "name", "reason": "She has not agreed."}
    cut = leaving_out.redact(of, text, field="body", words=SECRET, **why, actor=person(moderator), now=NOW)
    domain.publish(enter(text, editor), actor=second(), now=NOW)
    waiting = enter(text, editor, into="fr")
    if change == "amended":
        asked = {"part": Part.TEXT, "changes": {"title": "Los domingos"}, "reason": "R.", "language": "en"}
        row = amending.propose(text, **asked, actor=person(moderator), now=NOW)
        amending.accept(row, actor=person(focal_point), now=NOW)
    elif change == "corrected":
        Intervention.objects.filter(pk=text.pk).update(title="Los domingos")
        submissions.correct(text, actor=person(moderator), now=NOW)
    else:
        shown_again(cut, text, actor=person(moderator), now=NOW)
    waiting.refresh_from_db()
    assert (stands(text), waiting.state) == ({"en": ("official", "secretariat", True)}, "submitted")


def test_nothing_stands_beside_a_text_once_the_name_of_its_author_is_withheld(
    text: Intervention, editor: User, organization: Organization, focal_point: User
) -> None:
    domain.publish(enter(text, editor, word=SECRET), actor=second(), now=NOW)
    waits = enter(text, editor, into="fr", word=SECRET)
    text.body = "Sin palabra."
    Intervention.objects.filter(pk=text.pk).update(body=text.body)
    protect(organization, actor=person(focal_point), now=NOW)
    waits.refresh_from_db()
    assert (stands(text), waits.state, waits.texts) == ({}, RequestState.GONE, {})
    text = Intervention.objects.get(pk=text.pk)
    with pytest.raises(WrongState):
        enter(text, editor, DRAFT)
    assert list(queries.beside_which()) == []


def test_a_text_of_a_withheld_name_has_none_however_that_was_chosen(
    organization: Organization, editor: User
) -> None:
    row = make_practice(organization, state=SubmissionState.PUBLISHED, is_name_withheld=True)
    publish_practice(row)
    with pytest.raises(WrongState):
        domain.enter(row, entered(row), actor=person(editor), now=NOW)
    assert TranslationRequest.objects.count() == 0


def test_what_came_with_a_text_and_was_taken_off_does_not_come_with_its_next_version(
    text: Intervention, moderator: User, focal_point: User
) -> None:
    text.translations = [{"language": "fr", "title": "Le samedi", "body": "Mots.", "recommendations": []}]
    text.save()
    ledger.publish(submission_type(text.kind).project(text), actor=second(), now=NOW)
    assert stands(text) == {"fr": ("official", "", False)}
    row = domain.ask_to_take_off(text, "fr", reason="Wrong.", actor=person(focal_point), now=NOW)
    decide("translation", row.key, "taken_off", actor=person(moderator), now=NOW)
    text = Intervention.objects.get(pk=text.pk)
    text.body = "Otra cosa."
    ledger.publish(submission_type(text.kind).project(text), actor=second(), now=NOW)
    assert stands(text) == {}


def test_an_organization_asks_that_a_translation_be_taken_off_and_somebody_decides(
    text: Intervention, editor: User, moderator: User, focal_point: User, member_editor: User
) -> None:
    enter(text, editor, DRAFT)
    with pytest.raises(NotAllowed):
        domain.ask_to_take_off(text, "en", reason="Wrong.", actor=person(member_editor), now=NOW)
    row = domain.ask_to_take_off(text, "en", reason="Wrong.", actor=person(focal_point), now=NOW)
    decide("translation", row.key, "kept", reason="It is right.", actor=person(moderator), now=NOW)
    assert "en" in stands(text)
    row = domain.ask_to_take_off(text, "en", reason="Wrong.", actor=person(focal_point), now=NOW)
    decide("translation", row.key, "taken_off", actor=person(moderator), now=NOW)
    assert stands(text) == {}


def test_only_the_translation_that_was_read_is_taken_off(
    client: Client, text: Intervention, editor: User, moderator: User, focal_point: User
) -> None:
    """Another was entered in its place since the page was opened: it is shown, and stays until it is read."""
    enter(text, editor, DRAFT)
    row = domain.ask_to_take_off(text, "en", reason="Wrong.", actor=person(focal_point), now=NOW)
    client.force_login(moderator)
    page = f"/en/desk/moderation/translation/{row.key}/"
    seen = client.get(page).context["seen"]
    enter(text, editor, DRAFT, word="anew")
    shown = client.post(f"{page}taken_off/", {"seen": seen})
    assert ("Open anew on Saturdays." in shown.text, list(stands(text))) == (True, ["en"])
    client.post(f"{page}taken_off/", {"seen": shown.context["seen"]})
    assert stands(text) == {}


def test_a_text_filed_into_the_language_of_a_translation_has_none_in_it(
    text: Intervention, editor: User, moderator: User, focal_point: User
) -> None:
    domain.publish(enter(text, editor, into="pt"), actor=second(), now=NOW)
    enter(text, editor, DRAFT)
    waits = domain.ask_to_take_off(text, "pt", reason="Wrong.", actor=person(focal_point), now=NOW)
    said: dict[str, Any] = {"reason": "It is Portuguese.", "language": "es", "now": NOW}
    filed = amending.propose(
        text, part=Part.FILING, changes={"language": "pt"}, actor=person(moderator), **said
    )
    decide("amendment", filed.key, "confirmed", actor=second(), now=NOW)
    waits.refresh_from_db()
    assert (record_of(text).language, list(stands(text)), waits.state) == ("pt", ["en"], RequestState.GONE)
