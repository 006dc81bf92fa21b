"""Seconds from an older database put in place until just what was public then is found again.

    .venv/bin/python bench/restored.py [--documents 2000]                # embedded engine
    SEARCH_URL=http://127.0.0.1:9200 .venv/bin/python bench/restored.py  # the same on Elasticsearch

Works in a temporary folder with SQLite. A backup is made of the library; then of every ten documents one is
withdrawn and one described anew, a tenth is added, and all of it carried. The backup is put in place, and
`drain_outbox --follow` begins. Exit 1 where it takes more than a minute or the index differs in the end.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
AT_MOST, WORD = 60.0, "refugio"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=2_000)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    set_up(folder)
    from search.engines import selection

    try:
        is_whole = measure(folder, options.documents)
    finally:
        for generation in selection.engine().generations():
            selection.engine().swap(generation)
            forget(generation)
        shutil.rmtree(folder)
    sys.exit(0 if is_whole else 1)


def set_up(folder: Path) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "VAR_DIR": str(folder)}
    os.environ.setdefault("SEARCH_INDEX", f"restored-{uuid.uuid4().hex[:12]}")
    import django
    from django.conf import settings

    settings.DEBUG = False  # else every query is kept in memory
    settings.ALLOWED_HOSTS = ["*"]
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from portal.demo import tables

    connection.ensure_connection()
    tables.lay(connection.connection)
    call_command("migrate", verbosity=0)


def measure(folder: Path, number: int) -> bool:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    database, backup = Path(settings.DATABASES["default"]["NAME"]), folder / "backup.sqlite3"
    documents = [add(folder, each) for each in range(number)]
    call_command("rebuild_index", stdout=io.StringIO())
    call_command("verify_index", stdout=io.StringIO())
    expected = listed(number)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)
    change(folder, documents)
    call_command("drain_outbox", stdout=io.StringIO())
    later = listed(number * 2)
    connections.close_all()
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()
    backup.rename(database)
    told, until_listed, until_told = followed(expected)
    print(f"documents found in the backup, before the restore: {len(expected):,}, {len(later):,}")
    print(f"of these found before the restore and not in the backup: {len(later - expected):,}")
    print(f"/readyz after the restore: {told}")
    print(f"seconds until just what was public in the backup is found: {until_listed:.1f}")
    print(f"seconds until /readyz says so: {until_told:.1f}")
    return until_told < AT_MOST and told == "restored" and compared() == 0


def followed(expected: set[str]) -> tuple[str, float, float]:
    """What `/readyz` says first, and the seconds from the start of the worker until all is well."""
    told = readiness()
    command = [sys.executable, "manage.py", "drain_outbox", "--follow"]
    begun, until_listed = time.monotonic(), float("inf")
    with subprocess.Popen(command, cwd=ROOT, env=os.environ, stderr=subprocess.DEVNULL) as worker:
        try:
            while time.monotonic() - begun < AT_MOST:
                time.sleep(0.1)
                if until_listed > AT_MOST and listed(len(expected) * 2) == expected:
                    until_listed = time.monotonic() - begun
                if until_listed < AT_MOST and readiness() == "ok":
                    return told, until_listed, time.monotonic() - begun
            return told, until_listed, float("inf")
        finally:
            worker.send_signal(signal.SIGTERM)


def add(folder: Path, number: int) -> Any:
    from django.utils import timezone

    from portal.common.actors import system
    from portal.library.domain import add_document

    path = folder / f"{number}.txt"
    path.write_text(f"Nota {number} sobre el {WORD} de las personas que huyen, y lo que pide cada municipio.")
    now = timezone.now()
    return add_document(
        path=path, language="es", title=f"Nota {number}", year=2024, actor=system("bench"), now=now
    ).document


def change(folder: Path, documents: list[Any]) -> None:
    """Of every ten one goes and one has another name; a tenth is added."""
    from django.utils import timezone

    from portal.common.actors import system
    from portal.library.domain import withdraw_document
    from portal.library.models import LibraryDocument
    from search.index import outbox
    from search.models import Source

    now = timezone.now()
    for document in documents[::10]:
        withdraw_document(document, actor=system("bench"), now=now)
    for document in documents[1::10]:
        LibraryDocument.objects.filter(pk=document.pk).update(title=f"{document.title}, otra vez")
        outbox.enqueue_all([outbox.Subject(Source.DOCUMENT, document.public_id)], now=now)
    for number in range(len(documents) // 10):
        add(folder, len(documents) + number)


def listed(most: int) -> set[str]:
    """Names of what a search finds."""
    from search.engines import selection
    from search.engines.base import SearchRequest
    from search.results.query_parser import parse, query_of

    request = SearchRequest(query_of(parse(WORD)), ("public",), size=most, passages=1)
    return {f"{hit.id} {hit.title}" for hit in selection.engine().search(request).hits}


def readiness() -> str:
    from django.test import Client

    return str(Client().get("/readyz").json()["checks"]["search_database"])


def compared() -> int:
    from search.engines import selection
    from search.index.comparison import compare

    return compare(selection.engine()).total


def forget(generation: str) -> None:
    """Leave nothing on a server."""
    from elasticsearch import Elasticsearch

    if os.environ.get("SEARCH_URL"):
        client = Elasticsearch([os.environ["SEARCH_URL"]])
        client.indices.delete(index=generation, ignore_unavailable=True)


if __name__ == "__main__":
    main()
