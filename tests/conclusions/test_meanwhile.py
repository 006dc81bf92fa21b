"""Two editors on one thing of a draft: who sends the stale form sees both versions and decides."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.conclusions.domain import choose_force, set_disposition, set_facts
from portal.conclusions.enums import Outcome, Unit
from portal.conclusions.models import Conclusions
from portal.conclusions.participation.domain import set_figure
from portal.conclusions.support import ALL, Force
from portal.interventions.models import Intervention
from tests.factories import make_user
from tests.factories.backed_conclusions import recommendations_of
from tests.markup import dense

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user(Group.EDITOR, language="en"))
    return client


@pytest.mark.few(3)
@pytest.mark.parametrize("about", ["one", "several", "facts", "force", "figure"])
def test_a_stale_form_replaces_nothing_before_both_versions_were_seen(
    desk: Client, conclusions: Conclusions, said: Intervention, editor: User, about: str
) -> None:
    part, given = recommendations_of(conclusions)[0], {"actor": person(editor), "now": NOW}
    figure: dict[str, Any] = {"category": "state", "unit": Unit.BODIES, "note": "Ours", **given}
    set_figure(conclusions, figure=3, **figure)
    page, sent, told = _case(about, conclusions, part.key, said)
    sent["seen"] = _seen(desk.get(page).text)
    set_facts(part, addressees=["academia"], is_from_plenary=False, **given)  # type: ignore[arg-type]
    choose_force(part, category=ALL, force=Force.ONE, note="Ours", **given)  # type: ignore[arg-type]
    set_figure(conclusions, figure=41, **figure)
    outcome: dict[str, Any] = {"outcome": Outcome.NOT_REFLECTED, "reason": "Ours", **given}
    set_disposition(conclusions, intervention_key=said.key, **outcome)
    refused = desk.post(page, sent)
    assert refused.status_code == 200
    assert told in dense(refused.text)
    assert about == "facts" or "Mine" in refused.text
    conclusions.refresh_from_db()
    assert conclusions.author == editor
    assert desk.post(page, sent | {"seen": _seen(refused.text)}).status_code == 302
    conclusions.refresh_from_db()
    assert conclusions.author != editor


def _case(
    about: str, conclusions: Conclusions, part: object, said: Intervention
) -> tuple[str, dict[str, Any], str]:
    """Its page, what the second editor sends, and what they are told of the first one's words."""
    home = f"/en/desk/conclusions/{conclusions.key}/"
    disposed = {"outcome": "out_of_scope", "reason_es": "Mine", "reason_en": "", "recommendation": ""}
    meanwhile = "Somebody saved this meanwhile: “{}”."
    return {
        "one": (f"{home}dispositions/{said.key}/", disposed, meanwhile.format("Not reflected")),
        "several": (
            f"{home}dispositions/",
            disposed | {"interventions": [str(said.key)]},
            "Meanwhile somebody said what became of this",
        ),
        "facts": (
            f"{home}parts/{part}/facts/",
            {"addressees": ["state"], "is_from_plenary": "on"},
            meanwhile.format("Academia"),
        ),
        "force": (
            f"{home}parts/{part}/force/",
            {"category": "", "force": "many", "note": "Mine"},
            meanwhile.format("Ours"),
        ),
        "figure": (
            f"{home}participants/state/figure/",
            {"figure": "7", "unit": "bodies", "note": "Mine"},
            meanwhile.format("41"),
        ),
    }[about]


def _seen(html: str) -> str:
    match = re.search(r'name="seen" value="([^"]*)"', html)
    assert match is not None
    return match[1]
