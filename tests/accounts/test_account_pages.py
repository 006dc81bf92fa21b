"""Every page of allauth is drawn by our elements: whole tags, and a button for each thing to do."""

import re

import pytest
from django.test import Client

from portal.accounts.models import User

OPEN = ["signup/", "login/", "login/code/", "password/reset/"]
OWN = ["email/", "password/change/", "reauthenticate/", "2fa/", "logout/"]


def _is_whole(html: str) -> bool:
    """No sign that begins a tag stands alone, and somebody can press something beside the header's search."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return not re.search(r"<\s|<$|</\s", html) and bool(
        re.search(r"<(button|a class=\"button)|class=\"button", main)
    )


@pytest.mark.parametrize("path", OPEN)
def test_pages_for_visitors_are_whole(client: Client, db: None, path: str) -> None:
    page = client.get(f"/accounts/{path}", follow=True)
    assert (page.status_code, _is_whole(page.text)) == (200, True)


@pytest.mark.parametrize("path", OWN)
def test_pages_for_people_are_whole(client: Client, focal_point: User, path: str) -> None:
    client.force_login(focal_point)
    page = client.get(f"/accounts/{path}", follow=True)
    assert (page.status_code, _is_whole(page.text)) == (200, True)
