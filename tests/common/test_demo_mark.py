"""Where demo content can be loaded, every page says in words that it is invented."""

import pytest
from django.conf import LazySettings
from django.test import Client

from portal.common.languages import CODES
from tests.factories import make_consultation
from tests.markup import dense
from tests.thinning import in_turn

MARKS = {
    "es": ("Demostración", "Esto es una demostración: las organizaciones"),
    "en": ("Demonstration", "This is a demonstration: organizations"),
    "pt": ("Demonstração", "Isto é uma demonstração: as organizações"),
    "fr": ("Démonstration", "Ceci est une démonstration : les organisations"),
}
PATHS = ("", "consultations/brasilia/", "recommendations/", "search/", "pledges/", "nothing-here/")


@pytest.mark.few(2)
@pytest.mark.parametrize(("path", "code"), in_turn(PATHS, CODES))
def test_every_page_of_a_demonstration_says_so(
    db: None, client: Client, settings: LazySettings, code: str, path: str
) -> None:
    make_consultation()
    settings.DEBUG = True
    page = dense(client.get(f"/{code}/{path}").text)
    head, words = MARKS[code]
    assert f'<span class="badge badge--warn">{head}</span>' in page
    assert words in page


@pytest.mark.parametrize("path", ["/desk/", "/accounts/login/"])
def test_pages_for_signing_in_say_so_too(db: None, client: Client, settings: LazySettings, path: str) -> None:
    settings.DEBUG = True
    assert "This is a demonstration: organizations" in client.get(path, {"lang": "en"}, follow=True).text


@pytest.mark.few(2)
@pytest.mark.parametrize("path", PATHS)
def test_a_portal_in_use_says_nothing_of_a_demonstration(db: None, client: Client, path: str) -> None:
    make_consultation()
    assert "emonstration" not in client.get(f"/en/{path}").text
