"""The pages about the API and the secretariat's work name what there is."""

import re
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.utils import translation

from portal.common.actors import Group
from portal.pledges.importing.words import COLUMNS
from portal.submissions.types import review_types
from portal.taxonomy.enums import Outcome
from portal.taxonomy.queries import mark_names

DOCS = Path(settings.BASE_DIR) / "docs"


def test_every_address_of_the_api_is_documented_and_no_other(client: Client, db: None) -> None:
    paths = set(client.get("/api/v1/openapi.json").json()["paths"])
    documented = set(re.findall(r"^\| `(/api/v1/[^`]*)` \|", (DOCS / "api.md").read_text(), re.M))
    assert documented == paths


def test_every_filter_of_the_api_is_documented(client: Client, db: None) -> None:
    page = (DOCS / "api.md").read_text()
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    mine = (
        "interventions",
        "practices",
        "recommendations",
        "pledges",
        "reports",
        "assessments",
        "observations",
        "organizations",
        "segments",
        "questions",
        "consultations",
        "coverage",
    )
    names = {
        parameter["name"]
        for name in mine
        for parameter in paths[f"/api/v1/{name}"]["get"].get("parameters", [])
    }
    assert {
        name for name in names if f"`{name}`" not in page and f"{name}=" not in page and name != "cursor"
    } == set()


def test_every_cross_cutting_mark_is_documented(db: None) -> None:
    page = (DOCS / "api.md").read_text()
    assert [code for code in mark_names("en") if f"`{code}`" not in page] == []


def test_groups_buttons_and_columns_are_documented() -> None:
    page = (DOCS / "secretariat.md").read_text()
    assert [group for group in Group if f"| `{group.value}` |" not in page] == []
    with translation.override("en"):
        labels = {str(decision.button) for of in review_types() for decision in of.decisions}
    assert {label for label in labels if f"| *{label}* |" not in page} == set()
    named = " ".join(re.findall(r"^\| (`[^|]*) \|", page, re.M))
    assert [column.code for column in COLUMNS if f"`{column.code}`" not in named] == []
    assert [code for code in Outcome.values if f"`{code}`" not in page] == []
