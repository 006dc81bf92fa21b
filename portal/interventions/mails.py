"""Tells the moderators by mail that an organization says a text entered for it is wrong; the verb calls it.

A mail holds title, organization and a link: what is wrong stays in the portal, as does what is left out.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.common.actors import Group
from portal.common.languages import CODES, DEFAULT
from portal.interventions.models import MadeInRoom
from portal.submissions.cuts import told_titles


def tell_moderators(room: MadeInRoom) -> int:
    """One mail to each, in their language; the number of mails. None to who belongs to the organization."""
    organization = room.intervention.organization
    members = organization.memberships.values("user")
    rows = User.objects.filter(groups__name=Group.MODERATOR, is_active=True).exclude(pk__in=members)
    readers = list(rows.order_by("pk").distinct())
    said = room.intervention
    title = told_titles([said.key]).get((said.kind, said.key), said.title)
    for reader in readers:
        _mail(room, title, reader).send()
    return len(readers)


def _mail(room: MadeInRoom, title: str, reader: User) -> EmailMessage:
    language = reader.language if reader.language in CODES else DEFAULT
    said = room.intervention
    with translation.override(language):
        context = {
            "name": reader.name,
            "organization": said.organization.name,
            "title": " ".join(title.split()),
            "url": f"{settings.SITE_URL}/accounts/login/?next=/{language}/desk/room/",
        }
        body = render_to_string("interventions/mails/objected.txt", context)
        return EmailMessage(
            _("An organization says that a text made in the room is wrong"), body, to=[reader.email]
        )
