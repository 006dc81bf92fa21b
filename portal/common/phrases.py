"""Words that several apps show: names of languages by CLDR, what is too long; one translation each; stops.

Rule: a name begins with a capital where it stands alone (label, option, facet: `LANGUAGE_NAMES`) and is
written as in running text inside a sentence (`language_in_text`). Values are lazy: the reader decides.
"""

import re

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.common.formatting import reader_locale
from portal.common.languages import CODES

# A name or words that end with a mark of their own, before the stop of the sentence they were put into.
_TWO_MARKS = re.compile(r"(?<=[^.\s])(?:\.(?=\.)|(?<=[?!…])\.)(?=\.?(?:\s|$))")

# On average, spaces and addresses on the web included: what is counted in words has an end as well.
CHARACTERS_A_WORD = 20


def one_stop(sentence: str) -> str:
    """`Saved: Banco S.A..` with one point, `Fill in: What is wrong?.` with its question mark alone."""
    return _TWO_MARKS.sub("", sentence)


def language_in_text(code: str) -> str:
    """The name of a language inside a sentence: `español`, `English`; an unknown code as it is."""
    return reader_locale().languages.get(code, code)


def too_long(over: int) -> str:
    """Of a text with so many characters too many."""
    return ngettext("Shorten this by %(over)d character.", "Shorten this by %(over)d characters.", over) % {
        "over": over
    }


def too_many_words(over: int) -> str:
    """Of a text with so many words too many."""
    return ngettext("Shorten this by %(over)d word.", "Shorten this by %(over)d words.", over) % {
        "over": over
    }


def over_length(text: str, words: int) -> str:
    """What is wrong with a text that may have so many words, also long ones; empty when it fits."""
    if (over := len(text.split()) - words) > 0:
        return too_many_words(over)
    return over_characters(text, words * CHARACTERS_A_WORD)


def over_characters(text: str, most: int) -> str:
    """Empty when it fits."""
    return too_long(len(text) - most) if len(text) > most else ""


def _language_name(code: str) -> str:
    name = language_in_text(code)
    return name[:1].upper() + name[1:]


def _original_in(code: str) -> str:
    return _("Original in %(language)s") % {"language": language_in_text(code)}


MACHINE_DRAFT = gettext_lazy("Machine draft, not checked")
_lazy_name = lazy(_language_name, str)
_lazy_original = lazy(_original_in, str)
LANGUAGE_NAMES = {code: _lazy_name(code) for code in CODES}
ORIGINAL_IN = {code: _lazy_original(code) for code in CODES}
