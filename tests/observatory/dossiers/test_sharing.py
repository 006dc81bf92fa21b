"""Sharing by address: nothing tells whether an address has an account; offers, leaving, deleted accounts."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import NotAllowed, WrongState
from portal.common.events import history, record
from portal.observatory.dossiers import domain, rules, sharing
from portal.observatory.dossiers.drafts import DossierFields
from portal.observatory.dossiers.enums import Role
from portal.observatory.dossiers.limits import DOSSIERS_A_PERSON, SHARES_A_DAY, SHARES_A_DOSSIER
from portal.observatory.dossiers.models import Dossier, Share
from portal.observatory.dossiers.queries import KIND, SHARED, offer_to, visible_to
from tests.factories import make_user
from tests.observatory.dossiers.conftest import SECRET, Collect, Give

Commit = Callable[..., object]


def test_a_share_takes_effect_at_once_for_a_confirmed_address(
    dossier: Dossier, give: Give, reader: User
) -> None:
    given = give("Reader@Example.org ")
    assert (given.email, given.person_id) == (reader.email, reader.pk)
    assert rules.can_view(person(reader), dossier)


def test_a_share_waits_until_the_address_is_confirmed(
    dossier: Dossier, give: Give, unconfirmed: User
) -> None:
    give(unconfirmed.email, Role.EDITOR)
    assert not rules.can_view(person(unconfirmed), dossier)
    address = EmailAddress.objects.get(user=unconfirmed)
    address.verified = True
    address.save()
    assert rules.can_edit(person(unconfirmed), dossier)
    assert history("dossier", dossier.key).last().action == "share_taken_up"


def test_a_share_waits_for_an_account_that_does_not_exist_yet(dossier: Dossier, give: Give) -> None:
    give("later@example.org")
    assert visible_to(person(make_user(email="later@example.org"))).get() == dossier


def test_a_withdrawn_share_does_not_wait(dossier: Dossier, give: Give, owner: User, now: datetime) -> None:
    sharing.withdraw_share(give("later@example.org"), actor=person(owner), now=now)
    assert not visible_to(person(make_user(email="later@example.org"))).exists()


def test_an_inactive_account_is_not_let_in(dossier: Dossier, give: Give, reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert give(reader.email).person_id is None


def test_a_second_address_of_the_owner_makes_no_member(dossier: Dossier, give: Give, owner: User) -> None:
    give("second@example.org")
    EmailAddress.objects.create(user=owner, email="second@example.org", verified=True)
    assert Share.objects.get().person_id is None
    with pytest.raises(WrongState, match="your own address"):
        give("second@example.org")
    with pytest.raises(WrongState, match="your own address"):
        give(owner.email)


def test_sharing_again_changes_the_role_without_a_mail(
    dossier: Dossier, give: Give, reader: User, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        give(reader.email)
        give(reader.email, Role.EDITOR)
    assert (Share.objects.get().role, len(mail.outbox)) == ("editor", 1)


def test_the_higher_of_two_roles_counts(dossier: Dossier, give: Give, reader: User) -> None:
    EmailAddress.objects.create(user=reader, email="second@example.org", verified=True)
    give(reader.email, Role.READER)
    give("second@example.org", Role.EDITOR)
    assert visible_to(person(reader)).count() == 1
    assert rules.can_edit(person(reader), dossier)
    assert rules.can_edit(person(reader), visible_to(person(reader)).get())


def test_the_mail_speaks_the_persons_language_and_says_nothing_of_the_dossier(
    dossier: Dossier, give: Give, reader: User, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        give(reader.email)
    sent = mail.outbox[0]
    assert sent.to == [reader.email]
    assert f"http://testserver/accounts/login/?next=/fr/desk/dossiers/{dossier.key}/" in sent.body
    assert (SECRET in sent.subject + sent.body, "Owner" in sent.body) == (False, False)


def test_an_address_without_an_account_gets_the_same_mail(
    dossier: Dossier, give: Give, outsider: User, django_capture_on_commit_callbacks: Commit
) -> None:
    User.objects.filter(pk=outsider.pk).update(language="en")
    with django_capture_on_commit_callbacks(execute=True):
        give(outsider.email)
        give("nobody@example.org")
    known, unknown = mail.outbox
    assert known.subject == unknown.subject
    assert known.body.replace(outsider.email, "nobody@example.org") == unknown.body


def test_a_dossier_has_fifty_shares_at_most(dossier: Dossier, give: Give, now: datetime) -> None:
    Share.objects.bulk_create(
        Share(dossier=dossier, email=f"p{n}@example.org", role=Role.READER, given_at=now)
        for n in range(SHARES_A_DOSSIER)
    )
    with pytest.raises(WrongState, match="shared with 50 people"):
        give("one-more@example.org")


def test_a_person_shares_a_hundred_times_a_day_at_most(
    dossier: Dossier, give: Give, owner: User, now: datetime
) -> None:
    for _ in range(SHARES_A_DAY):
        record(SHARED, kind=KIND, key="x", actor=person(owner), now=now - timedelta(hours=2))
    with pytest.raises(WrongState, match="100 people today"):
        give("one-more@example.org")


@pytest.mark.parametrize("verb", ["share", "withdraw", "offer", "keep"])
def test_members_decide_nothing_about_people(shared: Dossier, writer: User, now: datetime, verb: str) -> None:
    given, actor = Share.objects.first(), person(writer)
    assert given is not None
    calls: dict[str, Callable[[], object]] = {
        "share": lambda: sharing.share(
            shared, email="x@example.org", role=Role.READER, language="en", actor=actor, now=now
        ),
        "withdraw": lambda: sharing.withdraw_share(given, actor=actor, now=now),
        "offer": lambda: sharing.offer(given, actor=actor, now=now),
        "keep": lambda: sharing.take_back_offer(given, actor=actor, now=now),
    }
    with pytest.raises(NotAllowed):
        calls[verb]()
    assert Share.objects.count() == 3


def test_leaving_takes_every_share_of_a_person_away(
    dossier: Dossier, give: Give, reader: User, owner: User, now: datetime
) -> None:
    give(reader.email)
    sharing.leave(dossier, actor=person(reader), now=now)
    assert (rules.can_view(person(reader), dossier), Share.objects.count()) == (False, 0)
    with pytest.raises(NotAllowed):
        sharing.leave(dossier, actor=person(owner), now=now)


def test_ownership_passes_on_when_the_offer_is_accepted(
    shared: Dossier, owner: User, writer: User, reader: User, now: datetime
) -> None:
    given = Share.objects.get(person=writer)
    with pytest.raises(NotAllowed):
        sharing.accept(shared, actor=person(writer), now=now)
    sharing.offer(given, actor=person(owner), now=now)
    with pytest.raises(NotAllowed):
        sharing.accept(shared, actor=person(reader), now=now)
    sharing.accept(shared, actor=person(writer), now=now)
    shared.refresh_from_db()
    assert shared.owner == writer
    assert Share.objects.get(person=owner).role == Role.EDITOR
    assert not Share.objects.filter(person=writer).exists()


def test_only_one_person_is_offered_a_dossier_and_it_can_be_taken_back(
    shared: Dossier, owner: User, writer: User, reader: User, now: datetime
) -> None:
    for somebody in (writer, reader):
        sharing.offer(Share.objects.get(person=somebody), actor=person(owner), now=now)
    assert [offer_to(person(each), shared) is None for each in (writer, reader)] == [True, False]
    sharing.take_back_offer(Share.objects.get(person=reader), actor=person(owner), now=now)
    assert offer_to(person(reader), shared) is None


def test_a_person_with_a_hundred_dossiers_takes_over_none(
    shared: Dossier, owner: User, writer: User, now: datetime
) -> None:
    sharing.offer(Share.objects.get(person=writer), actor=person(owner), now=now)
    Dossier.objects.bulk_create(
        Dossier(owner=writer, title=f"D{n}", language="es", created_at=now, updated_at=now)
        for n in range(DOSSIERS_A_PERSON)
    )
    with pytest.raises(WrongState, match="You have 100 dossiers"):
        sharing.accept(shared, actor=person(writer), now=now)
    shared.refresh_from_db()
    assert shared.owner == owner


def test_a_deleted_owners_dossier_passes_to_the_first_editor(
    shared: Dossier, owner: User, writer: User, collect: Collect
) -> None:
    item = collect("El registro abre.")
    owner.delete()
    shared.refresh_from_db()
    assert (shared.owner, shared.items.get()) == (writer, item)
    assert not Share.objects.filter(person=writer).exists()
    assert history("dossier", shared.key).last().action == "inherited"


def test_a_deleted_owners_dossier_without_an_editor_goes_too(
    dossier: Dossier, give: Give, owner: User, reader: User, outsider: User, now: datetime
) -> None:
    give(reader.email)
    give("nobody@example.org", Role.EDITOR)
    other = domain.create_dossier(fields=DossierFields("Stays", "es"), actor=person(outsider), now=now)
    owner.delete()
    assert list(Dossier.objects.all()) == [other]


def test_a_deleted_member_leaves_no_share(shared: Dossier, writer: User, owner: User) -> None:
    writer.delete()
    shared.refresh_from_db()
    assert (shared.owner, sorted(Share.objects.values_list("email", flat=True))) == (
        owner,
        ["reader@example.org", "waiting@example.org"],
    )
