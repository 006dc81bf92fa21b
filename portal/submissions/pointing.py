"""Tells who writes and who decides what may be personal data of third parties; no fault, but worth a look."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.common.errors import Problem
from portal.submissions.third_parties import third_parties
from portal.submissions.third_party_tokens import Kind

WORDS: Mapping[Kind, Promise] = {
    Kind.EMAIL: _("an e-mail address"),
    Kind.PAPER: _("the number of somebody’s papers"),
    Kind.PHONE: _("a telephone number"),
    Kind.ADDRESS: _("the address of a house"),
    Kind.NAME: _("somebody’s name"),
}
# Of one field; the secretariat sees every one, marked in the text.
MOST = 5
# What is no text of people: keys, codes, numbers.
_CODES = frozenset({"kind", "key", "organization", "language", "country", "attachments", "withheld"})


def pointed_out(content: Mapping[str, Any]) -> list[Problem]:
    """For the page that submits, by field of the content."""
    return [
        problem
        for name, value in content.items()
        if name not in _CODES
        for text in _texts(value)
        for problem in notes_on(text, name)
    ]


def notes_on(text: str, field: str) -> list[Problem]:
    spans = dict.fromkeys((text[span.start : span.end], span.kind) for span in third_parties(text))
    return [Problem(field, note(said, kind)) for said, kind in list(spans)[:MOST]]


def note(said: str, kind: str) -> Any:
    told = _("Is “%(text)s” %(kind)s? Readers would see it. Leave it out unless that person agrees.")
    return told % {"text": said, "kind": WORDS[Kind(kind)]}


def _texts(value: Any) -> Iterator[str]:
    """Texts that people wrote, of whatever shape a field has; a code has no blank."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Sequence):
        yield from (each for each in value if isinstance(each, str))


def marked(text: str) -> SafeString:
    """Escaped, with a mark around each that tells what it may be."""
    parts, done = [], 0
    for span in third_parties(text):
        parts.append(format_html("{}", text[done : span.start]))
        parts.append(
            format_html(
                '<mark class="pointed" title="{}">{}</mark>', WORDS[span.kind], text[span.start : span.end]
            )
        )
        done = span.end
    parts.append(format_html("{}", text[done:]))
    return format_html_join("", "{}", ((part,) for part in parts))


def number_of(texts: Sequence[str]) -> int:
    """How many are pointed out in all."""
    return sum(len(third_parties(text)) for text in texts)
