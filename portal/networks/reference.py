"""The mechanisms and networks that every installation begins with; `load_reference` calls it.

Facts in words of ours that nobody has checked: the pages say so until an editor has.
"""

import tomllib
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from portal.common.actors import system
from portal.common.languages import CODES
from portal.networks.domain import noted
from portal.networks.models import WORDS, Network

DATA = Path(__file__).parent / "data" / "networks.toml"


@transaction.atomic
def load_networks() -> int:
    """Adds what is missing, changes nothing; how many were added."""
    known = set(Network.objects.values_list("slug", flat=True))
    rows = [row for row in tomllib.loads(DATA.read_text("utf-8"))["networks"] if row["slug"] not in known]
    actor, now = system("load_reference"), timezone.now()
    for row in rows:
        network = Network.objects.create(
            slug=row["slug"],
            kind=row["kind"],
            acronym=row["acronym"],
            themes=row["themes"],
            framework=row.get("framework", ""),
            words={name: row[name] for name in WORDS if name in row},
            is_public=True,
            created_at=now,
            updated_at=now,
            **{f"name_{code}": row["name"][code] for code in CODES},
        )
        noted("created", network, actor, now)
    return len(rows)
