"""A scroll's place as text for an address: signed, and good for one question only."""

import hashlib
from dataclasses import replace

from django.core import signing

from search.engines.base import Cursor
from search.results.query_params import address_of
from search.results.service import Place, Question

SALT = "search.cursor"


class BadCursor(Exception):
    """The text is no cursor of ours, was changed, or belongs to another question."""


def sealed(place: Place, question: Question) -> str:
    """The place as text."""
    told = {
        "of": _digest(question),
        "in": place.cursor.snapshot,
        "after": place.cursor.after,
        "attempt": place.attempt,
    }
    return signing.dumps(told, salt=SALT, compress=True)


def opened(text: str, question: Question) -> Place:
    """The place that a text stands for. Raises `BadCursor`."""
    try:
        told = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise BadCursor(str(error)) from None
    if told["of"] != _digest(question):
        raise BadCursor("another question")
    return Place(Cursor(told["in"], tuple(told["after"])), told["attempt"])


def _digest(question: Question) -> str:
    """Stands for the question whatever the page, with the reader's language and rights."""
    asked = (address_of(replace(question, page=1)), question.ui, *question.visibility)
    return hashlib.blake2b("\n".join(asked).encode("utf-8", "replace"), digest_size=12).hexdigest()
