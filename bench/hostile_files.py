"""What files that are made to harm or to tell cost and leave behind, by each way in.

    .venv/bin/python bench/hostile_files.py            # by the way of attachments
    .venv/bin/python bench/hostile_files.py proofs     # or evidence, logos, forms

Prints for each what became of it, the seconds of processor and the megabytes of the process that reads it,
and what of its secrets is left. Exits 1 where one took more than 2.2 seconds or 200 MB, or left a secret.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from portal.files.apart import command, run_apart
from portal.files.enums import FileType
from portal.files.intake import ANY, Wanted
from portal.files.reading import require_content
from portal.files.refusals import Refused
from portal.files.sniffing import file_type
from tests.files.builders import LEAKS, everything_in
from tests.files.hostile import HOSTILE, Hostile

ROOT = Path(__file__).resolve().parent.parent
# To end a process that has used up its two seconds takes a little.
MOST_SECONDS, MOST_MEGABYTES = 2.2, 200
# A small program, so that the peak of the one it starts is not its own.
LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


@dataclass(frozen=True, slots=True)
class Told:
    became: str
    seconds: float
    megabytes: float
    left: tuple[str, ...] = ()

    @property
    def is_fault(self) -> bool:
        return self.seconds > MOST_SECONDS or self.megabytes > MOST_MEGABYTES or bool(self.left)


def ways() -> dict[str, Wanted]:
    """What each room takes in."""
    from portal.attachments.domain import WANTED as ATTACHMENTS  # reason: app ready
    from portal.interventions.offline.reading import WANTED as FORMS  # reason: app ready
    from portal.organizations.logos import WANTED as LOGOS  # reason: app ready
    from portal.organizations.verifying.files import WANTED as PROOFS  # reason: app ready

    return {"attachments": ATTACHMENTS, "proofs": PROOFS, "evidence": ANY, "logos": LOGOS, "forms": FORMS}


def taken_by(wanted: Wanted, each: Hostile, content: bytes) -> Told:
    began = time.process_time()
    try:
        require_content(content, wanted.megabytes)
        kind = file_type(content, each.name, accepted=wanted.kinds)
    except Refused as refused:
        return Told(f"refused: {refused.reason_code}", time.process_time() - began, 0)
    sniffing = time.process_time() - began
    seconds, megabytes = used(wanted.reader, content, kind)
    try:
        copy = run_apart(wanted.reader, content, kind)[0]
    except Refused as refused:
        return Told(f"refused: {refused.reason_code}", sniffing + seconds, megabytes)
    left = tuple(leak.decode("latin-1") for leak in LEAKS if leak in everything_in(copy))
    return Told("cleaned", sniffing + seconds, megabytes, left)


def used(reader: str, content: bytes, kind: FileType) -> tuple[float, float]:
    """Seconds of processor and megabytes of the process that reads it."""
    launcher = [sys.executable, "-S", "-c", LAUNCHER, *command(reader, kind)]
    run = subprocess.run(launcher, input=content, capture_output=True, cwd=ROOT, check=True)
    seconds, megabytes = run.stdout.split()
    return float(seconds), float(megabytes)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    django.setup()
    wanted = ways()[sys.argv[1] if len(sys.argv) > 1 else "attachments"]
    print(f"{'file':15} {'what is wrong with it':54} {'kB':>6} {'became':31} {'s':>5} {'MB':>4} left")
    faults = 0
    for each in HOSTILE:
        content = each.make()
        told = taken_by(wanted, each, content)
        faults += told.is_fault
        size, left = len(content) // 1024, " ".join(told.left)
        cost = f"{told.seconds:5.2f} {told.megabytes:4.0f} {left}{' FAULT' if told.is_fault else ''}"
        print(f"{each.name:15} {each.does:54} {size:6} {told.became:31} {cost}", flush=True)
    print(f"{len(HOSTILE)} files, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
