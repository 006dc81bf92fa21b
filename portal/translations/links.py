"""The way from the desk's page of a published text to its translations."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.translations.rules import can_have


def to_translations(text: Any) -> list[dict[str, str]]:
    """None for a text beside which nothing may stand."""
    if not can_have(text):
        return []
    return [{"label": _("Translations"), "url": reverse("translations:text", args=[text.kind, text.key])}]
