"""Which modules of ours name something: tests hold their lists of readers and exports to it."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def modules_that_name(pattern: str) -> set[str]:
    """Paths of the modules in which the pattern occurs."""
    named = re.compile(pattern, re.MULTILINE)
    return {
        str(path.relative_to(ROOT))
        for folder in ("portal", "search")
        for path in (ROOT / folder).rglob("*.py")
        if named.search(path.read_text())
    }
