"""Owner, members and outsiders of one dossier, and the means to collect a passage into it."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.library.models import LibraryDocument
from portal.observatory.dossiers import domain, sharing
from portal.observatory.dossiers.drafts import DossierFields
from portal.observatory.dossiers.enums import Role
from portal.observatory.dossiers.models import Dossier, Item, Share
from portal.observatory.dossiers.passages import public_passage
from tests.factories import make_user

SECRET = "colibricanario"
Collect = Callable[..., Item]
Give = Callable[..., Share]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Messages are compared in English, whatever another test left active."""
    with translation.override("en"):
        yield


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def owner(db: None) -> User:
    return make_user(Group.OBSERVATORY, email="owner@example.org", name="Owner", language="en")


@pytest.fixture
def reader(db: None) -> User:
    return make_user(email="reader@example.org", name="Reader", language="fr")


@pytest.fixture
def writer(db: None) -> User:
    return make_user(email="writer@example.org", name="Writer", language="pt")


@pytest.fixture
def outsider(db: None) -> User:
    return make_user(email="outsider@example.org", name="Outsider")


@pytest.fixture
def unconfirmed(db: None) -> User:
    user = make_user(email="waiting@example.org", name="Waiting")
    EmailAddress.objects.filter(user=user).update(verified=False)
    return user


@pytest.fixture
def dossier(owner: User, now: datetime) -> Dossier:
    """Titled with a word that must not leak."""
    fields = DossierFields(f"Registry {SECRET}", "en", f"About {SECRET}")
    return domain.create_dossier(fields=fields, actor=person(owner), now=now)


@pytest.fixture
def give(dossier: Dossier, owner: User, now: datetime) -> Give:
    """`give("reader@example.org", Role.READER)` lets a person into `dossier`."""

    def share(email: str, role: Role = Role.READER) -> Share:
        return sharing.share(dossier, email=email, role=role, language="en", actor=person(owner), now=now)

    return share


@pytest.fixture
def shared(dossier: Dossier, give: Give, reader: User, writer: User, unconfirmed: User) -> Dossier:
    give(reader.email, Role.READER)
    give(writer.email, Role.EDITOR)
    give(unconfirmed.email, Role.EDITOR)
    return dossier


@pytest.fixture
def collect(
    dossier: Dossier,
    owner: User,
    now: datetime,
    library_document: Callable[..., LibraryDocument],
) -> Collect:
    """`collect("text", comment="...")` adds a document to the library and its first passage to `dossier`."""

    def add(text: str, *, comment: str = "", title: str = "Nota", question: str = "") -> Item:
        document = library_document(text, title=title)
        original = public_passage(f"{document.public_id}/es", 1)
        assert original is not None
        return domain.collect(
            dossier, original=original, question=question, comment=comment, actor=person(owner), now=now
        ).item

    return add
