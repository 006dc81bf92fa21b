"""Stored states of consultations become dates and acts, in pages and in revisions, and come back again.

`migrate` runs in a process of its own on the database of the first slice, as in `test_first_slice`.
"""

import json
import lzma
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

HERE = Path(__file__).resolve().parent
PACKED = HERE / "first-slice.sql.xz"
BEFORE, AFTER = "0003_interventions_leave", "0004_state_follows_from_facts"
STATES = (
    "open",
    "closed",
    "outcomes_published",
    "followed_up",
    "meeting_held",
    "concept_note_published",
    "announced",
)
# What each stored state leaves; the last three follow from days and public questions.
LEFT = {
    "open": "opens_at",
    "closed": "closed_at",
    "outcomes_published": "conclusions_at",
    "followed_up": "followed_up_on",
}
DEADLINE = "2090-01-01 00:00:00"
TABLE = "consultations_consultationpage"


def migrate(path: Path, to: str) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATABASE_URL": f"sqlite:///{path}",
    }
    command = [sys.executable, "manage.py", "migrate", "consultations", to, "-v0"]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def sql(path: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement, values).fetchall()


def store_states(path: Path) -> dict[int, str]:
    """Each state in a page and in its revisions; days and questions agree with it."""
    questions = sql(
        path,
        "SELECT substr(p.path, 1, 16) FROM consultations_guidingquestionpage q "
        "JOIN wagtailcore_page p ON p.id = q.page_ptr_id WHERE p.live",
    )
    asking = {row[0] for row in questions}
    pages = sql(
        path,
        f"SELECT c.page_ptr_id, p.path FROM {TABLE} c JOIN wagtailcore_page p ON p.id = c.page_ptr_id",
    )
    with_questions = [pk for pk, tree in pages if tree in asking]
    without = [pk for pk, tree in pages if tree not in asking]
    stored = dict(zip([*with_questions[:6], without[0]], STATES, strict=True))
    for pk, state in stored.items():
        last = "2024-05-17" if state == "meeting_held" else None
        sql(
            path,
            f"UPDATE {TABLE} SET state = ?, starts_on = ?, ends_on = ?, deadline = ? WHERE page_ptr_id = ?",
            *(state, last, last, DEADLINE, pk),
        )
        for revision, content in revisions(path, pk):
            content |= {"state": state, "starts_on": last, "ends_on": last}
            sql(
                path,
                "UPDATE wagtailcore_revision SET content = ? WHERE id = ?",
                json.dumps(content),
                revision,
            )
    return stored


def revisions(path: Path, pk: int) -> list[tuple[int, dict[str, object]]]:
    rows = sql(
        path,
        "SELECT r.id, r.content FROM wagtailcore_revision r JOIN django_content_type t "
        "ON t.id = r.content_type_id WHERE t.model = 'consultationpage' AND r.object_id = ?",
        str(pk),
    )
    return [(int(str(number)), json.loads(str(content))) for number, content in rows]


def states(path: Path) -> dict[int, str]:
    return {int(str(pk)): str(state) for pk, state in sql(path, f"SELECT page_ptr_id, state FROM {TABLE}")}


@pytest.mark.long
def test_stored_states_become_acts_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(lzma.decompress(PACKED.read_bytes()).decode())
    migrate(path, BEFORE)
    stored = store_states(path)
    before = {pk: states(path)[pk] for pk in stored}
    assert before == stored
    kept = {pk: revisions(path, pk) for pk in stored}
    assert all(kept.values())
    migrate(path, AFTER)
    names = [*LEFT.values(), "deadline"]
    for pk, state in stored.items():
        [row] = sql(path, f"SELECT {', '.join(names)} FROM {TABLE} WHERE page_ptr_id = ?", pk)
        facts = dict(zip(names, row, strict=True))
        left = [LEFT[state]] if state in LEFT else []
        assert facts.pop("deadline") == DEADLINE
        assert [name for name, value in facts.items() if value] == left
        for _number, content in revisions(path, pk):
            assert [name for name in LEFT.values() if content[name]] == left
            assert "state" not in content
    migrate(path, BEFORE)
    assert {pk: states(path)[pk] for pk in stored} == stored
    assert {pk: revisions(path, pk) for pk in stored} == kept
