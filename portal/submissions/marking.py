"""Words that are left out of a text, and what stands in their place wherever somebody else repeats them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from portal.submissions.cuts import mark, passages_of, redactions
from portal.submissions.models import Measure, SubmittedVersion
from portal.submissions.places import spans_of
from portal.submissions.queries import content_of, versions


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that are left out, and what stands in their place."""

    words: str
    mark: str


def left_out_of(kind: str, key: UUID) -> list[LeftOut]:
    """Of every version, the longest first. Three queries at most."""
    measures = redactions(kind, key)
    rows = versions(kind, key) if measures else ()
    left = [each for row in rows for each in left_out_in(row, measures)]
    return sorted(dict.fromkeys(left), key=lambda each: -len(each.words))


def left_out_in(version: SubmittedVersion, measures: Iterable[Measure]) -> list[LeftOut]:
    language = str((content_of(version) or {}).get("language", ""))
    words = [each for each in passages_of(version, measures) if not each.file]
    return [LeftOut(each.words, mark(each.ground, language)) for each in words]


def replaced(text: str, left: Iterable[LeftOut], *, is_whole: bool = False) -> str:
    """With a mark wherever all of the words stand; `is_whole`: not where they are part of a longer one."""
    for each in left:
        for start, end in reversed(spans_of(each.words, text, is_whole=is_whole)):
            text = text[:start] + each.mark + text[end:]
    return text
