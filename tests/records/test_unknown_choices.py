"""A filter that is asked for what it has not: a page says so and shows nothing, files are refused."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from portal.followup.dashboard.drawn import titles
from portal.followup.gaps.kinds import GAPS
from portal.networks.enums import NetworkKind
from portal.organizations.models import Organization
from portal.records.filters import Choice
from portal.records.types import record_types
from portal.submissions.states import SubmissionState
from tests.factories import make_pledge, publish_organization, publish_pledge
from tests.factories.networks import make_network
from tests.factories.plan import make_framework, make_node

FORMS = ("csv", "xlsx", "json")
NOBODY = "zunzuncanario"
SAID = "This list has no such choice, so it shows nothing."


@pytest.fixture
def public(organization: Organization) -> None:
    """A pledge that needs something, an organization, an action, a mechanism: something in many lists."""
    publish_organization(organization)
    publish_pledge(
        make_pledge(organization, state=SubmissionState.PUBLISHED, title=NOBODY, needs=["financial"])
    )
    make_node(make_framework(in_force=True), "1.1", title_en=NOBODY)
    make_network(is_public=True, kind=NetworkKind.MECHANISM)


def choices() -> list[tuple[str, str]]:
    """Every choice of every list of records, by the address of the list."""
    return [
        (declared.path, name)
        for declared in record_types()
        for name, each in declared.filters.base_filters.items()
        if isinstance(each, Choice)
    ]


def refused(answer: Any, name: str) -> bool:
    """In words of the page's language that name the parameter, without a row."""
    return (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8") and (
        f"\n{name}: {SAID}\n" in answer.text and NOBODY not in answer.text
    )


def test_lists_of_records_refuse_files_and_feeds(client: Client, public: None) -> None:
    known = choices()
    assert {path for path, _name in known} >= {"pledges", "organizations", "assessments"}
    wrong = [
        address
        for path, name in known
        for address in (
            f"/en/{path}/?format=csv&{name}={NOBODY}",
            f"/en/{path}/feed/?{name}={NOBODY}",
        )
        if not refused(client.get(address), name)
    ]
    assert wrong == []


def test_lists_of_records_say_it_and_show_no_row(client: Client, public: None) -> None:
    """Also where another filter is right, and where an unknown name stands beside it: that is left out."""
    wrong = []
    for path, name in choices():
        page = client.get(f"/en/{path}/?{name}=QQ&colour=red")
        told = SAID in page.text and "This list has no filter “colour”. It was left out." in page.text
        if not told or page.context["items"] or not page.context["is_filtered"]:
            wrong.append((path, name))
    assert wrong == []
    page = client.get("/en/pledges/?country=QQ")
    assert (page.context["page"].paginator.count, "0 pledges" in page.text) == (0, True)
    assert [*client.get("/en/pledges/?country=QQ&health=blah").context["items"]] == []
    assert client.get("/en/pledges/?utm_source=mail").context["items"] != []


OTHERS = (
    ("/en/follow-up/", "country"),
    ("/en/follow-up/", "mechanism"),
    ("/en/follow-up/figures/countries/", "country"),
    ("/en/follow-up/gaps/", "type"),
    (f"/en/follow-up/gaps/{GAPS[-1].slug}/", GAPS[-1].filters[0]),
    ("/en/follow-up/overlap/", "one"),
    ("/en/follow-up/overlap/", "kind"),
    ("/en/plan/", "framework"),
    ("/en/plan/", "cycle"),
    ("/en/matches/", "needs"),
    ("/en/matches/", "pledge"),
)


@pytest.mark.parametrize(("path", "name"), OTHERS)
def test_other_lists_and_figures_do_the_same(client: Client, public: None, path: str, name: str) -> None:
    page = client.get(f"{path}?{name}=QQ")
    main = re.split("<main|<aside", page.text)[1]
    assert (page.status_code, SAID in page.text, NOBODY in main) == (200, True, False)
    assert re.search(r"\b[1-9]\d* of ", main) is None
    forms = (*FORMS, "svg") if "/figures/" in path else FORMS
    assert [form for form in forms if not refused(client.get(f"{path}?format={form}&{name}=QQ"), name)] == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"/en/follow-up/gaps/{GAPS[-1].slug}/feed/", GAPS[-1].filters[0]),
        ("/en/follow-up/overlap/feed/", "one"),
    ],
)
def test_feeds_of_other_lists_are_refused(client: Client, public: None, path: str, name: str) -> None:
    assert refused(client.get(f"{path}?{name}=QQ"), name)


def test_every_figure_is_empty_and_its_file_refused(client: Client, public: None) -> None:
    pages = [f"/en/follow-up/figures/{slug}/?country=QQ" for slug, _title in titles()]
    assert [page for page in pages if not client.get(page).context["is_empty"]] == []
    assert [page for page in pages if not refused(client.get(f"{page}&format=csv"), "country")] == []
    assert client.get("/en/follow-up/?country=QQ").context["gaps"] is None


def test_the_refusal_is_in_the_readers_language(client: Client, db: None) -> None:
    told = client.get("/fr/pledges/?format=csv&country=QQ").text
    with translation.override("fr"):
        assert f"country: {gettext(SAID)}" in told.splitlines()


def test_the_library_shows_no_document_of_a_kind_that_there_is_not(client: Client, db: None) -> None:
    page = client.get("/en/library/?kind=zzz")
    assert (page.context["items"], "No document is of this kind" in page.text) == ([], True)
