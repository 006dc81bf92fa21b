"""What a text can be about as a whole: a segment, a consultation or a plan, by a code; every app may ask.

A code is `segment:KEY` or `consultation:KEY` with the page's translation key, or `plan:SLUG` of a framework.
"""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.common.ids import key_in

# What a code looks like.
PATTERN = "(segment|consultation|plan):[0-9a-z-]{1,50}"


class WholeKind(TextChoices):
    SEGMENT = "segment", _("Segment")
    CONSULTATION = "consultation", _("Consultation")
    PLAN = "plan", _("Plan of action")


def whole_code(kind: WholeKind, key: object) -> str:
    return f"{kind.value}:{key}"


def kind_of(code: str) -> WholeKind | None:
    """None for what is no code."""
    kind = code.partition(":")[0]
    return WholeKind(kind) if kind in WholeKind.values and ":" in code else None


def page_key(code: str) -> UUID | None:
    """The key of the segment's or consultation's page; None of a plan."""
    return key_in(code.partition(":")[2]) if kind_of(code) not in {None, WholeKind.PLAN} else None


def page_keys(codes: Iterable[str]) -> list[UUID]:
    return [key for code in codes if (key := page_key(code)) is not None]


def as_codes(texts: Iterable[str]) -> tuple[str, ...]:
    """The codes among texts that a browser sent, each once, in order."""
    return tuple(dict.fromkeys(text for text in texts if re.fullmatch(PATTERN, text)))


def slug_of(code: str) -> str:
    """Of a plan; empty of anything else."""
    return code.partition(":")[2] if kind_of(code) == WholeKind.PLAN else ""
