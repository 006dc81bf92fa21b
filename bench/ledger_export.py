"""Writes the public ledger as one file and its longest list as CSV, XLSX and JSON; prints JSON figures.

    nice .venv/bin/python bench/ledger_export.py         # 5,000 pledges, 25,000 reports, 2,000 assessments
    nice .venv/bin/python bench/ledger_export.py --pledges 500 --reports 2500 --assessments 200

Works in a temporary folder with the demo (`--folder` keeps it and uses it again). Each is done by a process
of its own, so that its seconds and its greatest memory are told apart from those of filling.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from review_pack import ROOT, fill, set_up

Figures = dict[str, Any]
FIRST = "import sys, django; django.setup()\n"
# The greatest memory since the program began, not that of the one it was forked from.
LAST = """
print([line for line in open("/proc/self/status") if line.startswith("VmHWM")][0].split()[1])
"""
LIST = """
from django.test import Client
response = Client().get(f"/es/reports/?format={sys.argv[1]}", HTTP_HOST="127.0.0.1")
print(sum(len(part) for part in response))
"""
COMMAND = """
from django.core.management import call_command
call_command(*sys.argv[1:])
"""


def say_in_versions() -> None:
    """Copies have versions that say nothing: each gets the content that publishing would have left."""
    from django.db.models import F

    from portal.common.digests import digest_of
    from portal.publication.contents import content_of
    from portal.publication.models import RecordVersion
    from portal.publication.queries import as_published

    versions = RecordVersion.objects.filter(record__state="published", record__version__gte=F("number"))
    changed = []
    for version in versions.select_related("record__organization").iterator(chunk_size=500):
        is_copy = version.record.versions.count() == 1
        if is_copy and (
            digest_of(version.content) != version.digest or version.number != version.record.version
        ):
            said = as_published(version.record)
            version.content = content_of(said, said.links)
            version.digest, version.number = digest_of(version.content), version.record.version
            changed.append(version)
    RecordVersion.objects.bulk_update(changed, ["content", "digest", "number"], batch_size=500)


def measured(code: str, *arguments: str) -> tuple[Figures, list[str]]:
    """Seconds and greatest memory of a program, and the lines it wrote."""
    began = time.monotonic()
    command = [sys.executable, "-c", f"{FIRST}{code}{LAST}", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    *said, peak = done.stdout.splitlines()
    seconds = round(time.monotonic() - began, 2)
    return {"seconds": seconds, "peak_megabytes": round(int(peak) / 1024)}, said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pledges", type=int, default=5_000)
    parser.add_argument("--reports", type=int, default=25_000)
    parser.add_argument("--assessments", type=int, default=2_000)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ledger-export-") as temporary:
        set_up((asked.folder or Path(temporary)).resolve())
        fill(asked.pledges, asked.reports, asked.assessments)
        say_in_versions()
        told: Figures = {}
        for form in ("csv", "json", "xlsx"):
            told[form], said = measured(LIST, form)
            told[form]["bytes"] = int(said[-1])
        told["ledger"], said = measured(COMMAND, "export_ledger", "--again")
        told["ledger"]["said"] = said[-1]
        told["verify"], _said = measured(COMMAND, "verify_ledger", said[0])
    print(json.dumps(told, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
