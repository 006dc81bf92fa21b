"""Where readers find the lists that the header has no place for."""

import pytest
from django.test import Client

from portal.common.languages import CODES
from tests.factories.pages import ConsultationTree

pytestmark = pytest.mark.django_db

LISTS = ("recommendations", "practices", "plan", "reports", "organizations", "networks", "mechanisms")
BESIDE = {
    "consultations": ("recommendations", "practices", "plan"),
    "follow-up": ("recommendations", "plan", "pledges", "reports"),
    "organizations": ("networks", "mechanisms"),
    "recommendations": ("plan",),
    "pledges": ("plan", "reports"),
}


@pytest.mark.few(1)
@pytest.mark.parametrize("language", CODES)
def test_every_page_leads_to_every_list(
    client: Client, consultation_pages: ConsultationTree, language: str
) -> None:
    """From the foot of each page, and from the text of those that come before; the header stays as high."""
    for page, lists in BESIDE.items():
        html = client.get(f"/{language}/{page}/").text
        head, _end, rest = html.partition("</header>")
        main, _foot, foot = rest.partition('<footer class="footer">')
        assert [name for name in lists if f'href="/{language}/{name}/"' not in main] == [], page
        assert [name for name in LISTS if f'href="/{language}/{name}/"' not in foot] == []
        assert head.count("<li>") == 9
    answers = {name: client.get(f"/{language}/{name}/").status_code for name in LISTS}
    assert set(answers.values()) == {200}
