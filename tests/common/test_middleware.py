"""The reader's language, and pages for errors."""

import pytest
from django.test import Client

from tests.factories.pages import ConsultationTree, make_home

ACCEPT = {"HTTP_ACCEPT_LANGUAGE": "de, pt-BR;q=0.8"}


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["es", "en", "pt", "fr"])
def test_unknown_page_is_404_in_the_language_of_the_path(client: Client, code: str) -> None:
    make_home()
    answer = client.get(f"/{code}/no-such-page/", **ACCEPT)
    assert (answer.status_code, f'lang="{code}"' in answer.text) == (404, True)


@pytest.mark.parametrize("path", ["/wp-login.php", "/es", "/xx/", "/es/%00/", "/es/..%2f/"])
@pytest.mark.django_db
def test_addresses_nothing_serves_are_404(client: Client, path: str) -> None:
    make_home()
    assert client.get(path, follow=path == "/es").status_code == (200 if path == "/es" else 404)


@pytest.mark.django_db
def test_root_leads_to_the_browser_language(client: Client) -> None:
    answer = client.get("/", **ACCEPT)
    assert (answer.status_code, answer["Location"], "Accept-Language" in answer["Vary"]) == (
        302,
        "/pt/",
        True,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "language"),
    [("?next=/fr/desk/", "fr"), ("?lang=en&next=/fr/desk/", "en"), ("?lang=xx", "pt"), ("", "pt")],
)
def test_accounts_take_the_language_of_where_you_go(client: Client, query: str, language: str) -> None:
    answer = client.get(f"/accounts/login/{query}", **ACCEPT)
    assert answer["Content-Language"] == language


@pytest.mark.django_db
def test_accounts_remember_an_asked_language(client: Client) -> None:
    client.get("/accounts/login/?lang=fr")
    assert client.get("/accounts/signup/", **ACCEPT)["Content-Language"] == "fr"


def test_cookie_does_not_change_the_language_of_a_public_page(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    client.cookies["django_language"] = "fr"
    assert client.get("/en/consultations/brasilia/")["Content-Language"] == "en"


def test_public_page_sets_no_cookie_and_forbids_inline_code(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    answer = client.get("/en/consultations/brasilia/")
    assert (answer.status_code, answer.cookies.output()) == (200, "")
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
