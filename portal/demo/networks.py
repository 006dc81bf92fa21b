"""Invented members, presidencies and projects of the networks that every installation begins with.

Through the verbs that the desk calls; nobody has checked these facts, and the pages go on saying so.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.common.languages import CODES
from portal.demo.accounts import DOMAIN
from portal.demo.content import Content, all_records, read
from portal.networks.domain import MemberFields, add_member
from portal.networks.models import Network
from portal.networks.projects import ProjectFields, add_project
from portal.networks.reference import load_networks
from portal.organizations.models import Organization
from portal.plan.reference import PLAN

ENTERED = timedelta(days=28)


def load_members(*, now: datetime) -> str:
    """Of a few mechanisms and networks; the others show what an installation without facts looks like."""
    load_networks()
    editor = person(User.objects.get(email=f"editor@{DOMAIN}"))
    names = {
        row["key"]: row["name"] for row in (*all_records()["organizations"], *read("participation")["listed"])
    }
    known = {row.name: row for row in Organization.objects.filter(name__in=names.values())}
    rows = read("networks")["networks"]
    for words in rows:
        network = Network.objects.get(slug=words["slug"])
        for row in words["members"]:
            fields = MemberFields(
                known[names[row["organization"]]], row["role"], row["since"], row.get("until")
            )
            add_member(network, fields=fields, actor=editor, now=now - ENTERED)
        for row in words.get("projects", ()):
            _project(network, row, editor, now - ENTERED)
    return f"members of {len(rows)} networks"


def _project(network: Network, words: Content, actor: Actor, now: datetime) -> None:
    said: dict[str, Any] = {f"title_{code}": words[code] for code in CODES}
    said |= {name: words[name] for name in ("state", "starts_on", "ends_on", "currency") if name in words}
    said |= {name: tuple(words.get(name, ())) for name in ("funders", "countries")}
    if "amount" in words:
        said["amount"] = Decimal(words["amount"])
    fields = ProjectFields(**said, nodes=tuple(f"{PLAN}:{code}" for code in words["nodes"]))
    add_project(network, fields=fields, actor=actor, now=now)
