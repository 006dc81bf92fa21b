"""Counts the interpreter's steps, for tests of work that must grow no faster than its input.

What regular expressions and string methods do inside is one step here; `bench/linear.py` measures that.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

# Four times the input may take so many times the steps; work that grows with the square takes sixteen times.
MOST = 5


def steps(work: Callable[[], object]) -> int:
    """How many instructions of Python it takes."""
    number = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal number
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        number += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return number


def growth(work: Callable[[str], object], unit: str, times: int = 500) -> float:
    """How many times the steps that four times the text takes."""
    work(unit * times)  # its short words are remembered from here on; one word of it all is too long for that
    return steps(lambda: work(unit * times * 4)) / steps(lambda: work(unit * times))
