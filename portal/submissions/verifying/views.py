"""The public page that verifies a receipt: no account, no cookie, no JavaScript; nothing is kept of a try."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from portal.accounts.guesses import may_send
from portal.accounts.limits import Limit
from portal.common.desk import form_view
from portal.common.formatting import moment
from portal.submissions.verifying.forms import VerifyForm
from portal.submissions.verifying.queries import Verdict, Verified, verified, verified_receipt

# A press room behind one address verifies a few each minute; whoever guesses numbers comes nowhere.
TRIES = Limit("verified receipts", 60, timedelta(minutes=5))
TEMPLATE = "verifying/verify.html"
TONES = {Verdict.GOOD: "good", Verdict.RECEIPT: "warn", Verdict.OTHER: "bad", Verdict.UNKNOWN: "bad"}


@csrf_exempt  # nothing is changed and nobody's permission is used: a cookie would be for nothing
@never_cache
@form_view
def verify(request: HttpRequest) -> HttpResponse:
    """`?number=` and `?code=` fill the form, as the links of receipts do; only what is sent is verified."""
    if request.method != "POST":
        return render(request, TEMPLATE, {"form": VerifyForm(initial=_asked(request))})
    form = VerifyForm(request.POST, request.FILES)
    if not may_send(request, TRIES, timezone.now()):
        return render(request, TEMPLATE, {"form": form, "is_too_often": True}, status=429)
    context: dict[str, Any] = {"form": form, "is_sent": True}
    if form.is_valid():
        context |= _told(form)
    return render(request, TEMPLATE, context)


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "")[:200] for name in ("number", "code")}


def _told(form: VerifyForm) -> dict[str, Any]:
    number, other = form.cleaned_data["number"], form.cleaned_data.get("other", b"")
    told = verified_receipt(number, other) if other else verified(number, form.cleaned_data["code"])
    return {
        "verdict": told,
        "title": {
            Verdict.GOOD: _("This receipt is good"),
            Verdict.RECEIPT: _("This is the receipt itself, and it is one of ours"),
            Verdict.OTHER: _("This is not what was submitted under this number"),
            Verdict.UNKNOWN: _("We did not issue a receipt with this number"),
        }[told.verdict],
        "tone": TONES[told.verdict],
        "text": _not_the_text(told) if other else _text(told.verdict),
        "at": moment(told.at, is_full=True) if told.at else "",
    }


def _not_the_text(told: Verified) -> str:
    """Of a file that cannot be what was submitted: which one is."""
    if told.verdict is Verdict.UNKNOWN:
        return _text(told.verdict)
    is_it = (
        _("A receipt does not hold the text: it says number, time and control code.")
        if told.verdict is Verdict.RECEIPT
        else _("The number is that of a receipt, but this file is neither its text nor the receipt.")
    )
    which = _(
        "To see that a text is what was submitted, choose the file “%(file)s”. Whoever submitted it "
        "downloads it at the desk, under “Receipts”: “Download what you submitted”."
    )
    return f"{is_it} {which % {'file': f'{told.number}.json'}}"


def _text(verdict: Verdict) -> str:
    if verdict is Verdict.GOOD:
        return _("The portal received exactly this file, letter by letter, under this number.")
    if verdict is Verdict.OTHER:
        return _(
            "The number is that of a receipt, but the file or the code is another one. A file that was "
            "opened and saved again, or changed in one letter, has another code: take it as it was "
            "downloaded."
        )
    return _("Look at the number once more: a receipt has no 0, O, 1 or I.")
