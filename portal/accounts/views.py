"""The pages of one's own account: what happened to it, where it is signed in, showing again who one is."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.again import AgainCode
from portal.accounts.entrance_views import limited, with_next
from portal.accounts.forms import TOO_MANY_CODES, CodeForm
from portal.accounts.guesses import may_mail
from portal.accounts.queries import happenings
from portal.accounts.sign_ins import end_others, end_sign_in, open_sign_ins
from portal.common.desk import form_view, safe_next


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    factors = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))  # type: ignore[misc]
    context = {
        "has_password": request.user.has_usable_password(),  # type: ignore[union-attr]
        "factors": factors,
        "happenings": list(happenings(request.user)),  # type: ignore[arg-type]
    }
    return render(request, "account/home.html", context)


@never_cache
@login_required
@require_safe
def sign_ins(request: HttpRequest) -> HttpResponse:
    rows = open_sign_ins(request.user, current=request.session.session_key or "")  # type: ignore[arg-type]
    return render(request, "account/sign_ins.html", {"sign_ins": rows})


@never_cache
@login_required
@require_POST
def end_one(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.user.sign_ins, pk=pk)  # type: ignore[union-attr]
    end_sign_in(row, now=timezone.now())
    messages.success(request, _("That browser is signed out."))
    return redirect("account_sign_ins")


@never_cache
@login_required
@require_POST
def end_all_others(request: HttpRequest) -> HttpResponse:
    end_others(request.user, current=request.session.session_key or "", now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("account_sign_ins")


@limited
@never_cache
@login_required
@form_view
def again_by_code(request: HttpRequest) -> HttpResponse:
    """Who has a password or a second step uses that: a mailbox alone is less."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    if methods[0]["id"] != "code":
        return HttpResponseRedirect(passthrough_next_redirect_url(request, methods[0]["url"], "next"))
    process = AgainCode.of(request)
    if request.method == "POST" and request.POST.get("action") in {"send", "resend"}:
        return _sent(request, process)
    form = CodeForm(request.POST or None, process=process) if process else None
    if request.method == "POST" and form and form.is_valid():
        form.process.finish()  # type: ignore[attr-defined]
        return resume_request(request) or HttpResponseRedirect(reverse("account_home"))
    return render(request, "account/again_by_code.html", _shown(request, form))


def _shown(request: HttpRequest, form: CodeForm | None) -> dict[str, Any]:
    return {"form": form, "verify_form": form, "next": safe_next(request, ""), "email": request.user.email}  # type: ignore[union-attr]


def _sent(request: HttpRequest, process: AgainCode | None) -> HttpResponse:
    if not may_mail(request, request.user.email, request.user, timezone.now()):  # type: ignore[union-attr, arg-type]
        messages.error(request, TOO_MANY_CODES)
    elif process:
        process.resend()
    else:
        AgainCode.begin(request)
    return HttpResponseRedirect(with_next(request, "account_reauthenticate_code"))
