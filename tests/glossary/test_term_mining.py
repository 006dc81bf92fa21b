"""Mining of terms on texts made for it, where the right answer is known."""

import random
from itertools import pairwise

import pytest

from portal.glossary.function_words import FUNCTION_WORDS
from portal.glossary.term_mining import Candidate, grams_of, log_likelihood, mine

LANGUAGES = ("es", "en", "pt", "fr")
LINES = """
albergue temporal, temporary shelter, abrigo temporário, abri temporaire
banco de semillas, seed bank, banco de sementes, banque de semences
partera, midwife, parteira, sage-femme
transbordador, ferry, balsa, traversier
panadería, bakery, padaria, boulangerie
"""
ROWS = [dict(zip(LANGUAGES, line.split(", "), strict=True)) for line in LINES.strip().splitlines()]
TERMS = {row["en"]: row for row in ROWS}
FRAMES = {
    "es": "{0} y {1}: {2}.",
    "en": "{0} and {1}: {2}.",
    "pt": "{0} e {1}: {2}.",
    "fr": "{0} et {1}: {2}.",
}


def texts(number: int = 60, seed: int = 1, each: int = 2) -> list[dict[str, str]]:
    """Sentences in which some of the terms stand, and one filler that nothing corresponds to."""
    chance, made = random.Random(seed), []
    for _ in range(number):
        chosen = chance.sample(sorted(TERMS), each)
        parts = {
            code: [TERMS[name][code] for name in chosen] + [f"{code}{chance.choice('abcdefgh') * 5}"]
            for code in FRAMES
        }
        made.append({code: frame.format(*parts[code]) for code, frame in FRAMES.items()})
    return made


def found_terms(candidates: list[Candidate]) -> list[dict[str, str]]:
    return sorted((candidate.terms for candidate in candidates), key=lambda terms: terms["en"])


def test_all_terms_are_found_and_nothing_else() -> None:
    assert found_terms(mine(texts())) == sorted(TERMS.values(), key=lambda terms: terms["en"])


@pytest.mark.parametrize("seed", range(5))
def test_three_languages_are_enough(seed: int) -> None:
    without = [{code: text for code, text in each.items() if code != "fr"} for each in texts(seed=seed)]
    expected = [{code: text for code, text in terms.items() if code != "fr"} for terms in TERMS.values()]
    assert found_terms(mine(without)) == sorted(expected, key=lambda terms: terms["en"])


def test_two_languages_are_not() -> None:
    assert mine([{code: each[code] for code in ("es", "en")} for each in texts()]) == []


def test_the_best_candidate_stands_first_and_says_where() -> None:
    aligned = texts()
    candidates = mine(aligned)
    assert all(one.score >= other.score for one, other in pairwise(candidates))
    for candidate in candidates:
        assert candidate.support == len(candidate.texts)
        assert all(
            text in aligned[at][code] for at in candidate.texts for code, text in candidate.terms.items()
        )


def test_what_the_glossary_has_is_left_out() -> None:
    known = {"pt": {grams_of("Parteiras", "pt")}}
    assert [terms for terms in found_terms(mine(texts(), known=known)) if terms["en"] == "midwife"] == []
    assert len(mine(texts(), known=known)) == len(TERMS) - 1


def test_the_same_text_again_is_no_evidence() -> None:
    assert mine([texts(1)[0]] * 50) == []


def test_words_that_always_come_together_are_not_told_apart() -> None:
    """Two names that never part could be either; saying nothing is better than guessing."""
    aligned = [
        {"es": f"zorro lluvia {n}", "en": f"umbrella kettle {n}", "pt": f"gaveta moinho {n}"}
        for n in range(9)
    ]
    others = [{"es": "quieto", "en": "calm", "pt": "sossego"}] * 3
    terms = {tuple(candidate.terms.values()) for candidate in mine(aligned + others)}
    assert terms <= {("zorro lluvia", "umbrella kettle", "gaveta moinho")}


def test_names_and_words_spelled_alike_everywhere_are_left_out() -> None:
    aligned = [
        {
            code: f"{word} {n % 7 * 'x'} Maracaju {text}"
            for code, word, text in (
                ("es", "hotel", "Nueva Granada"),
                ("en", "hotel", "New Granada"),
                ("pt", "hotel", "Nova Granada"),
            )
        }
        for n in range(3, 12)
    ] + [{"es": f"nada {n}", "en": f"nothing {n}", "pt": f"nada {n}"} for n in "abcdefgh"]
    assert mine(aligned) == []


def test_no_texts_give_no_candidates() -> None:
    assert (mine([]), mine([{"es": "", "en": "…", "pt": "1 2 3"}])) == ([], [])


def test_texts_by_chance_give_next_to_nothing() -> None:
    """Words drawn apart in each language: what passes is the error of the measure."""
    chance = random.Random(4)
    vocabulary = {code: [f"{code}{a}{b}" for a in "bcdfg" for b in "aeiou"] for code in FRAMES}
    aligned = [
        {code: " ".join(chance.choices(words, k=8)) for code, words in vocabulary.items()} for _ in range(200)
    ]
    assert mine(aligned) == []


def test_log_likelihood_is_dunnings() -> None:
    assert log_likelihood(0, 0, 5, 10) == 0
    assert log_likelihood(5, 10, 10, 20) == pytest.approx(0)
    assert log_likelihood(10, 10, 10, 20) == pytest.approx(27.7259, abs=1e-3)


@pytest.mark.parametrize("language", sorted(FUNCTION_WORDS))
def test_words_of_the_process_are_no_function_words(language: str) -> None:
    content = {
        "estado",
        "state",
        "etat",
        "pais",
        "country",
        "pays",
        "persona",
        "people",
        "pessoa",
        "personne",
    }
    assert FUNCTION_WORDS[language] & content == set()
