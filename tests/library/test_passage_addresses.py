"""The lasting addresses of passages: as they stand, after a new file, and of documents that are gone."""

import re
from pathlib import Path

import pytest
from django.test import Client

from portal.common.actors import system
from portal.library.addresses import passage_address, words_key
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from portal.library.queries import PASSAGES_PER_PART
from portal.library.replacing import replace_file
from tests.library.conftest import NOW, PARAGRAPH, AddDocument

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="([^"]+/p/(\d+)/\?words=[0-9a-f]{8}[^"]*)"')
GONE = "The file of this document was replaced."


def text(numbers: range, first: str = "") -> str:
    return first + "\n\n".join(f"{PARAGRAPH * 3} number {n}." for n in numbers)


def links(client: Client, document: LibraryDocument, query: str = "") -> dict[int, str]:
    page = client.get(f"{document.path('en')}{query}").text
    return {int(place): address.replace("&amp;", "&") for address, place in LINK.findall(page)}


def replaced(document: LibraryDocument, words: str, folder: Path) -> LibraryDocument:
    path = folder / "new.txt"
    path.write_text(words, encoding="utf-8")
    return replace_file(document, path=path, actor=system("test"), now=NOW)


def test_each_passage_links_to_itself_and_to_its_citation(client: Client, added: AddDocument) -> None:
    document = added(text=text(range(80)))
    addresses = links(client, document, "?page=2")
    assert list(addresses) == list(range(PASSAGES_PER_PART + 1, document.passages_count + 1))
    page = client.get(f"{document.path('en')}?page=2").text
    place = document.passages_count
    assert f'href="/en/search/cite/{document.public_id}/en/{place}/"' in page
    answer = client.get(addresses[place], follow=True)
    assert answer.redirect_chain == [(f"{document.path('en')}?passage={place}#p{place}", 302)]
    assert f'<div id="p{place}" tabindex="-1">' in answer.text
    assert GONE not in answer.text


def test_the_searched_words_go_with_the_address(client: Client, added: AddDocument) -> None:
    document = added()
    address = links(client, document, "?q=river&expand=0")[1]
    assert client.get(address).headers["Location"] == f"{document.path('en')}?q=river&expand=0&passage=1#p1"


def test_a_passage_is_found_where_the_new_file_has_it(
    client: Client, added: AddDocument, tmp_path: Path
) -> None:
    document = added(text=text(range(10)))
    before = links(client, document)
    words = list(document.passages.order_by("position").values_list("text", flat=True))
    replaced(document, text(range(10), first=f"{'A preface of many more words. ' * 30}\n\n"), tmp_path)
    now = dict(document.passages.values_list("text", "position"))
    last = len(words)
    assert now[words[-1]] > last
    assert client.get(before[last]).headers["Location"].endswith(f"#p{now[words[-1]]}")
    lasting = f"/r/{document.public_id}/?passage={last}&words={words_key(words[-1])}"
    answer = client.get(lasting, follow=True, headers={"Accept-Language": "en"})
    assert answer.redirect_chain[-1][0].endswith(f"#p{now[words[-1]]}")


def test_words_that_are_gone_are_told_and_nothing_is_claimed_of_others(
    client: Client, added: AddDocument, tmp_path: Path
) -> None:
    document = added(text=text(range(10)))
    address = links(client, document)[3]
    replaced(document, text(range(20, 30)), tmp_path)
    assert GONE in client.get(address, follow=True).text
    assert GONE not in client.get(f"{document.path('en')}p/3/", follow=True).text


@pytest.mark.parametrize(
    ("place", "status"),
    [("0", 404), ("99", 404), ("1", 302), ("99/?words=00000000", 302), ("1/?words=<b>", 302)],
)
def test_places_that_never_were_are_not_found(
    client: Client, added: AddDocument, place: str, status: int
) -> None:
    path = f"{added().path('pt')}p/{place}"
    assert client.get(path if "?" in path else f"{path}/").status_code == status


def test_gone_with_its_document_and_read_only(client: Client, added: AddDocument) -> None:
    document = added(title="Secret words")
    address = passage_address(document.path("fr"), 1, words_key(document.passages.get(position=1).text))
    assert client.post(address).status_code == 405
    withdraw_document(document, actor=system("test"), now=NOW)
    answer = client.get(address)
    assert (answer.status_code, "Secret words" in answer.text) == (410, False)
