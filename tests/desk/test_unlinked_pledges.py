"""The desk's list of pledges without a link: what stands on it, what one press does, an action by hand."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.organizations.models import Organization
from portal.plan.reference import load_frameworks
from portal.pledges.domain import link_by_secretariat
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from tests.factories import make_pledge, publish_pledge
from tests.thinning import rarely


@pytest.mark.long
def test_a_pledge_with_one_link_is_not_listed_as_without_any(
    client: Client, organization: Organization, editor: User
) -> None:
    load_frameworks()
    umbrella = publish_pledge(make_pledge(organization, pledge_kind="umbrella", state="published"))
    for title in ("Bare", "Acting", "Part"):
        publish_pledge(make_pledge(organization, title=title, state="published"))
    actor, now = person(editor), timezone.now()
    rows = {row.title: row for row in Pledge.objects.all()}
    link_by_secretariat(rows["Acting"], relation="carries_out", target="chile-2024:1.1", actor=actor, now=now)
    link_by_secretariat(
        rows["Part"], relation="part_of", target=str(umbrella.source_key), actor=actor, now=now
    )
    client.force_login(editor)

    def listed(missing: str) -> list[str]:
        rows = client.get(f"/en/desk/unlinked-pledges/?missing={missing}").context["rows"]
        return sorted(row["record"].title for row in rows)

    assert (listed(""), listed("nonsense")) == (["Bare"], ["Bare"])
    assert (listed("action"), listed("umbrella")) == (["Bare", "Part"], ["Acting", "Bare"])


@pytest.mark.long
def test_an_action_is_chosen_by_hand_and_the_list_shrinks(
    client: Client, organization: Organization, editor: User
) -> None:
    load_frameworks()
    pledges = [make_pledge(organization, title=f"Alone {at}", state="published") for at in range(21)]
    for pledge in pledges:
        publish_pledge(pledge)
    client.force_login(editor)
    page = "/en/desk/unlinked-pledges/"
    assert [len(client.get(f"{page}?page={at}").context["rows"]) for at in (1, 2)] == [20, 1]
    chosen = client.get(f"{page}?choose={pledges[3].key}").text
    assert (chosen.count("<select"), "1.17 Action 1.17" in chosen, ">Action 1.17<" in chosen) == (
        1,
        False,
        True,
    )
    sent = {"relation": "carries_out", "target": "", "missing": "action", "page": "1"}
    refused = client.post(f"{page}{pledges[3].key}/link/", sent)
    assert (refused.status_code, refused.context["number"]) == (200, 21)
    assert refused.text.count("Choose an action.") == 2
    done = client.post(f"{page}{pledges[3].key}/link/", sent | {"target": "chile-2024:1.17"})
    assert done.url == f"{page}?missing=action&page=1"
    assert client.get(page).context["number"] == 20
    page_of_it = client.get(published(RecordKind.PLEDGE).get(source_key=pledges[3].key).path("en")).text
    assert "said by the secretariat" in page_of_it


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_the_list_takes_as_many_queries_for_one_and_many(
    client: Client,
    organization: Organization,
    editor: User,
    number: int,
    django_assert_num_queries: Any,
) -> None:
    for _at in range(number):
        publish_pledge(make_pledge(organization, state="published"))
    client.force_login(editor)
    client.get("/en/desk/unlinked-pledges/")
    with django_assert_num_queries(8):
        client.get("/en/desk/unlinked-pledges/")
