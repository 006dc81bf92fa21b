"""Parts of a file find those of a draft by their words: as if every pair were weighed against every other."""

import random
from uuid import uuid4

import pytest

from portal.conclusions.document import Node
from portal.conclusions.enums import PartKind
from portal.conclusions.importing.matching import match_words
from portal.conclusions.models import Part, PartText
from portal.conclusions.trees import Branch
from portal.consultations.note_matching import likeness, long_words
from tests.conclusions.generated import sentence
from tests.thinning import thinned

WORDS = [f"{start}{end}" for start in ("garden", "mirror", "ladder", "candle") for end in "abcdefghijklmn"]


def branch(number: str, body: str) -> Branch:
    part = Part(key=uuid4(), kind=PartKind.RECOMMENDATION, number=number)
    return Branch(part, {"en": PartText(part=part, language="en", body=body, import_digest="x")})


def node(number: str, body: str) -> Node:
    return Node(PartKind.RECOMMENDATION, number=number, body=body)


def by_hand(nodes: list[Node], branches: list[Branch]) -> dict[int, int]:
    """The best pair of all first, then the best of what is left."""
    pairs = []
    for at, each in enumerate(nodes):
        for place, one in enumerate(branches):
            same = each.number == one.part.number
            score = likeness(long_words(each.body), long_words(one.texts["en"].body))
            if score >= (0.3 if same else 0.5):
                pairs.append((-(score + same), at, place))
    matched: dict[int, int] = {}
    for _score, at, place in sorted(pairs):
        if at not in matched and place not in matched.values():
            matched[at] = place
    return matched


def reworded(rng: random.Random, body: str, share: float) -> str:
    return " ".join(rng.choice(WORDS) if rng.random() < share else word for word in body.split())


@pytest.mark.parametrize("seed", thinned(range(40), lambda seed: seed < 10))
def test_like_words_find_each_other(seed: int) -> None:
    rng = random.Random(seed)
    bodies = [sentence(rng) for _ in range(rng.randint(1, 25))]
    branches = [branch(f"1.1.{at}", body) for at, body in enumerate(bodies, start=1)]
    rng.shuffle(bodies)
    nodes = [node(f"1.1.{at}", reworded(rng, body, 0.4)) for at, body in enumerate(bodies, start=1)]
    matches = match_words(nodes, branches, "en")
    indexes = {at: branches.index(matches[id(each)]) for at, each in enumerate(nodes) if id(each) in matches}
    assert indexes == by_hand(nodes, branches)


def test_hundreds_of_reworded_parts_find_each_other() -> None:
    rng = random.Random(7)
    bodies = [" ".join(f"{at}{word}" for word in ("tree", "well", "street", "lamp")) for at in range(600)]
    bodies = [body.translate(str.maketrans("0123456789", "bcdfghklmn")) for body in bodies]
    branches = [branch(str(at), f"{body} everybody somebody") for at, body in enumerate(bodies)]
    nodes = [node(str(at + 1), f"{body} everybody nobody") for at, body in enumerate(bodies)]
    rng.shuffle(nodes)
    matches = match_words(nodes, branches, "en")
    said = {each.body: matches[id(each)].texts["en"].body for each in nodes}
    assert all(one.replace("nobody", "somebody") == other for one, other in said.items())
