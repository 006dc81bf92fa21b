"""Mails to those who follow a consultation, in the language they asked in; `following` calls it."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.cms.queries import PublicPage
from portal.consultations.follow_models import Follower
from portal.consultations.page_queries import Summary


def tell_asked(follower: Follower, page: PublicPage, *, token: str) -> int:
    """Asks the address, or tells one that follows already that it does; the number of mails."""
    with translation.override(follower.language):
        title = _one_line(page.title)
        context = {
            "title": title,
            "is_following": follower.confirmed_at is not None,
            "confirm": _address("follow_confirm", token),
        }
        subject = _("Follow “%(title)s” by mail?") % {"title": title}
        return _send(follower, subject, "asked", context, token)


def tell_state(follower: Follower, call: Summary, *, token: str) -> int:
    """In which state the consultation is now; the number of mails."""
    with translation.override(follower.language):
        title = _one_line(call.page.title)
        context = {
            "title": title,
            "state": call.label,
            "deadline": call.deadline if call.is_open else "",
            "url": settings.SITE_URL + (call.conclusions_url or call.page.url),
        }
        subject = _("%(title)s: %(state)s") % {"title": title, "state": call.label}
        return _send(follower, subject, "state", context, token)


def _send(follower: Follower, subject: str, name: str, context: Mapping[str, object], token: str) -> int:
    stop = _address("follow_leave", token)
    body = render_to_string(f"consultations/mails/follow_{name}.txt", {**context, "stop": stop})
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Content-Language": follower.language,
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(subject, body, to=[follower.email], headers=headers).send()


def _address(name: str, token: str) -> str:
    return settings.SITE_URL + reverse(f"consultations:{name}", args=[token])


def _one_line(text: str) -> str:
    return " ".join(text.split())
