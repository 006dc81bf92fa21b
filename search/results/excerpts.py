"""The part of a passage that a result shows: where most found words stand together; pure."""

from collections.abc import Sequence

from search.results.highlighting import Span

LENGTH = 320
MORE = "…"


def excerpt(text: str, marks: Sequence[Span], length: int = LENGTH) -> tuple[str, list[Span]]:
    """At most about `length` characters cut at words, with the marks moved along."""
    if len(text) <= length:
        return text, list(marks)
    start = _best_start(text, marks, length)
    end = min(len(text), start + length)
    if end < len(text):
        space = text.rfind(" ", start + 1, end)
        end = space if space > start + length // 2 else end
    before, after = (f"{MORE} " if start else ""), (f" {MORE}" if end < len(text) else "")
    shift = len(before) - start
    inside = [(a + shift, b + shift) for a, b in marks if start <= a and b <= end]
    return f"{before}{text[start:end]}{after}", inside


def _best_start(text: str, marks: Sequence[Span], length: int) -> int:
    """The start of the window with the most marks, a little before the first of them."""
    if not marks:
        return 0
    ends = [sum(1 for _, end in marks if first <= end <= first + length * 3 // 4) for first, _ in marks]
    first = marks[ends.index(max(ends))][0]
    wanted = max(0, first - length // 5)
    if wanted == 0 or first < length // 3:
        return 0
    space = text.find(" ", wanted, first)
    return space + 1 if space >= 0 else first
