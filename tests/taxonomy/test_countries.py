"""Countries as concepts: every one has a name in each language, and no word means two of them."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator

from portal.common.languages import CODES
from portal.taxonomy.countries import KEY, SHEET, country_concepts
from portal.taxonomy.queries import Concept
from search.text.analysis import terms

REGION = {
    *("AG", "AR", "AW", "BB", "BO", "BR", "BS", "BZ", "CL", "CO", "CR", "CU", "CW", "DM", "DO", "EC", "GD"),
    *("GF", "GP", "GT", "GY", "HN", "HT", "JM", "KN", "LC", "MQ", "MX", "NI", "PA", "PE", "PR", "PY", "SR"),
    *("SV", "TT", "UY", "VC", "VE"),
}
# Where the word for a people means another one, or is no common word.
WITHOUT_PEOPLE = {("DM", "es"), ("DM", "en"), ("GF", "es"), ("GF", "pt")}
INFLECTED = {
    "es": [
        (r"o$", ["o", "a", "os", "as"]),
        (r"és$", ["és", "esa", "eses", "esas"]),
        (r"[íúae]$", ["*", "*s"]),
    ],
    "pt": [
        (r"eu$", ["eu", "eia", "eus", "eias"]),
        (r"(?<!ã)o$", ["o", "a", "os", "as"]),
        (r"ês$", ["ês", "esa", "eses", "esas"]),
        (r"[ae]$", ["*", "*s"]),
    ],
    "fr": [
        (r"en$", ["en", "enne", "ens", "ennes"]),
        (r"(ain|ais|ois|and|al)$", ["*", "*e", "*es"]),
        (r"[eéi]$", ["*", "*s"]),
    ],
    "en": [(r"[an]$", ["*", "*s"])],
}


def people() -> list[tuple[str, str, list[str]]]:
    with SHEET.open(encoding="utf-8", newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    return [(row["code"], code, row[code].split("|")) for row in rows for code in CODES if row[code]]


def inflected(word: str, language: str) -> list[str]:
    """One man, one woman, several, of a word for one man; a word without a rule as it is."""
    for ending, forms in INFLECTED[language]:
        if match := re.search(ending, word):
            stem = word[: match.start()]
            return [word + form[1:] if form.startswith("*") else stem + form for form in forms]
    return [word]


def known_terms() -> dict[tuple[str, ...], set[str]]:
    """Language and terms, and the countries that they name."""
    known = defaultdict(set)
    for concept in country_concepts():
        for phrase in phrases_of(concept):
            known[phrase].add(concept.key)
    return known


def test_every_country_has_a_name_in_every_language() -> None:
    concepts = country_concepts()
    assert len(concepts) >= 193
    assert [c.key for c in concepts if not all(c.terms[code] for code in CODES)] == []


def test_the_region_is_there_with_its_peoples() -> None:
    assert {f"{KEY}{code}" for code in REGION} <= {c.key for c in country_concepts()}
    named = {(code, language) for code, language, _ in people()}
    wanted = {(code, language) for code in REGION for language in CODES}
    assert wanted - named == WITHOUT_PEOPLE


def test_no_word_means_two_countries() -> None:
    assert {words: keys for words, keys in known_terms().items() if len(keys) > 1} == {}


def test_a_people_is_known_in_every_gender_and_number() -> None:
    known = known_terms()
    missed = [
        (code, language, form)
        for code, language, words in people()
        for form in inflected(words[0], language)
        if f"{KEY}{code}" not in known.get((language, *terms(form, language)), ())
    ]
    assert missed == []


def test_a_country_asks_for_few_phrases() -> None:
    assert max(len(set(phrases_of(concept))) for concept in country_concepts()) <= 24


def phrases_of(concept: Concept) -> Iterator[tuple[str, ...]]:
    for language, texts in concept.terms.items():
        for text in texts:
            yield (language, *terms(text, language))
