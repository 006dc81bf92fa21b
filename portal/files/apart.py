"""Runs what reads a file of strangers in a process of its own, with little time and memory.

A hostile file can stop that process only: it has `CPU_SECONDS` and `MAX_DATA`, no secrets, and may not
write to the disk. `run_apart` is the one way in; the process itself is `python -m portal.files.apart`.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from portal.files.refusals import Reason, Refused, damaged, encrypted, swollen

# Two seconds in all, of which a third of one goes into starting.
CPU_SECONDS = 2
MAX_DATA = 160 * 1024 * 1024
# Of the clock: a busy machine gives the two seconds late.
PATIENCE = 25
MAX_PART = 64 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]
_PART, _REFUSED = b"P", b"R"
_HEAD = 9
_NO_MEMORY = 3
Reader = Callable[[bytes, str], Iterator[bytes]]
_TOLD: Mapping[str, Callable[[], Refused]] = {
    Reason.DAMAGED: damaged,
    Reason.ENCRYPTED: encrypted,
    Reason.TOO_LARGE: swollen,
}


def run_apart(reader: str, content: bytes, kind: str) -> list[bytes]:
    """The parts that `module:function` gives of a file; those it came to before its time was up.

    Raises `Refused` where it came to none.
    """
    try:
        made = subprocess.run(  # noqa: S603  # our own program
            command(reader, kind),
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"LANG": "C.UTF-8"},
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise too_slow() from None
    parts = list(_parts_of(made.stdout))
    if not parts:
        raise _refusal(made.returncode)
    return parts


def run_here(reader: str, content: bytes, kind: str) -> list[bytes]:
    """The same of what harms nobody, such as plain text. Raises `Refused`."""
    return list(_reader(reader)(content, kind))


def command(reader: str, kind: str) -> list[str]:
    return [sys.executable, "-B", "-m", "portal.files.apart", reader, kind]


def _parts_of(output: bytes) -> Iterator[bytes]:
    """Whole parts only. Raises `Refused` where the first says so."""
    place = 0
    while place + _HEAD <= len(output):
        mark, size = output[place : place + 1], int.from_bytes(output[place + 1 : place + _HEAD], "big")
        part, place = output[place + _HEAD : place + _HEAD + size], place + _HEAD + size
        if len(part) < size:
            return
        if mark == _REFUSED:
            raise _TOLD.get(part.decode("ascii", "replace"), too_slow)()
        yield part


def _refusal(code: int) -> Refused:
    if code < 0:
        return too_slow()
    return swollen() if code == _NO_MEMORY else damaged()


def too_slow() -> Refused:
    return Refused(
        Reason.TOO_LONG,
        _(
            "This file takes too long to read. Please save it again smaller, such as with fewer or smaller "
            "pictures."
        ),
    )


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_DATA, MAX_DATA),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def _write(sink: BinaryIO, mark: bytes, part: bytes) -> None:
    sink.write(mark + len(part).to_bytes(_HEAD - 1, "big"))
    sink.write(part)
    sink.flush()


def _run(reader: str, kind: str) -> int:
    sink = sys.stdout.buffer
    try:
        for part in _reader(reader)(sys.stdin.buffer.read(), kind):
            if len(part) > MAX_PART:
                raise swollen()
            _write(sink, _PART, part)
    except Refused as refused:
        _write(sink, _REFUSED, refused.reason_code.encode())
    except MemoryError:
        return _NO_MEMORY
    return 0


def _reader(name: str) -> Reader:
    module, _colon, function = name.partition(":")
    read: Reader = getattr(import_module(module), function)
    return read


def as_json(value: object) -> bytes:
    """A part that is no file."""
    return json.dumps(value, ensure_ascii=False).encode()


if __name__ == "__main__":
    _limit()
    sys.exit(_run(*sys.argv[1:]))
