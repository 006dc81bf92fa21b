"""What editors give in the Wagtail admin is what it says, tells nothing of its author, waits for its page."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, ReferenceIndex

from portal.accounts.models import User
from portal.pages.models import ContentPage
from tests.factories import make_home
from tests.files.builders import LEAKS, everything_in, picture, telling_docx, telling_pdf
from tests.thinning import rarely

OTHER = "The content of this file is not what its name says. Please save it again in the right format."
DOCUMENTS, IMAGES = "/admin/documents/add/", "/admin/images/add/"
PAGE = b"<!doctype html><html><script>alert(1)</script></html>"

LARGE = "This file is larger than %(number)d MB. Please save it smaller."


@pytest.fixture
def admin(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def give(client: Client, address: str, name: str, content: bytes) -> Any:
    sent = {"title": "Given", "file": SimpleUploadedFile(name, content)}
    collection = {"collection": Collection.get_first_root_node().pk}
    return client.post(address, sent | collection)


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", telling_pdf()), rarely("a.docx", telling_docx(), name="docx")]
)
def test_a_document_tells_nothing_of_its_author(admin: Client, name: str, content: bytes) -> None:
    assert give(admin, DOCUMENTS, name, content).status_code == 302
    with Document.objects.get().file.open() as file:
        kept = file.read()
    told = [leak for leak in LEAKS if leak in everything_in(content)]
    assert (bool(told), [leak for leak in LEAKS if leak in everything_in(kept)]) == (True, [])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", picture("MPO", frames=2)),
        rarely("moving.webp", picture("WEBP", frames=2), name="moving"),
        rarely("moving.gif", picture("GIF", frames=2), name="gif"),
    ],
)
def test_a_picture_tells_nothing_of_place_and_author(admin: Client, name: str, content: bytes) -> None:
    assert give(admin, IMAGES, name, content).status_code == 302
    with Image.objects.get().file.open() as file:
        kept = file.read()
    told = [leak for leak in LEAKS if leak in content]
    assert (bool(told), [leak for leak in LEAKS if leak in kept]) == (True, [])


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("address", "name", "content", "reason"),
    [
        (DOCUMENTS, "page.pdf", PAGE, OTHER),
        rarely(DOCUMENTS, "tool.pdf", b"MZ\x90\x00" * 50, OTHER, name="program"),
        (
            DOCUMENTS,
            "big.pdf",
            b"%PDF-" + b" " * (20 * 1024 * 1024),
            LARGE,
        ),
        (
            IMAGES,
            "cut.jpg",
            picture("JPEG")[:600],
            "This file is damaged and cannot be read. Please save it again.",
        ),
    ],
)
def test_what_is_refused_says_why(
    admin: Client, address: str, name: str, content: bytes, reason: str
) -> None:
    answer = give(admin, address, name, content)
    assert (answer.status_code, Document.objects.count(), Image.objects.count()) == (200, 0, 0)
    with translation.override(answer.headers["Content-Language"]):
        assert gettext(reason).replace("%(number)d", "20") in answer.text


def test_a_document_waits_for_a_public_page(client: Client, editor: User) -> None:
    home = make_home(("es",))["es"]
    document = Document.objects.create(title="Guidance", file=SimpleUploadedFile("g.txt", b"Guidance"))
    page = ContentPage(title="About", slug="about-it", locale=home.locale, live=False)
    page.body = json.dumps(
        [{"type": "paragraph", "value": f'<p><a linktype="document" id="{document.pk}">It</a></p>'}]
    )

    def status() -> int:
        answer = client.get(document.url)
        answer.getvalue()  # reads the file to its end, which closes it
        return answer.status_code

    def answers(*, live: bool) -> tuple[int, int]:
        before = status()
        page.live = live
        page.save() if page.pk else home.add_child(instance=page)
        ReferenceIndex.create_or_update_for_object(page)  # the tests leave it to themselves
        return before, status()

    assert [answers(live=live) for live in (False, True, False)] == [(404, 404), (404, 200), (200, 404)]
    client.force_login(editor)
    assert status() == 200
