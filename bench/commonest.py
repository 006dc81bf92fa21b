"""Writes `portal/files/commonest/*.txt` anew: the commonest words of each language, for the quality gate.

They come from texts of the project alone: the catalogues of its interface, the demo's texts, and the small
words of the language guess. Run it in the root of a checkout: `.venv/bin/python bench/commonest.py`.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from portal.common.folding import folded
from portal.common.languages import CODES
from search.text import language_detection

TARGET = Path("portal/files/commonest")
MOST = 3_000
LEAST_USES = 2
_WORD = re.compile(r"[^\W\d_]+")
_MARKUP = re.compile(r"%\(\w+\)[sd]|\{\{?.*?\}?\}|<[^>]*>|&\w+;|https?://\S+")


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    counts = {code: Counter[str]() for code in CODES}
    for code, text in (*_catalogues(), *_demo()):
        counts[code].update(folded(word) for word in _WORD.findall(_MARKUP.sub(" ", text)))
    for code, counted in counts.items():
        kept = {word for word, uses in counted.most_common(MOST) if uses >= LEAST_USES}
        small = {word for word in counted if language_detection.is_small(word, code)}
        (TARGET / f"{code}.txt").write_text("\n".join(sorted(kept | small)) + "\n")


def _catalogues() -> Iterator[tuple[str, str]]:
    for path in sorted(Path("locale").glob("*/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                for code, said in ((path.parts[1], message.string), ("en", message.id)):
                    yield from ((code, text or "") for text in _texts(said))


def _texts(said: object) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else (str(said),)


def _demo() -> Iterator[tuple[str, str]]:
    for path in sorted(Path("portal/demo/content").rglob("*.toml")):
        for text in _strings(tomllib.loads(path.read_text())):
            code = language_detection.language_of(text) if len(text.split()) >= 8 else ""
            if code:
                yield code, text


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


if __name__ == "__main__":
    main()
