"""The last mail to somebody whose account is erased; its row is emptied once it is sent, as of every mail."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.common.languages import CODES, DEFAULT


def farewell(address: str, language: str, *, by_secretariat: bool) -> None:
    """It names nobody: only the address that it goes to."""
    with translation.override(language if language in CODES else DEFAULT):
        context = {
            "by_secretariat": by_secretariat,
            "url": f"{settings.SITE_URL}/{translation.get_language()}/privacy/",
            "contact": settings.PRIVACY_CONTACT,
        }
        body = render_to_string("rights/mails/farewell.txt", context)
        EmailMessage(_("Your account in the Cartagena+40 portal is erased"), body, to=[address]).send()
