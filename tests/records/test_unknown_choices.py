"""A filter that is asked for what it has not: a page says so and shows nothing, files and feeds are refused.

The cases are the choices of all lists of records, and the fields of every other form of filters. Each is
asked where there is a row that would stand there.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.forms import ChoiceField
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone, translation
from django.utils.translation import gettext

from portal.accounts.models import User
from portal.calendar.forms import CalendarFilters
from portal.common.actors import Group
from portal.common.filtering import ListFilters
from portal.conclusions.public.forms import OutcomeFilters
from portal.desk.organizations.register_views import RegisterForm
from portal.followup.changes.forms import ChangeFilters
from portal.followup.contacting.forms import SilentFilters
from portal.followup.dashboard.drawn import titles
from portal.followup.gaps.forms import GapFilters, OverlapFilters
from portal.followup.gaps.kinds import BY_SLUG
from portal.library.forms import LibraryFilters
from portal.library.models import LibraryDocument
from portal.matching.forms import NeedFilters
from portal.moderation.filters import DecidedFilters, QueueFilters
from portal.moderation.models import Decision
from portal.networks.enums import NetworkKind
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.plan.forms import PlanFilters
from portal.pledges.models import PledgeGoal
from portal.records.filters import Choice
from portal.records.types import record_types
from portal.submissions.states import SubmissionState
from portal.tables.datasets import datasets
from portal.translations.filters import LackingFilters, RequestFilters
from portal.translations.models import TranslationRequest
from tests.cast import make_focal_point, make_red_uno
from tests.factories import (
    make_consultation,
    make_intervention,
    make_organization,
    make_pledge,
    make_practice,
    make_report,
    make_user,
    publish_intervention,
    publish_pledge,
    publish_practice,
    publish_report,
)
from tests.factories.backed_conclusions import make_conclusions, publish_draft
from tests.factories.followup import (
    make_assessment,
    make_body,
    make_cycle,
    make_observation,
    make_seat,
    publish_assessment,
    publish_observation,
)
from tests.factories.networks import make_network
from tests.factories.plan import make_framework, make_node
from tests.thinning import rarely

FORMS = ("csv", "xlsx", "json")
NOBODY = "zunzuncanario"
SAID = "This list has no such choice, so it shows nothing."
NOW = timezone.now()
pytestmark = pytest.mark.django_db

# Where each form of filters stands; of the gaps a list of each subject.
LISTS: dict[type[ListFilters], tuple[str, ...]] = {
    CalendarFilters: ("calendar/",),
    ChangeFilters: ("follow-up/changes/",),
    GapFilters: (
        "follow-up/gaps/",
        "follow-up/gaps/contributions-without-pledge/",
        "follow-up/gaps/pledges-without-goal/",
    ),
    DecidedFilters: ("desk/moderation/decided/",),
    LibraryFilters: ("library/",),
    NeedFilters: ("matches/",),
    OutcomeFilters: ("consultations/brasilia/conclusions/",),
    OverlapFilters: ("follow-up/overlap/",),
    PlanFilters: ("plan/",),
    QueueFilters: ("desk/moderation/",),
    LackingFilters: ("desk/translations/",),
    RequestFilters: ("desk/translations/entered/",),
    RegisterForm: ("desk/organizations/register/",),
    SilentFilters: ("desk/follow-up/silent/",),
}
# Lists that are offered as data and have no filter.
WITHOUT = {
    "consultations/",
    "countries/",
    "follow-up/bodies/",
    "follow-up/cycles/",
    "mechanisms/",
    "networks/",
}
DASHBOARD = ("follow-up/", "follow-up/figures/countries/")
# Of what changed last in all of the plan.
FEED_WITHOUT = "plan/"


@pytest.fixture(scope="module", autouse=True)
def reader(module_rows: None) -> User:
    """A row in every list, of each kind of record one. Who may read all of them, the silent pledges too."""
    make_focal_point()
    organization, pages = make_red_uno(), make_consultation()
    publish_intervention(
        make_intervention(
            organization, title=NOBODY, state=SubmissionState.PUBLISHED, questions=pages.questions[:1]
        )
    )
    publish_draft(make_conclusions(pages))
    publish_practice(make_practice(organization))
    fill_follow_up(organization)
    node = make_node(make_framework(in_force=True), "1.1", title_en=NOBODY)
    for slug in ("one", "other"):
        make_network(slug=slug, is_public=True, kind=NetworkKind.MECHANISM, themes=(node.key,))
    make_document()
    ask_for_a_translation(organization)
    return seated()


def ask_for_a_translation(organization: Organization) -> None:
    given = {"kind": "intervention", "submission_key": uuid4(), "language": "es", "into": "en"}
    TranslationRequest.objects.create(
        **given, organization=organization, title=NOBODY, wants="publish", submitted_at=NOW
    )


def fill_follow_up(organization: Organization) -> None:
    """Two pledges, one needs something, the other has a goal that was changed and what others say of it."""
    values: dict[str, Any] = {"state": SubmissionState.PUBLISHED, "title": NOBODY, "decided_at": NOW}
    publish_pledge(make_pledge(organization, needs=["financial"], **values))
    pledge = make_pledge(organization, **values)
    goal: dict[str, Any] = {
        "statement": "Licences",
        "target": Decimal(600),
        "baseline": Decimal(100),
        "unit": "licences",
    }
    PledgeGoal.objects.create(pledge=pledge, due_on=date(2027, 12, 31), **goal)
    publish_pledge(pledge)
    pledge.goals.update(target=Decimal(400))
    pledge.change_reason = "The law came late."
    pledge.save()
    record = publish_pledge(pledge)
    publish_report(make_report(pledge))
    outside = make_organization(state=OrganizationState.VERIFIED)
    publish_assessment(make_assessment(pledge, outside))
    publish_observation(make_observation(outside, record=record))
    make_cycle("grf", title_en=NOBODY, opens_on=(NOW + timedelta(days=30)).date())


def make_document() -> None:
    LibraryDocument.objects.create(
        title=NOBODY,
        language="es",
        kind="report",
        sha256="0" * 64,
        passages_count=1,
        created_at=NOW,
        updated_at=NOW,
    )


def seated() -> User:
    owner = make_user(Group.MODERATOR)
    asking = make_organization(name=NOBODY, state=OrganizationState.SUBMITTED)
    Decision.objects.create(
        kind="organization", object_key=asking.key, action="verified", decided_by=owner, decided_at=NOW
    )
    holder = make_organization(name="Holder", owner=owner, state=OrganizationState.VERIFIED)
    make_seat(make_body(runs_cycles=True), holder)
    return owner


@pytest.fixture
def seat(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


def choices() -> list[tuple[str, str]]:
    """Every choice of every list of records, by the address of the list."""
    return [
        (declared.path, name)
        for declared in record_types()
        for name, each in declared.all_filters.base_filters.items()
        if isinstance(each, Choice)
    ]


def others() -> Iterator[tuple[str, str]]:
    """Every field of every other form of filters, by the address of its list."""
    yield from (("follow-up/", "country"), ("follow-up/", "mechanism"), (DASHBOARD[1], "country"))
    for form, paths in LISTS.items():
        for path in paths:
            gap = BY_SLUG.get(path.split("/")[-2])
            yield from ((path, name) for name in (gap.filters if gap else chosen_in(form)))


def asked_of(pairs: Iterable[tuple[str, str]], is_each: bool) -> list[tuple[str, str]]:
    """By default one choice of each list: the same form reads all of them."""
    return list(pairs) if is_each else list(dict(pairs).items())


def chosen_in(form: type[ListFilters]) -> list[str]:
    """Its fields with choices: any words may be looked for."""
    return [name for name, field in form.base_fields.items() if isinstance(field, ChoiceField)]


def forms_of_filters(of: type[ListFilters] = ListFilters) -> set[type[ListFilters]]:
    """Those of lists of records are made on the way."""
    below = {each for each in of.__subclasses__() if each.__module__.startswith("portal.")}
    return below.union(*map(forms_of_filters, below))


def refused(answer: Any, name: str) -> bool:
    """In words of the page's language that name the parameter, without a row."""
    return (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8") and (
        f"\n{name}: {SAID}\n" in answer.text and NOBODY not in answer.text
    )


