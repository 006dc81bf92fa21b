"""Whether a control code is that of a receipt; views call it. One query, whatever the answer."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.submissions.models import SubmittedVersion
from portal.submissions.types import review_type

CODE = re.compile(r"[0-9a-f]{64}")
NUMBER = re.compile(r"[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}")


class Verdict(StrEnum):
    """`OTHER`: the number is one of a receipt and the code is that of another text.

    `RECEIPT`: what was given is the receipt itself, which does not hold the text.
    """

    GOOD = "good"
    RECEIPT = "receipt"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verified:
    """`at` and `label`, what kind of thing it is, are told of a good receipt, or of the receipt itself."""

    verdict: Verdict
    number: str
    at: datetime | None = None
    label: object = ""


def verified(number: str, code: str) -> Verified:
    """`number` as `number_in` gives it, `code` a SHA-256 in small hexadecimal letters."""
    version = SubmittedVersion.objects.filter(receipt_number=number).first()
    if version is None:
        return Verified(Verdict.UNKNOWN, number)
    if not secrets.compare_digest(version.digest, code):
        return Verified(Verdict.OTHER, number)
    return Verified(Verdict.GOOD, number, version.submitted_at, _label(version.kind))


def verified_receipt(number: str, content: bytes) -> Verified:
    """The same of a file that is no text of ours, perhaps the receipt itself. At most two queries."""
    version = SubmittedVersion.objects.filter(receipt_number=number).first()
    if version is None:
        return Verified(Verdict.UNKNOWN, number)
    if not _is_receipt(version, content):
        return Verified(Verdict.OTHER, number)
    return Verified(Verdict.RECEIPT, number, version.submitted_at, _label(version.kind))


def _is_receipt(version: SubmittedVersion, content: bytes) -> bool:
    """A text that says its control code, as it is or as mails break it; or the file that was kept."""
    letters = re.sub(rb"[\s=>]", b"", content).lower()
    return version.digest.encode() in letters or any(
        secrets.compare_digest(bytes(kept), content)
        for kept in version.files.values_list("content", flat=True)
    )


def number_in(typed: str) -> str:
    """The number of a receipt as people type it: small letters, spaces, another dash; empty for none."""
    letters = re.sub(r"[\s\-\u2010-\u2015]", "", typed).upper()
    number = f"{letters[:5]}-{letters[5:]}"
    return number if NUMBER.fullmatch(number) else ""


def code_in(typed: str) -> str:
    """A control code as people copy it, broken over lines or in capitals; empty for none."""
    code = re.sub(r"\s", "", typed).lower()
    return code if CODE.fullmatch(code) else ""


def _label(kind: str) -> object:
    """Empty for what is submitted and not declared as a kind, such as an objection."""
    try:
        return review_type(kind).label
    except LookupError:
        return ""
