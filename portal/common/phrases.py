"""Words that several apps show; one translation each."""

from django.utils.translation import gettext_lazy as _

LANGUAGE_NAMES = {"es": _("Spanish"), "en": _("English"), "pt": _("Portuguese"), "fr": _("French")}
ORIGINAL_IN = {
    "es": _("Original in Spanish"),
    "en": _("Original in English"),
    "pt": _("Original in Portuguese"),
    "fr": _("Original in French"),
}
