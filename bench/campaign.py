"""How well near-copies of campaign letters are grouped when they are submitted, and what that costs.

    .venv/bin/python bench/campaign.py [--seeds 3]

In each language 300 copies that fill in their own name and place, 23 that were edited and 60 texts of their
own of sentences of the demo, a third of which quote the letter, signed in a random order in a database that
is thrown away. Recall: how many of the 323 are in the one group. Precision: how many of all that are in a
group of several are copies. Exits 1 below a goal.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
COPIES, EDITED, UNIQUE, GOAL = 300, 23, 60, 0.98
EDITS = ("words replaced", "sentence left out", "own paragraph", "order changed", "all of these")
DEMO = Path(__file__).resolve().parent.parent / "portal/demo/content"
LEAST = 8
Text = tuple[str, str]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=3)
    seeds = range(parser.parse_args().seeds)
    with tempfile.TemporaryDirectory() as folder:
        _set_up(Path(folder))
        head = f"{'language':10}{'recall':>8}{'precision':>11}{'ms a text':>11}{'longest':>9}"
        print(f"{head}  edited, in the group", flush=True)
        passed = [_tell(language, seeds) for language in ("es", "en", "pt", "fr")]
    return 0 if all(passed) else 1


def _set_up(folder: Path) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from portal.demo import tables

    connection.ensure_connection()
    tables.lay(connection.connection)
    call_command("migrate", verbosity=0)


def _tell(language: str, seeds: range) -> bool:
    recalls, precisions, times = [], [], []
    edited: Counter[str] = Counter()
    for seed in seeds:
        recall, precision, taken, kept = _run(language, random.Random(seed))
        recalls.append(recall)
        precisions.append(precision)
        times += taken
        edited.update(kept)
    recall, precision = min(recalls), min(precisions)
    told = ", ".join(f"{how} {number}" for how, number in sorted(edited.items()))
    middle, longest = 1000 * sum(times) / len(times), 1000 * max(times)
    print(f"{language:10}{recall:8.3f}{precision:11.3f}{middle:11.1f}{longest:9.1f}  {told}", flush=True)
    return min(recall, precision) >= GOAL


def _run(language: str, draw: random.Random) -> tuple[float, float, list[float], Counter[str]]:
    from portal.moderation.copies import sign
    from portal.moderation.models import TextSignature

    TextSignature.objects.all().delete()
    texts = {uuid4(): text for text in _texts(language, draw)}
    order, taken = list(texts), []
    draw.shuffle(order)
    for key in order:
        begun = time.perf_counter()
        sign("intervention", key, language, texts[key][1])
        taken.append(time.perf_counter() - begun)
    groups = dict(TextSignature.objects.values_list("object_key", "group"))
    return *_figures(texts, groups), taken, _kept(texts, groups)


def _figures(texts: dict[UUID, Text], groups: dict[UUID, UUID]) -> tuple[float, float]:
    copies = [key for key, (how, _text) in texts.items() if how != "unique"]
    group, number = Counter(groups[key] for key in copies).most_common(1)[0]
    sizes = Counter(groups.values())
    grouped = [key for key in texts if sizes[groups[key]] > 1]
    right = sum(groups[key] == group and texts[key][0] != "unique" for key in grouped)
    return number / len(copies), right / len(grouped)


def _kept(texts: dict[UUID, Text], groups: dict[UUID, UUID]) -> Counter[str]:
    """Of each kind of edit how many are in the group of the letter."""
    group = Counter(groups[key] for key, (how, _text) in texts.items() if how == "copy").most_common(1)[0][0]
    return Counter(how for key, (how, _text) in texts.items() if how in EDITS and groups[key] == group)


def _texts(language: str, draw: random.Random) -> list[Text]:
    letter = SAID[language]["letter"]
    texts = [("copy", _filled(letter, draw)) for _each in range(COPIES)]
    texts += [(how, _edited(how, letter, language, draw)) for how in (EDITS * EDITED)[:EDITED]]
    return texts + [("unique", own(language, draw)) for _each in range(UNIQUE)]


def _filled(sentences: list[str], draw: random.Random) -> str:
    name = f"{draw.choice(NAMES)} {draw.choice(PLACES)}"
    given = {"name": name, "place": draw.choice(PLACES), "number": draw.randint(12, 4000)}
    return " ".join(sentences).format(**given)


def _edited(how: str, letter: list[str], language: str, draw: random.Random) -> str:
    sentences = list(letter)
    if how in ("sentence left out", "all of these"):
        sentences.pop(draw.randrange(1, len(sentences)))
    if how in ("order changed", "all of these"):
        one, other = draw.sample(range(len(sentences)), 2)
        sentences[one], sentences[other] = sentences[other], sentences[one]
    if how in ("own paragraph", "all of these"):
        sentences += _sentences(language, draw, 3)
    text = _filled(sentences, draw)
    bank = " ".join(_bank(language)).split()
    share = {"words replaced": 0.1, "all of these": 0.05}.get(how, 0)
    words = [draw.choice(bank) if draw.random() < share else word for word in text.split()]
    return " ".join(words)


def own(language: str, draw: random.Random) -> str:
    """Eleven sentences; every third text quotes two of the letter."""
    quoted = draw.sample(SAID[language]["letter"], 2) if draw.random() < 1 / 3 else []
    return _filled([*_sentences(language, draw, 11), *quoted], draw)


def _sentences(language: str, draw: random.Random, number: int) -> list[str]:
    return draw.sample(_bank(language), number)


@cache
def _bank(language: str) -> list[str]:
    """The sentences of what the demo's organizations say in a language, `{` and `}` left out."""
    told: set[str] = set()
    for path in sorted(DEMO.rglob("*.toml")):
        for text in _said(tomllib.loads(path.read_text()), language, path.stem):
            parts = re.split(r"(?<=[.!?])\s+", " ".join(text.split()))
            told |= {part for part in parts if len(part.split()) >= LEAST and "{" not in part}
    return sorted(told)


def _said(value: object, wanted: str, language: str) -> Iterator[str]:
    if isinstance(value, dict):
        here = str(value.get("language", language))
        for name, each in value.items():
            yield from _said(each, wanted, name if name in SAID else here)
    elif isinstance(value, list):
        for each in value:
            yield from _said(each, wanted, language)
    elif isinstance(value, str) and language == wanted:
        yield value


NAMES = ("Red", "Casa", "Colectivo", "Foro", "Mesa", "Pastoral", "Clínica", "Asamblea", "Alianza", "Centro")
PLACES = (
    "Tapachula", "Boa Vista", "Cúcuta", "Esquipulas", "Necoclí", "Iquique", "Ouanaminthe", "Kingston",
    "Pacaraima", "Tulcán", "Rivas", "Bluefields", "Manaus", "Paso Canoas", "Arica", "Georgetown",
)  # fmt: skip
with Path(__file__).with_name("campaign_texts.toml").open("rb") as _file:
    SAID: dict[str, dict[str, list[str]]] = tomllib.load(_file)


if __name__ == "__main__":
    sys.exit(main())
