"""What an embedded index notes of itself in small files; for its folder and its writer."""

import os
from pathlib import Path

_CARRIED = "carried"


def note_carried(generation: Path, version: int) -> None:
    """Up to which version a generation was carried, in a file beside its segments."""
    replace_file(generation / _CARRIED, str(version))


def carried(generation: Path) -> int:
    """The version noted with a generation; 0 without one."""
    try:
        return int((generation / _CARRIED).read_text())
    except FileNotFoundError:
        return 0


def replace_file(path: Path, content: str) -> None:
    """In one step: whoever reads meanwhile reads the one or the other."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with draft.open("w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
