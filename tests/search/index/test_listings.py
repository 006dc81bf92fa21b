"""Tables of contents are told from text, in four languages and in our own texts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from portal.library.models import LibraryDocument
from search.index.builders import build
from search.index.builders.listings import is_listing
from search.index.outbox import Subject
from search.models import Source

LISTINGS = {
    "leaders": "Introduction ........ 3\nProtection ........ 7\nDurable solutions ........ 12",
    "spaced leaders": "1. Apatridia . . . . . . . 4\n2. Asilo . . . . . . . 9\n3. Retorno . . . . . . . 15",
    "one line": "Contents Introduction ......... 3 Protection ......... 7 Solutions ......... 12",
    "Spanish": "Índice\nIntroducción 3\nProtección 7\nSoluciones duraderas 12\nAnexos",
    "Portuguese": "Sumário\nIntrodução 3\nProteção 7\nSoluções duradouras 12\nAnexos",
    "French": "Table des matières\nIntroduction 3\nProtection 7\nSolutions durables 12\nAnnexes",
    "English": "Table of contents\nIntroduction iii\nProtection 7\nSolutions 12",
    "no heading, pages that grow": "Introducción 3\nProtección 7\nSoluciones 12\nAnexos 40",
}
TEXTS = {
    "prose": "Las oficinas abrieron los sábados.\nVinieron con un testigo.\nNadie tuvo que volver.",
    "measures": "Registrar cada nacimiento\nEmitir documentos sin costo\nAbrir los sábados",
    "years that go back": "Población acogida en 2023\nPoblación acogida en 2014\nPoblación acogida en 2019",
    "one year": "Plan adoptado en 2024\nInforme de 2024\nForo de 2024\nConsulta de 2024",
    "an ellipsis": "Dijo… que no… y que sí… y se fue.",
    "two leaders": "Firma: ........ Fecha: ........",
    "a table of figures": "México 120 14\nChile 90 7\nPerú 300 21\nBrasil 88 3",
    "under a heading without numbers": "Índice\nde desarrollo humano\nen la región\ny sus causas",
    "empty": "",
}


@pytest.mark.parametrize("name", LISTINGS)
def test_tables_of_contents_are_listings(name: str) -> None:
    assert is_listing(LISTINGS[name])


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_not(name: str) -> None:
    assert not is_listing(TEXTS[name])


def test_the_heading_of_a_passage_counts() -> None:
    text = "Introducción 3\nProtección internacional\nSoluciones 12\nAnexos 5\nOtros\nMás"
    assert (is_listing(text), is_listing(text, "Tabla de contenido")) == (False, True)


def test_the_passages_of_our_own_texts_are_no_listings() -> None:
    content = Path(__file__).parents[3] / "portal" / "demo" / "content"
    texts = [path.read_text() for path in sorted(content.rglob("*.md"))]
    paragraphs = [part for text in texts for part in text.split("\n\n")]
    assert len(paragraphs) > 20
    assert [part for part in paragraphs if is_listing(part)] == []


def test_a_table_of_contents_in_the_library_weighs_less(
    library_document: Callable[..., LibraryDocument],
) -> None:
    entries = "\n".join(f"Capítulo sobre protección número {n} ........ {n}" for n in range(1, 30))
    prose = "Las oficinas de registro abrieron los sábados y nadie tuvo que volver otra vez. " * 20
    document = library_document(f"{entries}\n\n{prose}")
    built = build(Subject(Source.DOCUMENT, document.public_id), 1).documents[0]
    listed = [passage.is_listing for passage in built.passages]
    assert listed[0] is True
    assert listed[-1] is False
