"""JPEG bytes without what cameras and programs write into them; pure. For pictures inside other files."""

_KEPT_APPS = frozenset({0xE0, 0xEE})  # size of points, and which colours the numbers mean
_COMMENT, _SCAN, _START = 0xFE, 0xDA, b"\xff\xd8"


def without_segments(content: bytes) -> bytes:
    """The same picture; bytes that are no JPEG stay as they are."""
    if not content.startswith(_START):
        return content
    kept, place = [_START], 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        mark = content[place + 1]
        if mark == 0xFF:
            place += 1
            continue
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if mark == _SCAN or end > len(content):
            break
        if mark != _COMMENT and (not 0xE0 <= mark <= 0xEF or mark in _KEPT_APPS):
            kept.append(content[place:end])
        place = end
    return b"".join((*kept, content[place:]))
