"""Tells who uploaded a table of pledges what became of it; the job that has taken it in calls it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.pledges.models import PledgeTable


def tell_uploader(table: PledgeTable) -> None:
    """One mail with counts and a link, in the language of its messages, where somebody uploaded the table."""
    reader = table.uploaded_by
    if reader is None or not reader.is_active or table.outcome is None:
        return
    with translation.override(table.language):
        path = f"/{table.language}/desk/pledges/import/{table.key}/"
        context = {
            "name": reader.name,
            "table": table.name,
            "told": table.outcome,
            "url": f"{settings.SITE_URL}/accounts/login/?next={path}",
        }
        subject = _("Nothing of your table of pledges was taken in")
        if not table.outcome["refused"]:
            subject = _("Your table of pledges is taken in")
        body = render_to_string("pledges/mails/taken_in.txt", context)
        EmailMessage(subject, body, to=[reader.email]).send()
