"""Reads a PDF or Word file of strangers in a process of its own, with bounds and progress.

A hostile file can stop that process only: it has seconds and memory (`limits`), no secrets, and may not write
to the disk. `read_apart` is the one way in; the process is `python -m portal.library.apart FILE NAME`, which
writes a line of JSON for each page it has read and a last one with everything.
"""

import json
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from portal.files.refusals import Reason, Refused, damaged, swollen
from portal.library.extraction import Block, Extracted, extract
from portal.library.extraction.progress import Progress, watch
from portal.library.limits import CPU_SECONDS, MAX_DATA, MAX_MEGABYTES, PATIENCE
from portal.library.page_scan import Drawn, drawn

_ROOT = Path(__file__).resolve().parents[2]
_LONGEST = 256 * 1024 * 1024
_NO_MEMORY = 3
# Fewer words a page than that, and it is looked at whether its pages are pictures.
_FEW_WORDS = 20
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReadApart:
    """`extracted` has no blocks where the pages hold no text but something to see."""

    extracted: Extracted
    drawn: Drawn


def read_apart(path: Path, name: str, progress: Progress | None = None) -> ReadApart:
    """The text of a file. Raises `Refused`, with the reason that the reader has."""
    command = [sys.executable, "-B", "-m", "portal.library.apart", str(path), name]
    with _started(command) as child, _killed_after(child, PATIENCE):
        told = _follow(child, progress)
    return _read(told, child.returncode)


def _started(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 our own program
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"LANG": "C.UTF-8"},
    )


@contextmanager
def _killed_after(child: "subprocess.Popen[bytes]", seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, child.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _follow(child: "subprocess.Popen[bytes]", progress: Progress | None) -> Told | None:
    """The last thing it said, while what it says before goes to `progress`."""
    try:
        for told in _said(child):
            if "done" not in told:
                return told
            if progress is not None:
                progress(int(told["done"]), int(told["total"]))
    except BaseException:
        child.kill()
        raise
    return None


def _said(child: "subprocess.Popen[bytes]") -> Iterator[Told]:
    assert child.stdout is not None  # noqa: S101 it was asked for
    while line := child.stdout.readline(_LONGEST):
        if not line.endswith(b"\n"):
            return
        yield json.loads(line)


def _read(told: Told | None, code: int) -> ReadApart:
    if told is None:
        raise _stopped(code)
    if "refused" in told:
        raise Refused(Reason(told["refused"]), gettext(told["message"]))
    blocks = tuple(Block(**block) for block in told["extracted"]["blocks"])
    others = {name: _as_tuple(value) for name, value in told["extracted"].items() if name != "blocks"}
    return ReadApart(Extracted(blocks=blocks, **others), Drawn(**told["drawn"]))


def _as_tuple(value: object) -> Any:  # Any: a field of `Extracted`
    return tuple(map(_as_tuple, value)) if isinstance(value, list) else value


def _stopped(code: int) -> Refused:
    if code == _NO_MEMORY:
        return swollen()
    return Refused(Reason.TOO_LONG, gettext("This file takes too long to read.")) if code < 0 else damaged()


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_DATA, MAX_DATA),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _tell(told: Told) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _run(path: str, name: str) -> int:
    try:
        with watch(lambda done, total: _tell({"done": done, "total": total})):
            extracted, seen = _read_here(Path(path), name)
        _tell({"extracted": asdict(extracted), "drawn": asdict(seen)})
    except Refused as refused:
        _tell({"refused": refused.reason_code, "message": str(refused)})
    except MemoryError:
        return _NO_MEMORY
    return 0


def _read_here(path: Path, name: str) -> tuple[Extracted, Drawn]:
    content = path.read_bytes()
    is_pdf = name.lower().endswith(".pdf")
    try:
        extracted = extract(content, name, megabytes=MAX_MEGABYTES)
    except Refused as refused:
        seen = drawn(content) if is_pdf and refused.reason_code == Reason.NO_TEXT else Drawn()
        if not seen.pages:
            raise
        return Extracted((), seen.pages), seen
    count = sum(len(block.text.split()) for block in extracted.blocks)
    few = is_pdf and count < _FEW_WORDS * extracted.pages
    return extracted, drawn(content) if few else Drawn(extracted.pages)


if __name__ == "__main__":
    _limit()
    # Sentences go back as they stand in the program; the portal says them in the reader's language.
    settings.configure(USE_I18N=False)
    sys.exit(_run(*sys.argv[1:]))
