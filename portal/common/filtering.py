"""Values that an address asks a filter for and that it has not: forms of public lists and their files use it.

A page says it at the filter and shows nothing; a file or a feed, which has room for rows alone, is refused.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.errors import NoSuchChoice

NO_CHOICE = {"invalid_choice": _("This list has no such choice, so it shows nothing.")}


def refuse_unknown(form: forms.Form) -> None:
    """Raises `NoSuchChoice`."""
    if form.errors:
        raise NoSuchChoice({name: " ".join(map(str, told)) for name, told in form.errors.items()})
