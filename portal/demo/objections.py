"""The demo's objections to what became of interventions: filed by their authors, one of them decided."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from portal.accounts.models import User
from portal.common.actors import person
from portal.conclusions.enums import Outcome
from portal.conclusions.objections.domain import file_objection, uphold
from portal.demo.accounts import DOMAIN
from portal.demo.content import Content, all_records, key_of
from portal.interventions.models import Intervention

# After the conclusions were published.
FILED, DECIDED = timedelta(days=9), timedelta(days=6)


def load_objections(
    consultation: str, rows: list[Content], told: Mapping[str, Intervention], *, now: datetime
) -> None:
    """`told` are the interventions by their name in the demo. The moderator set no disposition."""
    authors = {row["key"]: row["organization"] for row in all_records()["interventions"]}
    decider = person(User.objects.get(email=f"moderator@{DOMAIN}"))
    for words in rows:
        name = words["intervention"]
        objection = file_objection(
            consultation_key=key_of(consultation),
            intervention_key=told[name].key,
            text=words["words"],
            language=words["language"],
            actor=person(User.objects.get(email=f"{authors[name]}@{DOMAIN}")),
            now=now - FILED,
        )
        if decision := words.get("decision"):
            uphold(
                objection,
                reason=decision["words"],
                outcome=Outcome(decision["outcome"]),
                recommendation=key_of(
                    f"{consultation}.conclusions.recommendation.{decision['recommendation']}"
                ),
                reasons=decision["reasons"],
                actor=decider,
                now=now - DECIDED,
            )
