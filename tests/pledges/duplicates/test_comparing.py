"""Pledges that are one are told from others by what they say, in whatever language."""

from datetime import date
from decimal import Decimal

import pytest

from portal.common.folding import folded
from portal.pledges.duplicates.candidates import Candidates
from portal.pledges.duplicates.comparing import LEAST, Pair, alike_names, corpus_of
from portal.pledges.duplicates.sides import Side
from portal.pledges.duplicates.stems import figures, stem, stems, terms_of
from tests.factories.alike_pledges import COPIES, LOOKALIKES, labelled
from tests.factories.alike_words import TOPICS

ONE = Side(
    key=1,
    title="Inscripción de nacimientos en la frontera",
    text="Brigadas del registro civil inscribirán a 1.240 niñas y niños en Tapachula.",
    language="es",
    numbers=frozenset({"GRF-10001"}),
    lead="a",
    lead_name="Ministerio del Interior",
    places=frozenset({"MX"}),
    year=2023,
    starts_on=date(2024, 1, 1),
    ends_on=date(2026, 12, 31),
    amount=Decimal(250_000),
    currency="USD",
)


def like_one(**fields: object) -> Side:
    values = {name: getattr(ONE, name) for name in Side.__dataclass_fields__} | {"key": 2} | fields
    return Side(**values)


def pair_with(other: Side) -> Pair:
    return Pair(ONE, other, corpus_of([ONE, other]))


@pytest.mark.parametrize(
    "words",
    [
        ("refugiados", "refugees", "réfugiés"),
        ("educación", "educação", "education", "éducation"),
        ("escuela", "escola"),
        ("protección", "proteção", "protection"),
        ("apátridas", "apatrides"),
    ],
)
def test_words_of_one_origin_have_one_stem(words: tuple[str, ...]) -> None:
    assert len({stem(folded(word)) for word in words}) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1.200 personas", {1200}),
        ("1,200 people", {1200}),
        ("1 200 personnes", {1200}),
        ("1,5 millones de dólares", {1_500_000}),
        ("12 mil famílias", {12_000}),
        ("12.50 per cent", {Decimal("12.5")}),
        ("in 2024 and 3 towns", set()),
        ("GRF-10001", set()),
    ],
)
def test_figures_are_the_same_in_every_spelling(text: str, told: set[int]) -> None:
    assert figures(text) == told


def test_terms_of_the_glossary_stand_for_their_concept() -> None:
    terms = terms_of([("birth registration", ["registro de nacimientos", "birth registration"])])
    shared = stems("El registro de nacimientos", terms) & stems("Birth registration", terms)
    assert shared == {"=birth registration", "regis"}


@pytest.mark.parametrize(
    ("other", "signal"),
    [
        ({"numbers": frozenset({"HLOM-10001"})}, "same_digits"),
        ({"numbers": frozenset({"GRF-10001"})}, "same_number"),
        ({"lead": "b", "parties": frozenset({"a"})}, "lead_is_party"),
        ({"lead": "b", "lead_name": "Ministry of the Interior"}, "alike_lead"),
        ({"lead": "b", "lead_name": "Casa Común"}, "other_organizations"),
        ({"places": frozenset({"GT"})}, "other_place"),
        ({"year": 2019}, "other_year"),
        ({"starts_on": date(2020, 1, 1), "ends_on": None}, "other_days"),
        ({"amount": Decimal(300_000)}, "other_amount"),
        ({"text": "Inscribirán a 77 niños."}, "other_figures"),
        ({"language": "pt"}, "alike_across"),
    ],
)
def test_each_signal_is_told(other: dict[str, object], signal: str) -> None:
    plain: dict[str, object] = {"numbers": frozenset()}
    assert signal not in pair_with(like_one(**plain)).signals
    assert signal in pair_with(like_one(**plain | other)).signals


def test_an_amount_in_another_currency_says_nothing() -> None:
    other = like_one(amount=Decimal(1_250_000), currency="BRL")
    assert not {"same_amount", "other_amount"} & {*pair_with(other).signals}


def test_names_of_one_body_in_two_languages_are_alike() -> None:
    assert alike_names("Ministerio del Interior", "Ministry of the Interior") == 1
    assert alike_names("Ministerio del Interior", "Casa Común") == 0
    assert alike_names("", "Casa Común") == 0


def test_what_changes_a_comparison_changes_the_digest() -> None:
    assert like_one().digest == like_one(key=3, names=frozenset({"x"})).digest
    changes: list[dict[str, object]] = [
        {"text": "Otro"},
        {"places": frozenset({"GT"})},
        {"amount": None},
        {"ends_on": None},
    ]
    assert len({like_one(**change).digest for change in [{}, *changes]}) == 5


def test_a_pair_is_compared_once_and_a_pledge_never_with_itself() -> None:
    candidates = Candidates([ONE, like_one(), like_one(key=3)])
    pairs = [frozenset((pair.one.key, pair.other.key)) for pair in candidates.pairs([1, 2, 3])]
    assert sorted(map(sorted, pairs)) == [[1, 2], [1, 3], [2, 3]]


def test_copies_are_proposed_and_lookalikes_are_not() -> None:
    """One set of those that `bench/pledge_duplicates.py` tells the figures of."""
    made = labelled(301, topics=sorted(TOPICS)[1::2])
    assert (len(made.sides), len(made.copies), len(made.lookalikes)) == (400, 52, 80)
    assert {*made.copies.values()} == {*COPIES}
    assert {*made.lookalikes.values()} == {*LOOKALIKES}
    candidates = Candidates(made.sides)
    likely = {frozenset((pair.one.key, pair.other.key)) for pair in candidates.likely(candidates.sides)}
    right = likely & {*made.copies}
    assert len(right) / len(likely) >= 0.9
    assert len(right) / len(made.copies) >= 0.85


def test_without_a_word_in_common_nothing_is_likely() -> None:
    other = Side(key=2, title="Agua limpia", language="es", lead="z", places=frozenset({"BR"}), year=2019)
    assert pair_with(other).score < LEAST / 100
