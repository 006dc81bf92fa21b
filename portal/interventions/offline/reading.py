"""What was written into the boxes of a form (`portal.consultations.paper_form`). Pure: reads bytes."""

from collections import defaultdict
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from portal.common.characters import many_lines
from portal.consultations.paper_form import LANGUAGE, NOTHING, mark_in
from portal.files.enums import FileType
from portal.files.refusals import Reason, Refused
from portal.files.sniffing import file_type
from portal.library.extraction import extract

KINDS = (FileType.DOCX, FileType.TEXT)
MAX_BYTES = 2 * 1024 * 1024


def filled_in(content: bytes, filename: str) -> Mapping[str, str]:
    """The texts by mark, without what is empty; paragraphs are parted by an empty line. Raises `Refused`."""
    if len(content) > MAX_BYTES:
        raise Refused(Reason.TOO_LARGE, _("This file is larger than 2 MB. Take pictures out of it."))
    file_type(content, filename, accepted=KINDS)
    boxes: dict[str, list[str]] = defaultdict(list)
    mark = NOTHING
    for block in extract(content, filename).blocks:
        at, after = mark_in(block.text)
        if at:
            mark = at
            boxes[mark].append(after)
        else:
            boxes[mark].append(f"– {block.text}" if block.item else block.text)
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
