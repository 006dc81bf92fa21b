"""Files that are made to harm or to tell, through the door of attachments: cleaned of all, or refused.

Most run in this process; `bench/hostile_files.py` measures what each costs in a process of its own.
"""

from collections.abc import Callable
from contextlib import suppress

import pytest

from portal.attachments.limits import ACCEPTED
from portal.attachments.reading import READER
from portal.files.apart import run_apart
from portal.files.cleaning import cleaned
from portal.files.enums import FileType
from portal.files.refusals import Refused
from portal.files.sniffing import file_type
from tests.files.builders import LEAKS, everything_in
from tests.files.hostile import HOSTILE, Hostile, named
from tests.thinning import thinned

# Which take their time or memory, so that they run apart.
HEAVY = {"swelling.pdf", "objects.pdf", "orders.pdf", "long.docx", "bomb.docx", "large.jpg", "passes.jpg"}
HEAVY |= {"comment.png", "parts.docx", "nested.pdf", "deep.pdf"}
LIGHT = [each for each in HOSTILE if each.name not in HEAVY]


def left_of(each: Hostile, clean: Callable[[bytes, FileType], bytes]) -> list[bytes]:
    """What of its secrets is in the copy; nothing where there is none."""
    content = each.make()
    with suppress(Refused):
        copy = clean(content, file_type(content, each.name, accepted=ACCEPTED))
        return [leak for leak in LEAKS if leak in everything_in(copy)]
    return []


@pytest.mark.few(20)
@pytest.mark.parametrize("each", LIGHT, ids=lambda each: each.name)
def test_nothing_personal_is_left(each: Hostile) -> None:
    assert left_of(each, cleaned) == []


@pytest.mark.parametrize(
    "each", thinned(named(*HEAVY), lambda each: each.name == "long.docx"), ids=lambda each: each.name
)
def test_what_is_heavy_is_stopped_or_cleaned_apart(each: Hostile) -> None:
    assert left_of(each, lambda content, kind: run_apart(READER, content, kind)[0]) == []


def test_there_are_enough() -> None:
    assert len({each.name for each in HOSTILE}) == len(HOSTILE) >= 40
