"""What is said of a document: dates as known, filing by what is public, corrections with old and new."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from portal.accounts.models import User
from portal.common.actors import VISITOR, person, system
from portal.common.errors import NotAllowed, OutOfDate, WrongState
from portal.common.events import history
from portal.library.describing import About, correct_document, read_date
from portal.library.domain import withdraw_document
from portal.library.filing import labels, tags_of
from portal.library.models import LibraryDocument
from portal.library.queries import parallel_versions
from portal.library.signals import document_changed
from portal.organizations.models import Organization
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind, RecordState
from portal.publication.models import Record
from tests.factories import make_consultation, publish_organization
from tests.library.conftest import NOW, AddDocument

pytestmark = pytest.mark.django_db
EDITOR = system("test")


def correct(document: LibraryDocument, **said: object) -> list[str]:
    return correct_document(document, About(**said), actor=EDITOR, now=NOW + timedelta(hours=1))  # type: ignore[arg-type]


def fields_refused(document: LibraryDocument, **said: object) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        correct(document, **said)
    return sorted(refusal.value.message_dict)


def test_a_date_is_as_precise_as_it_was_said() -> None:
    told = {"": (None, None, None), " 2024 ": (2024, None, None), "2024-5": (2024, 5, None)}
    told |= {"2024-02-29": (2024, 2, 29)}
    assert {text: read_date(text) for text in told} == told
    for wrong in ("24", "2023-02-29", "2024-13", "1899", "2024-05-31-01", "May 2024", "2024--31"):
        with pytest.raises(ValidationError, match="dated"):
            read_date(wrong)


def test_a_correction_keeps_old_and_new_and_tells_the_search(added: AddDocument) -> None:
    document = added(title="Wrong", language="es", year=2020)
    heard: list[str] = []
    document_changed.connect(lambda key, **kwargs: heard.append(key), weak=False, dispatch_uid="hear")
    try:
        changed = correct(
            document,
            title=" Right ",
            second_language="fr",
            dated="2021-05",
            countries=("CO", "EC"),
            rights="CC BY 4.0",
        )
        assert correct(document, title="Right", countries=("EC", "CO"), dated="2021-05") == []
    finally:
        document_changed.disconnect(dispatch_uid="hear")
    document.refresh_from_db()
    assert (document.title, document.dated, document.languages) == ("Right", "2021-05", ("es", "fr"))
    assert (document.rights, tags_of(document)) == ("CC BY 4.0", {"country": ["CO", "EC"]})
    assert sorted(changed) == ["country", "month", "rights", "second_language", "title", "year"]
    last = history("document", document.public_id).last()
    assert last is not None
    assert last.details["changes"]["title"] == ["Wrong", "Right"]
    assert last.details["changes"]["year"] == [2020, 2021]
    assert last.details["changes"]["country"] == [[], ["CO", "EC"]]
    assert heard == [document.public_id]


def test_what_cannot_stand_is_refused_at_its_field_and_changes_nothing(added: AddDocument) -> None:
    document = added(title="A", language="es")
    assert fields_refused(document, title=" ", second_language="es") == ["second_language", "title"]
    assert fields_refused(document, source_url="javascript:alert(1)") == ["source_url"]
    assert fields_refused(document, kind="novel", offer="x") == ["kind", "offer"]
    assert fields_refused(document, dated="2024-13") == ["dated"]
    assert fields_refused(document, beside="D-99999") == ["beside"]
    assert fields_refused(document, beside=document.public_id) == ["beside"]
    unknown = {"countries": ("XY",), "organizations": ("x",), "themes": ("x",), "official": ("x",)}
    assert fields_refused(document, **unknown) == sorted(unknown)
    document.refresh_from_db()
    assert (document.title, document.work, document.tags.count()) == ("A", None, 0)


def test_only_what_is_public_of_organizations_and_pages_is_named(
    added: AddDocument, organization: Organization, client: Client
) -> None:
    """The name of an organization that is public no more is nowhere, though a document is filed under it."""
    Organization.objects.filter(pk=organization.pk).update(name="Zunzuncanario")
    organization.refresh_from_db()
    publish_organization(organization)
    record = Record.objects.get(kind=RecordKind.ORGANIZATION, source_key=organization.key)
    area = str(make_consultation().area["es"].translation_key)
    document = added(title="A")
    heard: list[str] = []
    correct(document, organizations=(str(organization.key),), themes=(area,))
    document_changed.connect(lambda key, **kwargs: heard.append(key), weak=False, dispatch_uid="hear")
    pages = (f"/en/library/?organization={record.public_id}", f"/en/library/?theme={area}")
    assert [client.get(page).text.count(document.public_id) > 0 for page in pages] == [True, True]
    row = client.get("/api/v1/documents").json()["results"][0]
    assert (row["organizations"], row["themes"]) == ([record.public_id], [area])
    try:
        withdraw(RecordKind.ORGANIZATION, organization.key, actor=EDITOR, now=NOW)
    finally:
        document_changed.disconnect(dispatch_uid="hear")
    assert heard == [document.public_id]
    assert labels(tags_of(document), "en")["organization"] == {}
    shown = [client.get(path).text for path in ("/en/library/", "/api/v1/documents", pages[0])]
    assert [("Zunzuncanario" in text, record.public_id in text) for text in shown[:2]] == [(False, False)] * 2
    assert document.title not in re_items(shown[2])
    assert correct(document, title="B", organizations=(str(organization.key),)) == ["title"]


def re_items(page: str) -> str:
    return page.partition('class="list"')[2].partition("</ul>")[0]


def test_a_merged_organization_is_named_by_the_one_it_was_merged_into(
    added: AddDocument, organization: Organization, other_organization: Organization
) -> None:
    for each in (organization, other_organization):
        publish_organization(each)
    rows = Record.objects.filter(kind=RecordKind.ORGANIZATION)
    kept = rows.get(source_key=other_organization.key)
    document = added()
    correct(document, organizations=(str(organization.key),))
    gone = {"state": RecordState.WITHDRAWN, "title": "", "summary": "", "texts": {}, "facts": {}}
    rows.filter(source_key=organization.key).update(**gone, withdrawn_at=NOW, merged_into=kept)
    named = labels(tags_of(document), "en")["organization"]
    assert named[str(organization.key)].code == kept.public_id


def test_documents_of_one_work_know_each_other_until_one_leaves(added: AddDocument) -> None:
    spanish, english, french = (added(language=code) for code in ("es", "en", "fr"))
    correct(english, beside=spanish.public_id)
    correct(french, beside=english.public_id)
    spanish.refresh_from_db()
    assert [row.language for row in parallel_versions(spanish)] == ["en", "fr"]
    correct(english, beside="")
    assert [row.language for row in parallel_versions(spanish)] == ["fr"]
    withdraw_document(french, actor=EDITOR, now=NOW)
    assert parallel_versions(spanish) == []


def test_a_correction_is_refused_to_others_after_changes_and_once_withdrawn(
    added: AddDocument, moderator: User
) -> None:
    document = added()
    about = About(title="B")
    for actor in (VISITOR, person(moderator)):
        with pytest.raises(NotAllowed):
            correct_document(document, about, actor=actor, now=NOW)
    with pytest.raises(OutOfDate):
        correct_document(document, about, seen=NOW - timedelta(days=1), actor=EDITOR, now=NOW)
    withdraw_document(document, actor=EDITOR, now=NOW)
    with pytest.raises(WrongState):
        correct_document(document, about, actor=EDITOR, now=NOW)
