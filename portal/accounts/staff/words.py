"""The tasks of the staff in words; pages, forms and mails of the staff call it."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Group

NAMES: dict[Group, str | Promise] = {
    Group.EDITOR: _("Editor"),
    Group.MODERATOR: _("Moderator"),
    Group.PROTECTION: _("Protection focal point"),
    Group.COMMISSIONER: _("Commissioner"),
    Group.OBSERVATORY: _("Observatory"),
    Group.ADMINISTRATOR: _("Administrator"),
}
MAY: dict[Group, str | Promise] = {
    Group.EDITOR: _("writes pages, consultations and conclusions, and keeps vocabularies, plan and networks"),
    Group.MODERATOR: _("checks what organizations submit and verifies organizations"),
    Group.PROTECTION: _("reads what is under protection and cares for those at risk"),
    Group.COMMISSIONER: _("is told of the follow-up commission; a seat gives the rights"),
    Group.OBSERVATORY: _("is told of the observatory; a seat gives the rights"),
    Group.ADMINISTRATOR: _("invites the staff, gives and takes tasks, and may do all that the others may"),
}


def named(tasks: Iterable[str]) -> str:
    """In the order of `Group`; a group that is none of ours by its own name."""
    held = set(tasks)
    own = [str(NAMES[each]) for each in Group if each.value in held]
    return ", ".join([*own, *sorted(held - {each.value for each in Group})])
