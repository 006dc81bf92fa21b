"""Traps in our dependencies, each closed by a setting or a choice of ours and kept closed here."""

import importlib
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object

from portal.accounts.models import User
from portal.pages.models import ContentPage, HomePage
from tests.factories.pages import make_home


def test_a_new_translation_starts_as_a_draft(db: None) -> None:
    home = make_home(("es",))["es"]
    page = ContentPage(title="Acerca del proceso", slug="acerca")
    home.add_child(instance=page)
    translate_object(home, [Locale.objects.get(language_code="pt")])
    translate_object(page, [Locale.objects.get(language_code="pt")])
    translated = Page.objects.get(translation_key=page.translation_key, locale__language_code="pt")
    assert (page.live, translated.live) == (True, False)


def test_the_page_model_is_the_stock_one() -> None:
    assert settings.WAGTAIL_PAGE_MODEL == "wagtailcore.Page"
    assert issubclass(HomePage, Page)


def test_admin_asks_no_outside_service(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    answer = client.get("/admin/", follow=True)
    users = client.get("/admin/users/", follow=True)
    assert (answer.status_code, users.status_code) == (200, 200)
    for page in (answer.text, users.text):
        assert "gravatar" not in page
        assert "releases.wagtail" not in page


@pytest.mark.parametrize(
    "path", ["/admin/login/", "/admin/password_reset/", "/_util/login/", "/django-admin/login/"]
)
def test_every_door_leads_to_the_one_sign_in(client: Client, db: None, path: str) -> None:
    answer = client.get(f"{path}?next=/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/")


def test_admin_sends_a_visitor_to_the_one_sign_in(client: Client, db: None) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1] == ("/accounts/login/?next=/admin/", 302)


def test_the_search_package_is_ours() -> None:
    module_file = importlib.import_module("search").__file__
    assert module_file == str(settings.BASE_DIR / "search" / "__init__.py")


@pytest.mark.few(2)
@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL"])
def test_production_does_not_start_without_its_secrets(missing: str) -> None:
    given = {
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": "portal.example",
        "SITE_URL": "https://portal.example",
        "DATABASE_URL": "postgres://portal@localhost/portal",
    }
    environment = {**os.environ, **given, "DJANGO_SETTINGS_MODULE": "portal.settings.production"}
    environment.pop(missing)
    script = "import django; django.setup()"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, f"{missing} must be set" in done.stderr) == (1, True)
