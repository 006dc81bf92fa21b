"""Pages do not carry the indentation of their sources; mails and others' templates stay as they are."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from portal.common.template_loader import without_indentation

SOURCE = "<p>\n    One\n\n  <b>two</b></p>\n"


@pytest.mark.parametrize(
    ("name", "contents"),
    [
        (f"{settings.BASE_DIR}/portal/templates/base.html", "<p>\nOne\n<b>two</b></p>\n"),
        (f"{settings.BASE_DIR}/search/templates/search/hit.html", "<p>\nOne\n<b>two</b></p>\n"),
        (f"{settings.BASE_DIR}/portal/templates/mails/letter.txt", SOURCE),
        (f"{settings.BASE_DIR}/.venv/lib/wagtail/templates/page.html", SOURCE),
    ],
)
def test_only_our_pages_lose_indentation(name: str, contents: str) -> None:
    assert without_indentation(name, SOURCE) == contents


@pytest.mark.parametrize("name", ["components/header.html", "desk/home.html"])
def test_templates_of_folder_and_apps_are_loaded_without_indentation(name: str) -> None:
    template = get_template(name).template
    assert "\n  " in Path(template.origin.name).read_text()
    assert "\n " not in template.source
