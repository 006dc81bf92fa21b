"""What was written into the boxes of a form (`portal.consultations.paper_form`). Pure: reads bytes.

The file is opened within the limits of `files.apart`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from portal.common.characters import many_lines
from portal.consultations.paper_form import LANGUAGE, NOTHING, mark_in
from portal.files.enums import FileType
from portal.files.intake import Wanted, taken_in
from portal.files.reading import check_length
from portal.files.refusals import Reason, Refused
from portal.interventions.offline.lines import READER

WANTED = Wanted(kinds=(FileType.DOCX, FileType.TEXT), megabytes=2, reader=READER)
MOST_PLACES = 300


def filled_in(content: bytes, filename: str) -> Mapping[str, str]:
    """The texts by mark, without what is empty; paragraphs are parted by an empty line. Raises `Refused`."""
    boxes: dict[str, list[str]] = defaultdict(list)
    mark = NOTHING
    for text, is_item in _of_a_form(_lines(content, filename)):
        at, after = mark_in(text)
        if at:
            mark = at
            boxes[mark].append(after)
        else:
            boxes[mark].append(f"– {text}" if is_item else text)
    if boxes.keys() <= {NOTHING}:
        raise Refused(
            Reason.UNSUPPORTED, _("This is not the form of a consultation, or its grey lines are gone.")
        )
    texts = {
        mark: many_lines("\n\n".join(filter(None, lines))) for mark, lines in boxes.items() if mark != NOTHING
    }
    written = {mark: text for mark, text in texts.items() if text}
    if written.keys() <= {LANGUAGE}:
        raise Refused(Reason.NO_TEXT, _("Nothing is written in this form yet."))
    return written


def _of_a_form(lines: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """A form has some tens of places; each of them could become a draft."""
    rows = list(lines)
    if sum(bool(mark_in(text)[0]) for text, _is_item in rows) > MOST_PLACES:
        told = _(
            "This file has more than %(number)d places to write in. Upload the form of one consultation."
        )
        raise Refused(Reason.TOO_LARGE, told % {"number": MOST_PLACES})
    return rows


def _lines(content: bytes, filename: str) -> Iterable[tuple[str, bool]]:
    """Each its text, and whether it is an item of a list. Raises `Refused`."""
    lines: list[tuple[str, bool]] = json.loads(taken_in(content, filename, WANTED).parts[0])
    check_length(sum(len(text) for text, _is_item in lines))
    return lines
