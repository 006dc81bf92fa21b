"""The demo stays away from a portal in use."""

from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from wagtail.models import Page

from portal.accounts.models import User
from portal.pages.models import HomePage
from tests.factories import make_home


def test_command_is_refused_when_debug_is_off(db: None) -> None:
    with pytest.raises(CommandError, match="refused when DEBUG is off"):
        call_command("load_demo")
    assert User.objects.filter(email__endswith="demo.invalid").count() == 0


def test_command_leaves_a_portal_with_pages_alone(db: None, settings: LazySettings) -> None:
    settings.DEBUG = True
    Page.objects.filter(depth__gt=1).delete()
    make_home(("es",))
    with pytest.raises(CommandError, match="has a home page already"):
        call_command("load_demo", stdout=StringIO())
    assert HomePage.objects.count() == 1
