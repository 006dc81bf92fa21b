"""What in a text has the form of a mail address, a telephone number or the number of papers; pure."""

import re
from collections.abc import Iterator

from portal.submissions.third_party_tokens import Kind, Span
from portal.submissions.third_party_words import CALLING

# No part of these can be matched in two ways, and each is bounded: they never look back far.
_DIGITS = re.compile(r"(?<![\w@.,-])(?:\+|00)?\(?\d[\d ().\u00a0-]{5,20}\d(?![\w@])")
_FORMS = re.compile(
    r"(?<![\w.-])(?:"
    r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d"  # CURP
    r"|[A-Z]{4}\d{6}[A-Z\d]{3}|[A-Z]{6}\d{8}[HM]\d{3}"  # RFC, elector's key of Mexico
    r"|\d{3}\.\d{3}\.\d{3}-\d{2}"  # CPF
    r"|\d{1,2}\.\d{3}\.\d{3}-[\dkK]"  # RUT
    r"|[VE]-?\d{7,8}|[A-Z]{2}-\d{1,2}\.\d{3}\.\d{3}"  # Venezuela, Brazil
    r"|A-?\d{8,9}|A-?\d{2,3}[- ]\d{3}[- ]\d{3}"  # A-number
    r"|\d-\d{4}-\d{4}|\d{3}-\d{7}-\d|\d{8}-\d|\d{3}-\d{2}-\d{4}|\d{3}-\d{2}C\d{5}"
    r"|\d{4}[ -]\d{5}[ -]\d{4}"  # DPI
    r"|\d{4}[ -](?:19|20)\d{2}[ -]\d{5}"  # DNI of Honduras
    r"|\d{3}-?\d{6}-?\d{4}[A-Za-z]"  # Nicaragua
    r"|\d{9}-\d"  # Ecuador
    r"|\d{2}-\d{8}-\d"  # CUIL
    r"|\d{3}-\d{3}-\d{3}-\d"  # Haiti
    r")(?![\w-])"
)
_NO_SIGNS = dict.fromkeys(map(ord, " ()+.-\u00a0"))
_MAIL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-")
_DOMAIN = re.compile(r"[A-Za-z\d-]{1,63}(?:\.[A-Za-z\d-]{1,63}){1,5}")
_YEARS = re.compile(r"(?:19|20)\d\d\s?[-/]\s?(?:19|20)\d\d")
_DATES = re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d|(?:19|20)\d\d[-./ ]\d{1,2}[-./ ]\d{1,2}")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .\u00a0]\d{3})+(?:[.,]\d+)?")
_LONGEST_MAIL = 64


def numbers_in(text: str) -> Iterator[Span]:
    yield from _mails(text)
    yield from _forms(text)
    yield from _phones(text)


def _mails(text: str) -> Iterator[Span]:
    at = text.find("@")
    while at >= 0:
        end = at + 1
        if domain := _DOMAIN.match(text, end):
            start, end = at, domain.end()
            while start > max(at - _LONGEST_MAIL, 0) and text[start - 1] in _MAIL:
                start -= 1
            if start < at:
                yield Span(start, end, Kind.EMAIL)
        at = text.find("@", end)


def _forms(text: str) -> Iterator[Span]:
    """Numbers of papers that their form tells."""
    return (Span(*match.span(), Kind.PAPER) for match in _FORMS.finditer(text))


def _phones(text: str) -> Iterator[Span]:
    for match in _DIGITS.finditer(text):
        if _is_phone(match.group(), text[max(match.start() - 40, 0) : match.start()]):
            yield Span(*match.span(), Kind.PHONE)


def _is_phone(written: str, before: str) -> bool:
    digits = len(written.translate(_NO_SIGNS))
    if not 7 <= digits <= 15 or _YEARS.fullmatch(written) or _DATES.fullmatch(written):
        return False
    if written.startswith(("+", "00")):
        return True
    words = re.findall(r"[^\W\d_]+", before.lower())[-4:]
    if any(word in CALLING for word in words):
        return True
    if _THOUSANDS.fullmatch(written):
        return False
    groups = [len(group) for group in re.split(r"\D+", written) if group]
    return groups in _GROUPED or (written.startswith("(") and digits >= 8)


# How telephone numbers are grouped that no word tells.
_GROUPED = ([2, 4, 4], [3, 3, 4], [2, 5, 4], [2, 2, 2, 2, 2], [1, 4, 4], [4, 4], [3, 4, 4], [2, 2, 2, 2])
