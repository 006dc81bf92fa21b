"""The room of the staff on an administrator's first page of the desk."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.staff.queries import staff
from portal.accounts.staff.rules import may_manage
from portal.common.desk_duties import Asker, DeskCard


def cards(asker: Asker) -> Iterable[DeskCard]:
    """One query, none for anybody but administrators."""
    if not may_manage(asker.actor):
        return ()
    number = staff().filter(is_active=True, has_step=False).count()  # type: ignore[misc]  # reason: annotated
    told = ngettext(
        "%(number)s person of the staff has no second step at sign-in yet.",
        "%(number)s people of the staff have no second step at sign-in yet.",
        number,
    )
    return (DeskCard(_("Staff"), reverse("staff:list"), told % {"number": number}, number),)
