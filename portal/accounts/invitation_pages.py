"""What the desk's pages of both kinds of invitation share; their views call it."""

from datetime import datetime
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.doors import sign_out_and_back
from portal.accounts.invitations import Sent
from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.errors import Incomplete, NotAllowed, WrongState


class Verb(Protocol):
    def __call__(self, invitation: Any, /, *, actor: Actor, now: datetime) -> object: ...


def resend(request: HttpRequest, row: Sent, verb: Verb) -> None:
    """What came of it stands on the next page."""
    told = _("Sent to %(email)s once more. Only the link in the newest mail is good, for 72 hours.")
    _told(request, row, verb, told)


def revoke(request: HttpRequest, row: Sent, verb: Verb) -> None:
    _told(request, row, verb, _("Withdrawn. The link in the mail to %(email)s opens nothing any more."))


def _told(request: HttpRequest, row: Sent, verb: Verb, told: str) -> None:
    try:
        verb(row, actor=actor_of(request), now=timezone.now())
    except Incomplete as refusal:
        messages.warning(request, str(refusal.problems[0].message))
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, told % {"email": row.email})


def of_others(request: HttpRequest, template: str, row: Sent | None) -> HttpResponse:
    """Where the mail leads anybody but the invited. Raises `NotAllowed` where they accept it."""
    if row is not None and request.method == "POST":
        raise NotAllowed("accept an invitation")
    context = {"crumbs": crumbs_to(_("Invitation")), "sign_out": sign_out_and_back(request)}
    return render(request, template, context | {"is_unknown": row is None, "is_others": row is not None})
