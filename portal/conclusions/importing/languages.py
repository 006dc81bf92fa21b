"""Tells a translation from a second copy of a text in another language. Used by `run` only."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.conclusions.document import Document, Node
from portal.conclusions.importing.matching import Matches
from portal.conclusions.importing.targets import Undecided
from portal.conclusions.trees import Branch
from portal.consultations.note_matching import likeness, long_words

# So alike are no two languages; names and short titles may be.
_SAME, _FEWEST = 0.8, 5


def words_of_another(document: Document, matches: Matches, language: str) -> list[str]:
    """Texts that say what their part says in another language. Raises `Undecided` where most do."""
    compared = 0
    same: list[str] = []
    for node in document.nodes():
        branch = matches.get(id(node))
        if branch is None or len(long_words(_said(node))) < _FEWEST:
            continue
        compared += 1
        if any(_is_same(node, branch, language)):
            same.append(f"{branch.part}: {node.heading or node.body}")
    if len(same) * 2 > compared:
        reason = _(
            "Most of this file says the same words as the text in another language. Is it in %(language)s?"
        )
        raise Undecided("language", reason % {"language": language})
    return same


def _is_same(node: Node, branch: Branch, language: str) -> Iterator[bool]:
    words = long_words(_said(node))
    for other, text in branch.texts.items():
        if other != language:
            yield likeness(words, long_words(f"{text.heading} {text.body}")) >= _SAME


def _said(node: Node) -> str:
    return f"{node.heading} {node.body}"
