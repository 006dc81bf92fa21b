"""Pages by which somebody without an account follows a consultation by mail, and leaves.

They read no session and set no cookie. Nothing they do takes anybody's permission: an address itself
confirms, and its key in a mail is the permission to leave.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.guesses import may_send
from portal.common.failures import too_often
from portal.common.languages import DEFAULT
from portal.consultations import following
from portal.consultations.follow_forms import FollowForm
from portal.consultations.page_queries import Summary, consultation_at, numbers, summary_of

READ_AND_SENT = ["GET", "HEAD", "POST"]


@csrf_exempt  # nobody's permission is used: a cookie would be for nothing
@never_cache
@require_http_methods(READ_AND_SENT)
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """A form for an address. It answers the same whatever is known of that."""
    call, language = _call(slug), get_language() or DEFAULT
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        now = timezone.now()
        if not may_send(request, following.FROM_NETWORK, now):
            return too_often(request)
        if form.is_valid():
            following.follow(call, email=form.cleaned_data["email"], language=language, now=now)
            return redirect("consultations:follow_asked", slug)
    return render(request, "consultations/follow.html", {"form": form, **_around(call)})


@require_safe
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "consultations/follow_asked.html", _around(_call(slug)))


@csrf_exempt  # the signed token is the permission
@never_cache
@require_http_methods(READ_AND_SENT)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Asks first: programs that look at mails open every link."""
    follower = following.follower_of(token)
    if follower is None:
        raise Http404("no such mail")
    if request.method == "POST":
        following.confirm(token, now=timezone.now())
    context = {"is_done": request.method == "POST" or follower.confirmed_at is not None}
    return render(request, "consultations/follow_confirm.html", context)


@csrf_exempt  # the signed token is the permission; mail programs send it without any form of ours
@never_cache
@require_http_methods(READ_AND_SENT)
def leave(request: HttpRequest, token: str) -> HttpResponse:
    if not following.is_token(token):
        raise Http404("no such mail")
    if request.method == "POST":
        following.leave(token)
    return render(request, "consultations/follow_leave.html", {"is_done": request.method == "POST"})


def _call(slug: str) -> Summary:
    page = consultation_at(slug, get_language() or DEFAULT)
    if page is None:
        raise Http404(slug)
    call = summary_of(page, numbers(), timezone.now())
    if not call.can_be_followed:
        raise Http404(slug)
    return call


def _around(call: Summary) -> dict[str, object]:
    language = get_language() or DEFAULT
    lang = "" if call.page.language == language else call.page.language
    return {
        "title": call.page.title,
        "lang": lang,
        "url": call.page.url,
        "crumbs": [
            {"title": _("Consultations"), "url": f"/{language}/consultations/"},
            {"title": call.page.title, "url": call.page.url, "lang": lang},
            {"title": _("Follow by mail"), "url": ""},
        ],
    }
