"""`withdraw_document`: a document goes by command as it goes at the desk."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.library.models import LibraryDocument
from tests.library.conftest import AddDocument

pytestmark = pytest.mark.django_db
REASON = "Published in error."


def test_its_addresses_answer_gone_with_the_reason_and_without_its_words(
    client: Client, added: AddDocument
) -> None:
    document = added(title="Quince sheet")
    call_command("withdraw_document", document.public_id, "--reason", REASON)
    for path in (document.path("en"), f"/r/{document.public_id}/", f"/api/v1/documents/{document.public_id}"):
        answer = client.get(path)
        assert (answer.status_code, REASON in answer.text) == (410, True), path
        assert "uince" not in answer.text


def test_twice_keeps_the_first_reason(added: AddDocument) -> None:
    document = added(title="Quince sheet")
    for reason in (REASON, "Another one."):
        call_command("withdraw_document", document.public_id, "--reason", reason)
    document.refresh_from_db()
    assert document.withdrawn_reason == REASON


@pytest.mark.parametrize(("number", "reason"), [("D-99999", REASON), ("nothing", REASON), ("", " ")])
def test_what_is_not_there_or_has_no_reason_is_refused(added: AddDocument, number: str, reason: str) -> None:
    document = added(title="Quince sheet")
    with pytest.raises(CommandError):
        call_command("withdraw_document", number or document.public_id, "--reason", reason)
    assert LibraryDocument.objects.get(pk=document.pk).live
