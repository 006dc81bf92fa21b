"""Rows from before something was folded, encrypted or left out: its migration finds them, also twice."""

import json
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone

import portal
from portal.accounts.factors import FactorAdapter
from portal.accounts.models import User
from portal.common import events
from portal.common.actors import system
from portal.common.models import Event
from portal.organizations.models import Organization
from portal.submissions.domain import keep_version
from portal.submissions.models import SubmittedVersion
from portal.submissions.queries import public_version
from portal.submissions.states import SubmissionState
from search.models import Comparison
from tests.accounts.test_factors import STEP, app_code, step
from tests.accounts.test_signin import PASSWORD
from tests.factories import make_claim, make_intervention, make_listed, make_user, publish_intervention

SEED, CODES_SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "0f" * 40
EDITOR = SimpleNamespace(connection=connection)
FOLDED, SPELLED = "ana@xn--exmple-cua.org", "ana@exämple.org"


def migration(app: str, name: str) -> ModuleType:
    """By what it does: its number is another one where others came before."""
    folder = Path(portal.__file__).parent / app / "migrations"
    (file,) = folder.glob(f"[0-9]*_{name}.py")
    return import_module(f"portal.{app}.migrations.{file.stem}")


def spelled(user: User, address: str) -> User:
    """As it was stored before."""
    User.objects.filter(pk=user.pk).update(email=address)
    EmailAddress.objects.filter(user=user).update(email=address)
    return user


def fold() -> None:
    migration("accounts", "addresses_in_one_spelling").fold(apps, EDITOR)


def stored() -> list[tuple[str, list[tuple[str, bool]]]]:
    return [
        (user.email, list(EmailAddress.objects.filter(user=user).values_list("email", "verified")))
        for user in User.objects.order_by("pk")
    ]


@pytest.mark.django_db
def test_an_address_from_before_folding_signs_in() -> None:
    user = spelled(make_user(), SPELLED)
    make_user(email="other@example.org")
    login = {"login": SPELLED, "password": PASSWORD}
    assert Client().post("/accounts/login/", login).status_code == 200
    EmailAddress.objects.create(user=user, email=FOLDED, verified=False)
    for _again in range(2):
        fold()
        assert stored() == [(FOLDED, [(FOLDED, True)]), ("other@example.org", [("other@example.org", True)])]
    assert Client().post("/accounts/login/", login).url == "/desk/"


@pytest.mark.django_db
def test_two_accounts_never_become_one() -> None:
    """Who signed in last has the address; what another account has is taken from nobody."""
    older = spelled(make_user(), "ANA@EXÄMPLE.ORG")
    newer = spelled(make_user(), SPELLED)
    User.objects.filter(pk=older.pk).update(last_login=timezone.now())
    spelled(make_user(), "eva@exämple.org")
    holder = make_user()
    EmailAddress.objects.create(user=holder, email="eva@xn--exmple-cua.org", verified=False)
    before = stored()
    fold()
    assert stored() == [(FOLDED, [(FOLDED, True)]), *before[1:]]
    assert newer.pk != older.pk


@pytest.mark.django_db
def test_seeds_from_before_they_were_encrypted_are_closed_and_good() -> None:
    user, other = make_user(), make_user()
    app = Authenticator.objects.create(user=user, type="totp", data={"secret": SEED})
    codes = Authenticator.objects.create(
        user=user, type="recovery_codes", data={"seed": CODES_SEED, "used_mask": 5}
    )
    closed = FactorAdapter().encrypt(SEED)
    Authenticator.objects.create(user=other, type="totp", data={"secret": closed})
    migration("accounts", "seeds_encrypted").encrypt(apps, EDITOR)
    once = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    assert not any(seed in json.dumps(once) for seed in (SEED, CODES_SEED))
    assert once[2] == {"secret": closed}
    for row, name, seed in ((app, "secret", SEED), (codes, "seed", CODES_SEED)):
        row.refresh_from_db()
        assert FactorAdapter().decrypt(row.data[name]) == seed
    assert codes.data["used_mask"] == 5
    assert step(user).post(STEP, {"code": app_code(SEED)}).status_code == 302
    data = Authenticator.objects.order_by("pk").values_list("data", flat=True)
    migration("accounts", "seeds_encrypted").encrypt(apps, EDITOR)
    assert list(data) == once


@pytest.mark.django_db
def test_claims_keep_nothing_of_the_secretariats_evidence() -> None:
    claim = make_claim(make_listed(name="Agencia"), make_user())
    listed = {"name": "Agencia", "country": "HN"}
    claim.listed, claim.profile = {**listed, "evidence": "Zunzun"}, {"name": "Agencia", "evidence": "Mine"}
    claim.save()
    for _again in range(2):
        migration("organizations", "claims_without_evidence").leave_out(apps, EDITOR)
        claim.refresh_from_db()
        assert (claim.listed, claim.profile["evidence"]) == (listed, "Mine")


@pytest.mark.django_db
def test_the_log_keeps_no_names_of_people() -> None:
    user = make_user(name="Zunzun")
    told = {"at": timezone.now(), "action": "changed", "object_kind": "user", "object_key": str(user.pk)}
    Event.objects.create(user_id=user.pk, actor_name="Zunzun", **told)
    Event.objects.create(actor_name="import_pledges", **told)
    for asked in ("Zunzun", "drain"):
        Comparison.objects.create(engine=asked, asked_at=told["at"], asked_by=asked)
    for _again in range(2):
        migration("common", "log_without_names").clear_names(apps, EDITOR)
        import_module("search.migrations.0005_comparisons_without_names").clear_names(apps, EDITOR)
    assert sorted(Event.objects.values_list("actor_name", flat=True)) == ["", "import_pledges"]
    assert sorted(Comparison.objects.values_list("asked_by", flat=True)) == ["", "drain"]


@pytest.mark.django_db
def test_of_versions_from_before_the_last_published_one_is_public(
    organization: Organization,
) -> None:
    """By the log; of what was published without a line in it the newest."""
    texts = [make_intervention(organization, state=SubmissionState.PUBLISHED) for _each in range(2)]
    now = timezone.now()
    events.record("published", kind="intervention", key=texts[0].key, actor=system("tests"), now=now)
    for text in texts:
        publish_intervention(text)
        keep_version(text, {"title": "Later"}, actor=system("tests"), now=now + timedelta(hours=1))
    waits = make_intervention(organization, state=SubmissionState.SUBMITTED)
    SubmittedVersion.objects.update(was_published=False)
    for _twice in range(2):
        migration("submissions", "published_versions").tell_which_are_public(apps, EDITOR)
    public = [getattr(public_version(text), "number", None) for text in (*texts, waits)]
    assert public == [1, 2, None]
