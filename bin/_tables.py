"""Keeps the tables that the migrations make in portal/demo/tables.json (`portal.demo.tables`).

.venv/bin/python bin/_tables.py            runs every migration and says whether what is kept makes the same
                                           database (exit 1 if not)
.venv/bin/python bin/_tables.py --write    writes what is kept anew
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# Some rows have a key of chance.
KEY = re.compile(r"'[0-9a-f]{32}'")


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        made = _database(Path(folder) / "made.sqlite3", is_laid=False)
        if "--write" in sys.argv:
            _write(made)
            return 0
        laid = _database(Path(folder) / "laid.sqlite3", is_laid=True)
    differing = sorted(_lines(made) ^ _lines(laid))
    print("\n".join(differing) or "portal/demo/tables.json makes what the migrations make.")
    return 1 if differing else 0


def _database(path: Path, *, is_laid: bool) -> dict[str, Any]:
    """What a new database holds after all migrations: laid out first, or not."""
    from django.core.management.sql import emit_pre_migrate_signal
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.utils import translation

    from portal.demo import tables

    connection.close()
    connection.settings_dict["NAME"] = str(path)
    connection.ensure_connection()
    if is_laid and not tables.lay(connection.connection):
        raise SystemExit("portal/demo/tables.json is not of these migrations: bin/_tables.py --write")
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(leaves)
    with translation.override(None):  # as `migrate` has it: names of permissions are not translated
        emit_pre_migrate_signal(0, False, connection.alias, stdout=sys.stdout, plan=plan)
        executor.migrate(leaves, plan)
    return tables.kept_from(connection.connection)


def _lines(kept: dict[str, Any]) -> set[str]:
    return {KEY.sub("'…'", statement) for statement in kept["statements"]} | {
        f"migrated: {app} {name}" for app, name in kept["applied"]
    }


def _write(kept: dict[str, Any]) -> None:
    from portal.demo import tables

    tables.FILE.write_text(json.dumps(kept, ensure_ascii=False, indent=0) + "\n")


if __name__ == "__main__":
    sys.exit(main())
