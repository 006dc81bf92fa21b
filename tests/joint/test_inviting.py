"""Looking for organizations to invite: by a word, without JavaScript, never by a name that is withheld."""

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.joint.queries import signatures_of
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.protecting import protect
from portal.publication.models import Record
from tests.factories import make_organization, make_practice
from tests.factories.browser import Browser
from tests.factories.joint import make_signatories, owner_of

pytestmark = pytest.mark.django_db


def number_of(row: Organization) -> str:
    return Record.objects.get(kind="organization", source_key=row.key).public_id


def test_organizations_are_looked_for_ticked_and_stand_in_the_list(
    organization: Organization, focal_point: User
) -> None:
    names = ("River One", "River Two", "River Withheld")
    first, second, hidden = (make_signatories(1, name=name)[0] for name in names)
    protect(hidden, actor=person(owner_of(hidden)), now=timezone.now())
    make_organization(name="River Draft", state=OrganizationState.DRAFT)
    draft, browser = make_practice(organization), Browser()
    browser.force_login(focal_point)
    page = f"/en/desk/practices/{draft.key}/signatories/"
    start = browser.form_at(page)
    reply = browser.send(start, find="river", signatories="", filter="1")
    offered = [name for name in (*names, "River Draft") if name in reply.text]
    assert offered == ["River One", "River Two"]
    reply = browser.send(browser.form_at(page), find="river", add=number_of(second), filter="1")
    assert [row.organization for row in signatures_of(draft)] == [second]
    assert [f'value="{number_of(row)}"' in reply.text for row in (first, second)] == [True, False]
    assert f"{number_of(second)} {second.name}" in reply.text
