"""What the desk's pages of a submission offer: to who writes for its organization, to nobody else."""

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.organizations.models import Organization
from portal.submissions import domain
from tests.factories.pages import ConsultationTree
from tests.submissions.kinds import KINDS, Kind

OFFERED = {
    "draft": "go on",
    "submitted": "start",
    "returned": "go on",
    "published": "start",
    "withdrawn": "",
}


@pytest.fixture
def readers(
    focal_point: User, signatory: User, member_editor: User, viewer_member: User, moderator: User
) -> dict[str, User]:
    return {
        "owner": focal_point,
        "signatory": signatory,
        "member editor": member_editor,
        "viewer": viewer_member,
        "moderator": moderator,
    }


@pytest.mark.few(10)
@pytest.mark.parametrize("state", OFFERED)
@pytest.mark.parametrize("reader", ["owner", "signatory", "member editor", "viewer", "moderator"])
def test_the_page_offers_writing_to_writers_only(
    client: Client,
    readers: dict[str, User],
    organization: Organization,
    consultation_pages: ConsultationTree,
    reader: str,
    state: str,
) -> None:
    of = KINDS["intervention"]
    row = of.make(organization, consultation_pages, state)
    client.force_login(readers[reader])
    response = client.get(address(of, "detail", row.key))
    if reader == "moderator" and state == "draft":
        assert response.status_code == 404
        return
    context = response.context
    offered = [name for name, there in (("go on", context["go_on"]), ("start", context["starts"])) if there]
    writes = reader not in ("viewer", "moderator")
    assert offered == ([OFFERED[state]] if writes and OFFERED[state] else [])


@pytest.mark.few(1)
@pytest.mark.parametrize(("reader", "offered"), [("owner", True), ("member editor", True), ("viewer", False)])
def test_the_receipt_offers_a_pledge_to_writers_only(
    client: Client,
    readers: dict[str, User],
    focal_point: User,
    organization: Organization,
    consultation_pages: ConsultationTree,
    reader: str,
    offered: bool,
) -> None:
    of = KINDS["intervention"]
    row = of.make(organization, consultation_pages)
    domain.submit(row, submit_key=row.submit_key, actor=person(focal_point), now=timezone.now())
    client.force_login(readers[reader])
    html = client.get(address(of, "receipt", row.key)).content.decode()
    assert ("See what you submitted" in html, "Link a pledge to it" in html) == (True, offered)


def address(kind: Kind, name: str, *args: object) -> str:
    with translation.override("en"):
        return kind.of.address(name, *args)
