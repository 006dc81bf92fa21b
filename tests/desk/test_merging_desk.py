"""A moderator finds two that are one, merges and parts them, without JavaScript, from page to page."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.organizations.merging.domain import confirm, propose
from portal.organizations.models import Merge, Organization
from portal.publication.models import Record
from search.models import OutboxEntry
from tests.factories import make_organization, make_user
from tests.factories.browser import Browser
from tests.factories.merging import Twins, furnish, make_twins, record_of
from tests.factories.organizations import add_member
from tests.thinning import rarely

pytestmark = pytest.mark.django_db
DESK = "/en/desk/organizations/"
REASON = "The same statutes and the same people."
LISTS = ("interventions", "pledges", "practices", "reports", "organizations")


@pytest.fixture
def twins(db: None) -> Twins:
    return make_twins()


def browser_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def press(browser: Browser, page: str, action: str = "", /, **typed: str) -> str:
    """Send one form of a page; the page that it leads to."""
    response = browser.send(browser.form_at(page, action or page), **typed)
    assert response.status_code == 302, response.content.decode()
    return browser.get(response["Location"]).content.decode()


def public_files(twins: Twins) -> dict[str, bytes]:
    """What the public reads: lists as files, and pages of the two and of a text of either."""
    client = Client()
    rows = Record.objects.filter(title__in=("We say", "Of a third"))
    pages = [row.path("en") for row in (record_of(twins.kept), *rows)]
    paths = [*(f"/en/{name}/?format=json" for name in LISTS), *pages]
    return {path: client.get(path).getvalue() for path in paths}


@pytest.mark.long
def test_from_the_queue_to_one_and_back_to_two(twins: Twins) -> None:
    furnish(twins)
    before, number = public_files(twins), record_of(twins.gone).public_id
    first, second = browser_of(twins.moderator), browser_of(twins.second)
    page = first.get(f"/en/desk/moderation/organization/{twins.gone.key}/").content.decode()
    find = f"{DESK}{twins.gone.key}/twice/"
    assert find in page
    compare = f"{find}{twins.kept.key}/"
    assert compare in first.get(find).content.decode()
    shown = press(first, compare, keep="other", reason=REASON)
    assert "Waits for a second yes" in shown
    merge = Merge.objects.get()
    own = f"{DESK}merges/{merge.key}/"
    assert f"{own}confirm/" not in shown
    assert own in second.get(f"{DESK}merges/").content.decode()
    assert f"{DESK}{twins.kept.key}/twice/{twins.gone.key}/" in second.get(own).content.decode()
    assert "pair of organizations waits" in second.get("/en/desk/").content.decode()
    OutboxEntry.objects.all().delete()
    assert "Merged" in press(second, own, f"{own}confirm/")
    noted = {*OutboxEntry.objects.values_list("key", flat=True)}
    assert {f"organization:{row.key}" for row in (twins.gone, twins.kept)} <= noted
    moved = Client().get(f"/r/{number}/", follow=True)
    assert (moved.status_code, moved.redirect_chain[-1][0].split("/")[-2]) == (
        200,
        record_of(twins.kept).public_id,
    )
    assert number not in Client().get("/en/organizations/?format=csv").getvalue().decode()
    assert "Parted again" in press(second, own, f"{own}part/", reason="Two boards.")
    assert public_files(twins) == before


@pytest.mark.long
def test_the_address_of_a_merged_one_leads_its_members_to_the_one_it_is_now(twins: Twins) -> None:
    member, far = make_user(), make_organization(state="verified")  # type: ignore[arg-type]
    add_member(twins.gone, member, "viewer")  # type: ignore[arg-type]
    for gone, kept in ((twins.gone, twins.kept), (twins.kept, far)):
        merge = propose(gone, kept, reason=REASON, actor=person(twins.moderator), now=timezone.now())
        if merge.state == "proposed":
            confirm(merge, actor=person(twins.second), now=timezone.now())
    page, now = f"{DESK}{twins.gone.key}/", f"{DESK}{far.key}/"
    response = browser_of(member).get(page, follow=True)
    assert [path for path, _status in response.redirect_chain] == [now]
    assert "is one with this organization now" in response.content.decode()
    for other in (make_user(), twins.moderator):
        assert browser_of(other).get(page).status_code == 404


def test_what_is_refused_stays_typed(twins: Twins) -> None:
    browser = browser_of(twins.moderator)
    page = f"{DESK}{twins.gone.key}/twice/{twins.kept.key}/"
    told = browser.send(browser.form_at(page, page), reason=REASON).content.decode()
    assert ("Say which one stays." in told, REASON in told) == (True, True)
    Organization.objects.filter(pk=twins.kept.pk).update(state="suspended", reason="Why")
    told = browser.send(browser.form_at(page, page), keep="other", reason=REASON).content.decode()
    assert ("One of the two is suspended." in told, REASON in told) == (True, True)
    assert not Merge.objects.exists()


def test_the_other_one_is_found_by_name_and_number(twins: Twins) -> None:
    browser, find = browser_of(twins.moderator), f"{DESK}{twins.gone.key}/twice/"
    compare, draft = f"{find}{twins.other.key}/", make_organization(name="Third draft")
    for words in ("thir", record_of(twins.other).public_id):
        page = browser.get(f"{find}?q={words}").content.decode()
        assert (compare in page, str(draft.key) in page) == (True, False)
    assert "No organization matches." in browser.get(f"{find}?q=nobody").content.decode()


def test_who_is_close_reads_and_does_not_merge(twins: Twins) -> None:
    add_member(twins.kept, twins.moderator, "viewer")  # type: ignore[arg-type]
    page = f"{DESK}{twins.gone.key}/twice/{twins.kept.key}/"
    told = browser_of(twins.moderator).get(page).content.decode()
    assert ("somebody else has to decide" in told, "Which one stays?" in told) == (True, False)


@pytest.mark.parametrize("group", [None, Group.EDITOR, Group.PROTECTION, Group.COMMISSIONER])
def test_the_room_is_the_moderators(twins: Twins, group: Group | None) -> None:
    merge = Merge.objects.create(
        merged=twins.gone, kept=twins.kept, reason=REASON, proposed_at=twins.gone.created_at
    )
    client = Client()
    client.force_login(make_user(*filter(None, [group])))
    find = f"{DESK}{twins.gone.key}/twice/"
    for page in (find, f"{find}{twins.kept.key}/", f"{DESK}merges/", f"{DESK}merges/{merge.key}/"):
        assert client.get(page).status_code == 404
    for verb in ("confirm", "decline", "part"):
        assert client.post(f"{DESK}merges/{merge.key}/{verb}/", {"reason": REASON}).status_code == 404
    merge.refresh_from_db()
    assert merge.state == "proposed"


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_a_list_of_merges_costs_the_same_for_any_number(
    twins: Twins, number: int, django_assert_num_queries: object
) -> None:
    for _at in range(number):
        gone = make_organization(state="submitted")  # type: ignore[arg-type]
        Merge.objects.create(merged=gone, kept=twins.kept, reason=REASON, proposed_at=gone.created_at)
    browser = Client()
    browser.force_login(twins.moderator)
    browser.get(f"{DESK}merges/")
    with django_assert_num_queries(5):  # type: ignore[operator]
        assert browser.get(f"{DESK}merges/").content.decode().count("→") == number
