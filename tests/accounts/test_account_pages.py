"""Every page of accounts is drawn by our templates: whole tags, one heading, something to press."""

import re

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client

from portal.accounts.models import User
from portal.accounts.urls import urlpatterns

OPEN = ["signup/", "login/", "login/code/", "password/reset/", "password/reset/done/", "inactive/"]
OPEN += ["password/reset/key/1-abc-def/", "password/reset/key/done/"]
OWN = ["", "sign-ins/", "email/", "password/change/", "reauthenticate/", "2fa/", "2fa/webauthn/", "logout/"]


def _is_whole(html: str) -> bool:
    """No sign that begins a tag stands alone, and somebody can go on beside the header's search."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return not re.search(r"<\s|<$|</\s", html) and "<h1" in main and bool(re.search(r"<(button|a )", main))


@pytest.mark.parametrize("path", OPEN)
def test_pages_for_visitors_are_whole(client: Client, db: None, path: str) -> None:
    page = client.get(f"/accounts/{path}", follow=True)
    assert (page.status_code, _is_whole(page.text)) == (200, True)


@pytest.mark.few(4)
@pytest.mark.parametrize("path", OWN)
def test_pages_for_people_are_whole(client: Client, focal_point: User, path: str) -> None:
    client.force_login(focal_point)
    page = client.get(f"/accounts/{path}", follow=True)
    assert (page.status_code, _is_whole(page.text)) == (200, True)


def test_every_template_of_a_routed_page_is_ours() -> None:
    classes = [getattr(each.callback, "view_class", None) for each in urlpatterns]
    names = {each.template_name for each in classes if getattr(each, "template_name", None)}
    assert len(names) > 15
    origins = {name: str(get_template(name).template.origin.name) for name in names}
    ours = str(settings.BASE_DIR / "portal")
    assert [name for name, origin in origins.items() if not origin.startswith(ours)] == []


@pytest.mark.parametrize("path", ["", "sign-ins/", "2fa/", "email/", "reauthenticate/"])
def test_a_page_of_an_account_is_never_kept_by_a_cache(client: Client, focal_point: User, path: str) -> None:
    client.force_login(focal_point)
    assert "no-store" in client.get(f"/accounts/{path}").headers.get("Cache-Control", "")
