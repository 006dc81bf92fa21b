"""What stands in a language, as badges say it at the desk: words and tone."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.records.types import Badge
from portal.translations.enums import Wants

WHAT_IS_ASKED: dict[str, Promise] = {
    Wants.PUBLISH: _("To make this translation public"),
    Wants.TAKE_OFF: _("To take the translation off"),
}
OF_WHAT_STANDS = {
    "none": Badge(_("No translation")),
    "official": Badge(_("Official translation"), "good"),
    "machine": Badge(_("Machine draft, not checked"), "warn"),
    "stale": Badge(_("Official translation of an earlier version"), "bad"),
    "machine_stale": Badge(_("Machine draft of an earlier version"), "bad"),
}
