"""Tells an organization by mail that it has a later deadline, or has it no more; the verbs call it.

A mail says the moment in words and leads to the desk. The reason stays in the portal.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.cms.queries import PublicPage
from portal.consultations.deadline_models import LaterDeadline
from portal.organizations.recipients import recipients_of
from portal.submissions.deadline_words import at


def tell_given(later: LaterDeadline, page: PublicPage) -> int:
    """One mail to those who read the organization's mails, in their language; the number of mails."""
    return _tell(later, page, is_given=True)


def tell_revoked(later: LaterDeadline, page: PublicPage) -> int:
    """The same of one that holds no more."""
    return _tell(later, page, is_given=False)


def _tell(later: LaterDeadline, page: PublicPage, *, is_given: bool) -> int:
    to = recipients_of([later.organization])[later.organization.pk]
    if not to.people:
        return 0
    with translation.override(to.language):
        context = {
            "organization": later.organization.name,
            "title": " ".join(page.title.split()),
            "at": at(later.until, page.extra["time_zone"], page.extra["place"]),
            "is_given": is_given,
            "url": f"{settings.SITE_URL}/accounts/login/?next=/{to.language}/desk/",
        }
        subject = _("You have more time to submit") if is_given else _("Your later deadline holds no more")
        body = render_to_string("consultations/mails/later_deadline.txt", context)
        return EmailMessage(subject, body, to=to.addresses).send()
