"""Around every desk view: signed-in people only, never cached, and typed text kept over a lost session."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]
STASH = "typed_before_sign_in"
# A long text with its recommendations in any script, and no more: this is kept for people not signed in.
STASH_LIMIT = 60_000


def desk_view(view: View) -> View:
    """Lead a visitor to sign in and back to this very address; what was sent waits there."""

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.method == "POST":
                _keep_typed(request)
            return redirect_to_login(request.get_full_path(), login_url="account_login")
        return view(request, *args, **kwargs)

    return never_cache(inner)


def typed_before_sign_in(request: HttpRequest) -> QueryDict | None:
    """What was sent to this address while the person was signed out; given once."""
    kept = request.session.get(STASH)
    if not kept or kept["path"] != request.path or request.method != "GET":
        return None
    del request.session[STASH]
    return QueryDict(kept["body"])


def safe_next(request: HttpRequest, default: str) -> str:
    """The address asked for with `next` when it is on this site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours else default


def _keep_typed(request: HttpRequest) -> None:
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {"csrfmiddlewaretoken", "submit_key"}
    ]
    body = urlencode(typed)
    if typed and len(body) <= STASH_LIMIT:
        request.session[STASH] = {"path": request.path, "body": body}
