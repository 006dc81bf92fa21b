"""Mails about merging and parting; verbs call them in their transactions. No subject holds what was typed."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.common.characters import one_line
from portal.organizations.models import Merge
from portal.organizations.recipients import Recipients

MERGED = _("Two organizations in the Cartagena+40 portal are one now")
PARTED = _("Two organizations in the Cartagena+40 portal are two again")


def tell_merged(merge: Merge, to: Iterable[Recipients]) -> None:
    """To those who spoke for either before."""
    _tell(merge, to, "merged", MERGED)


def tell_parted(merge: Merge, to: Iterable[Recipients]) -> None:
    """To those who speak for either again."""
    _tell(merge, to, "parted", PARTED)


def _tell(merge: Merge, to: Iterable[Recipients], name: str, subject: str | Promise) -> None:
    for readers in to:
        if readers.people:
            with translation.override(readers.language):
                context = {
                    "merged": one_line(merge.merged.name),
                    "kept": one_line(merge.kept.name),
                    "url": f"{settings.SITE_URL}/accounts/login/?next=/{translation.get_language()}/desk/",
                }
                body = render_to_string(f"organizations/mails/{name}.txt", context)
                EmailMessage(str(subject), body, to=readers.addresses).send()
