"""What may not stand in a text: control and direction characters leave it. Forms, imports and pages call it.

A direction character turns the text around it over, also outside its own field; a control character is
invisible, breaks XML and files. Joiners stay: several scripts are written with them.
"""

import unicodedata

_DIRECTION = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_CONTROL = {code for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc"}
# Half of a pair cannot be stored by any database; a byte order mark inside a text means nothing.
_BROKEN = {0xFEFF, *range(0xD800, 0xE000)}
# Nobody sees them, and a name with one would be another name; in a text they may part a long word.
_WITHOUT_WIDTH = {0x00AD, 0x180E, 0x200B, *range(0x2060, 0x2065)}
_BREAKS = {ord(each) for each in "\t\n\v\f\r\x85"}
_IN_A_LINE = dict.fromkeys((_DIRECTION | _CONTROL | _BROKEN | _WITHOUT_WIDTH) - _BREAKS)
_IN_A_TEXT = dict.fromkeys((_DIRECTION | _CONTROL | _BROKEN) - {ord("\t"), ord("\n")})


def one_line(typed: str) -> str:
    """One line as typed: runs of space become one, nothing around it, nothing invisible in it."""
    return " ".join(typed.translate(_IN_A_LINE).split())


def many_lines(typed: str) -> str:
    """A text as typed with one kind of line end and tabs, no space around it, nothing else invisible."""
    return shown_again(typed).strip()


def shown_again(typed: str) -> str:
    """What was typed, as a page gives it back: as `many_lines`, with all its space."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").translate(_IN_A_TEXT)
