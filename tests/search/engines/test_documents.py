"""What a document becomes in an index."""

import random
from dataclasses import replace
from datetime import date

import pytest

from search.engines import documents
from search.engines.documents import GAP, LISTING_TIMES, IndexDocument, Passage, order_key, prefixes
from search.text import analysis

TITLE = f"es:los es:estado {GAP} es:los es:estado {GAP} es:los es:estado"
DOCUMENT = IndexDocument(
    id="D-00001/es",
    kind="document",
    language="es",
    title="Los Estados",
    path="/{ui}/library/D-00001/",
    year=2024,
    dated=date(2024, 1, 1),
    facets={"country": ("MX", "BR")},
    passages=(
        Passage("Primero", 1, heading="Niñez"),
        Passage("Segundo", 2, heading="Niñez"),
        Passage("Casa\nTercero", 3, heading="Casa"),
    ),
)


def test_rows_hold_heading_and_text_once_and_the_title_several_times() -> None:
    bodies = [terms.body for _, terms in DOCUMENT.rows()]
    assert bodies == [
        f"{TITLE} {GAP} es:ninec {GAP} es:primero",
        "es:segundo",
        "es:casa es:tercero",
    ]


def test_rows_have_title_and_heading_as_context() -> None:
    assert [terms.context for _, terms in DOCUMENT.rows()] == [
        f"{TITLE} {GAP} es:ninec",
        f"{TITLE} {GAP} es:ninec",
        f"{TITLE} {GAP} es:casa",
    ]


def test_rows_of_listings_are_longer_by_gaps() -> None:
    listing = replace(DOCUMENT, passages=(Passage("Uno", 1), Passage("Uno y dos", 2, is_listing=True)))
    terms = list(listing.rows())[1][1]
    gaps = [GAP] * 3 * (LISTING_TIMES - 1)
    assert (terms.body.split(), terms.exact.split()) == (
        ["es:uno", "es:y", "es:dos", *gaps],
        ["uno", "y", "dos", *gaps],
    )


def test_rows_hold_folded_words_for_exact_phrases() -> None:
    assert next(terms.exact for _, terms in DOCUMENT.rows()) == (
        f"los estados {GAP} los estados {GAP} los estados {GAP} ninez {GAP} primero"
    )


def test_tokens_name_facets_readers_and_visibility() -> None:
    assert DOCUMENT.facet_tokens == [
        *("kind=document", "language=es", "year=2024", "country=BR", "country=MX")
    ]
    assert DOCUMENT.filter_tokens[5:] == [
        *("shown=es", "shown=en", "shown=pt", "shown=fr", "visibility=public")
    ]


def test_fingerprint_ignores_the_version_only() -> None:
    assert replace(DOCUMENT, version=9).fingerprint == DOCUMENT.fingerprint
    changed = [
        replace(DOCUMENT, title="x"),
        replace(DOCUMENT, dated=None),
        replace(DOCUMENT, facets={}),
        replace(DOCUMENT, visibility="desk"),
        replace(DOCUMENT, passages=DOCUMENT.passages[:2]),
    ]
    assert len({DOCUMENT.fingerprint, *(each.fingerprint for each in changed)}) == 6


def test_recency_orders_by_date_first() -> None:
    later, undated = replace(DOCUMENT, dated=date(2024, 1, 2)), replace(DOCUMENT, dated=None)
    assert undated.recency < DOCUMENT.recency < later.recency < 2**62
    assert replace(later, id="other").recency != later.recency


def test_order_key_is_positive_and_fits_a_long() -> None:
    assert all(0 <= order_key(str(number)) < 2**63 for number in range(1_000))


def test_prefixes_are_the_beginnings_of_folded_words() -> None:
    assert prefixes("Ñu té") == "n nu t te"


ODD = "aáñ'’-_ \n\t\u00a0\u2028\u3000\x1c\x1f\x85\u200c\u200b\ufeff\u00ad\u0301lLdD.,;¿日ﬁß9²½🙂\x00"


@pytest.mark.few(3)
@pytest.mark.parametrize("language", ["es", "en", "pt", "fr", "de", "es-MX"])
def test_rows_hold_the_terms_that_analysis_makes_of_the_whole_text(language: str) -> None:
    chance = random.Random(40)
    for _ in range(1_000):
        text = "".join(chance.choices(ODD, k=chance.randint(1, 20)))
        made = replace(DOCUMENT, language=language, passages=(Passage("", 1), Passage(text, 2)))
        terms = list(made.rows())[1][1]
        assert terms.body.split() == analysis.tagged_terms(text, language)
        assert terms.exact.split() == analysis.folded(text)


def test_rows_are_right_when_more_words_come_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_KEPT", 3)
    monkeypatch.setattr(documents, "LONGEST_KEPT", 5)
    documents._TAGGED.cache_clear()
    text = "uno dos tres cuatro cinco seis siete uno dos tres"
    terms = list(replace(DOCUMENT, passages=(Passage("", 1), Passage(text, 2))).rows())[1][1]
    assert terms.exact == text
    assert max(len(documents._FOLDED), len(documents._TAGGED["es"])) <= 3
