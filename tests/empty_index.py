"""Puts a search index in use for one test: a copy of an empty one where nothing is public yet.

A rebuild takes as long as the rest of most tests that ask for an index.
"""

import shutil
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from search.engines import selection
from search.index import generations
from search.index.builders import subjects
from search.models import OutboxEntry

_kept: list[Path] = []


def use_index(settings: Any, folder: Path) -> None:
    """The embedded index in `folder`, with what is public by now."""
    settings.SEARCH_URL, settings.SEARCH_DIR = "", folder
    if any(True for _ in subjects()) or OutboxEntry.objects.exists():
        call_command("rebuild_index", verbosity=0)
    elif not _kept:
        call_command("rebuild_index", verbosity=0)
        _kept.append(Path(shutil.copytree(folder, settings.SCRATCH / "empty-index")))
    else:
        shutil.copytree(_kept[0], folder)
        _note_it()


def _note_it() -> None:
    """The row that a rebuild leaves."""
    engine = selection.engine()
    row = generations.begin(engine, now=timezone.now())
    row.name = engine.generation()
    generations.put_in_use(row, 0, now=timezone.now())
    generations.give_up(row)