def main(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.split("<main|<aside", answer.text)[1]


def shows(text: str) -> bool:
    """A row, or a number of some."""
    return NOBODY in text or re.search(r"\b[1-9]\d* of ", text) is not None


def has_feed(client: Client, path: str) -> bool:
    answer = client.get(f"/en/{path}feed/")
    return path != FEED_WITHOUT and answer.headers["Content-Type"].startswith("application/atom+xml")


def files_of(client: Client, path: str) -> Iterable[str]:
    """Addresses of its files and its feed, to ask for something."""
    forms = (*FORMS, "svg") if "/figures/" in path else FORMS
    if client.get(f"/en/{path}?format=json").headers["Content-Type"] == "application/json":
        yield from (f"/en/{path}?format={form}&" for form in forms)
    if has_feed(client, path):
        yield f"/en/{path}feed/?"
    if path == "calendar/":
        yield "/en/calendar.ics?"


def test_every_form_of_filters_is_asked_here() -> None:
    """And every list that is offered as data has one of them or no filter."""
    assert get_resolver().url_patterns
    assert forms_of_filters() == LISTS.keys()
    lists = {path for paths in LISTS.values() for path in paths}
    asked = {*DASHBOARD, *lists, *(f"{declared.path}/" for declared in record_types())}
    assert {row.path for row in datasets() if row.path} - asked == WITHOUT


@pytest.mark.parametrize("is_each", [False, rarely(True)])
def test_lists_of_records_refuse_files_and_feeds(client: Client, is_each: bool) -> None:
    known = choices()
    assert {path for path, _name in known} == {declared.path for declared in record_types()}
    wrong = [
        address
        for path, name in asked_of(known, is_each)
        for address in (
            f"/en/{path}/?format=csv&{name}={NOBODY}",
            f"/en/{path}/feed/?{name}={NOBODY}",
        )
        if not refused(client.get(address), name)
    ]
    assert wrong == []


@pytest.mark.parametrize("is_each", [False, rarely(True)])
def test_lists_of_records_say_it_and_show_no_row(client: Client, is_each: bool) -> None:
    """Also where another filter is right, and where an unknown name stands beside it: that is left out."""
    wrong = [path for path in {path: 1 for path, _name in choices()} if not items(client, f"/en/{path}/")]
    for path, name in asked_of(choices(), is_each):
        page = client.get(f"/en/{path}/?{name}=QQ&colour=red")
        told = SAID in page.text and "This list has no filter “colour”. It was left out." in page.text
        if not told or page.context["items"] or not page.context["is_filtered"]:
            wrong.append(f"{path} {name}")
    assert wrong == []
    page = client.get("/en/pledges/?country=QQ")
    assert (page.context["page"].paginator.count, "0 pledges" in page.text) == (0, True)
    assert items(client, "/en/pledges/?country=QQ&health=blah") == []
    assert items(client, "/en/pledges/?utm_source=mail") != []


def items(client: Client, address: str) -> list[Any]:
    return [*client.get(address).context["items"]]


@pytest.mark.parametrize("is_each", [False, rarely(True)])
def test_other_lists_and_figures_say_it_and_show_nothing(seat: Client, is_each: bool) -> None:
    wrong = [
        path
        for path in dict.fromkeys(path for path, _name in others())
        if not shows(main(seat, f"/en/{path}"))
    ]
    for path, name in asked_of(others(), is_each):
        text = main(seat, f"/en/{path}?{name}=QQ")
        if SAID not in text or shows(text):
            wrong.append(f"{path} {name}")
    assert wrong == []


@pytest.mark.parametrize("is_each", [False, rarely(True)])
def test_other_lists_and_figures_refuse_files_and_feeds(seat: Client, is_each: bool) -> None:
    addresses = {path: [*files_of(seat, path)] for path, _name in others()}
    assert {path for path, known in addresses.items() if not known} == {
        "consultations/brasilia/conclusions/",
        "desk/follow-up/silent/",
        "desk/moderation/",
        "desk/organizations/register/",
        "desk/translations/",
        "desk/translations/entered/",
        "library/",
    }
    wrong = [
        f"{address}{name}"
        for path, name in asked_of(others(), is_each)
        for address in addresses[path]
        if not refused(seat.get(f"{address}{name}=QQ"), name)
    ]
    assert wrong == []


def test_every_figure_is_empty_and_its_file_refused(client: Client) -> None:
    pages = [f"/en/follow-up/figures/{slug}/?country=QQ" for slug, _title in titles()]
    assert [page for page in pages if not client.get(page).context["is_empty"]] == []
    assert [page for page in pages if not refused(client.get(f"{page}&format=csv"), "country")] == []
    assert client.get("/en/follow-up/?country=QQ").context["gaps"] is None


def test_the_refusal_is_in_the_readers_language(client: Client) -> None:
    told = client.get("/fr/pledges/?format=csv&country=QQ").text
    with translation.override("fr"):
        assert f"country: {gettext(SAID)}" in told.splitlines()
