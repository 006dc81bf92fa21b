"""What asking others to vouch cannot be used for; what shows an organization after the first yes of two."""

from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.common.errors import Incomplete, WrongState
from portal.organizations import domain
from portal.organizations.enums import OrganizationState as S
from portal.organizations.enums import Role
from portal.organizations.members.domain import leave
from portal.organizations.models import Organization, Vouch
from portal.organizations.verifying import files, fitness, vouching
from portal.organizations.verifying.cases import Case
from tests.factories import make_organization, make_user
from tests.factories.organizations import add_member
from tests.files.builders import telling_pdf

NOW = timezone.now()


@pytest.fixture
def asking(db: None) -> Organization:
    owner = make_user(email="asking@example.org", language="en")
    return make_organization(name="URGENTE http://evil.example/", owner=owner)


@pytest.fixture
def owner(asking: Organization) -> Actor:
    return person(asking.memberships.get().user)


def ask(asking: Organization, voucher: Organization, owner: Actor) -> Vouch:
    return vouching.ask_to_vouch(Case(asking), voucher, actor=owner, now=NOW)


def why_not(asking: Organization, voucher: Organization) -> str:
    with translation.override("en"):
        return str(fitness.unfit(Case(asking), voucher))


def test_a_voucher_has_one_mail_without_words_of_who_asks_in_its_subject(
    asking: Organization, organization: Organization, owner: Actor, focal_point: User
) -> None:
    for _again in range(3):
        vouching.cancel_ask(Case(asking), ask(asking, organization, owner), actor=owner, now=NOW)
    assert [message.to for message in mail.outbox] == [[focal_point.email]]
    assert "URGENTE" not in mail.outbox[0].subject


@pytest.mark.long
def test_so_many_are_asked_a_day_whatever_is_taken_back(asking: Organization, owner: Actor) -> None:
    for _each in range(vouching.ASKED_A_DAY):
        made = ask(asking, make_organization(state=S.VERIFIED), owner)
        vouching.cancel_ask(Case(asking), made, actor=owner, now=NOW)
    other = make_organization(state=S.VERIFIED)
    with pytest.raises(Incomplete) as caught:
        ask(asking, other, owner)
    assert caught.value.problems[0].field == "voucher"
    later = NOW + vouching.DAY
    assert vouching.ask_to_vouch(Case(asking), other, actor=owner, now=later).state == "asked"


def test_a_no_is_not_taken_back_by_who_asked(
    asking: Organization, organization: Organization, owner: Actor, focal_point: User, client: Client
) -> None:
    made = ask(asking, organization, owner)
    vouching.say(made, is_yes=False, sentence="They took money.", actor=person(focal_point), now=NOW)
    with pytest.raises(WrongState):
        vouching.cancel_ask(Case(asking), made, actor=owner, now=NOW)
    client.force_login(asking.memberships.get().user)
    page = f"/en/desk/organizations/{asking.key}/proofs/"
    cancel = f"vouchers/{made.key}/cancel/"
    assert cancel not in client.get(page).content.decode()
    assert Vouch.objects.get().sentence == "They took money."


def test_who_belonged_to_both_within_a_year_makes_them_no_strangers(
    asking: Organization, organization: Organization, owner: Actor, focal_point: User
) -> None:
    assert why_not(asking, organization) == ""
    told = "Somebody belonged to both of you within a year, so it cannot vouch for you."
    for one, other in ((organization, asking), (asking, organization)):
        both = make_user()
        add_member(one, both, Role.VIEWER)
        leave(one, actor=person(both), now=NOW)
        member = add_member(other, both, Role.VIEWER)
        assert why_not(asking, organization) == told
        member.delete()
        assert why_not(asking, organization) == ""
    late = make_user()
    add_member(organization, late, Role.VIEWER)
    leave(organization, actor=person(late), now=NOW - 2 * fitness.YEAR)
    add_member(asking, late, Role.VIEWER)
    assert why_not(asking, organization) == ""


def test_no_circle_of_any_length(asking: Organization) -> None:
    middle, last = (make_organization(state=S.VERIFIED) for _each in range(2))
    given: dict[str, Any] = {"state": "given", "sentence": "Yes.", "asked_at": NOW}
    Vouch.objects.create(voucher=asking, organization=middle, **given)
    second = Vouch.objects.create(voucher=middle, organization=last, **given)
    assert why_not(asking, middle) == "You have vouched for it, so it cannot vouch for you."
    told = "It is vouched for by others for whom you vouch, so it cannot vouch for you."
    assert why_not(asking, last) == told
    second.delete()
    assert why_not(asking, last) == ""


@pytest.mark.few(2)
@pytest.mark.parametrize("change", ["file", "no file", "asked", "said", "cancelled"])
def test_the_first_yes_falls_with_what_it_was_said_about(
    asking: Organization,
    organization: Organization,
    owner: Actor,
    focal_point: User,
    moderator: User,
    administrator: User,
    change: str,
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    case = Case(asking)
    given: dict[str, Any] = {"actor": owner, "now": NOW}
    kept = files.add_proof(case, telling_pdf(), "a.pdf", **given) if change == "no file" else None
    asked = ask(asking, organization, owner) if change in {"said", "cancelled"} else None
    Organization.objects.filter(pk=asking.pk).update(state="submitted", is_at_risk=True)
    domain.give_first_yes(asking, actor=person(moderator), now=NOW)
    if change == "file":
        files.add_proof(case, telling_pdf(), "a.pdf", **given)
    elif kept is not None:
        files.remove_proof(case, kept, **given)
    elif asked is None:
        ask(asking, organization, owner)
    elif change == "said":
        vouching.say(asked, is_yes=True, sentence="Yes.", actor=person(focal_point), now=NOW)
    else:
        vouching.cancel_ask(case, asked, **given)
    asking.refresh_from_db()
    assert asking.first_yes_by is None
    with pytest.raises(WrongState):
        domain.verify_organization(asking, actor=person(administrator), now=NOW)


def test_who_is_asked_reads_what_was_submitted(
    asking: Organization, organization: Organization, owner: Actor, focal_point: User, client: Client
) -> None:
    made = ask(asking, organization, owner)
    said = {**asking.profile, "name": "Casa leida", "description": "Como se envio."}
    later = {"name": "MAS TARDE", "description": "MAS TARDE", "website": "https://mas-tarde.example"}
    values: dict[str, Any] = {"state": "declined", "reason": "No.", "submitted_profile": said, **later}
    Organization.objects.filter(pk=asking.pk).update(**values)
    client.force_login(focal_point)
    pages = [
        client.get(f"/en/desk/organizations/vouches/{path}").content.decode() for path in (f"{made.key}/", "")
    ]
    assert ["Casa leida" in page for page in pages] == [True, True]
    assert "Como se envio." in pages[0]
    assert [word for word in ("MAS TARDE", "mas-tarde") if word in "".join(pages)] == []
