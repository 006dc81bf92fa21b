"""Around desk views: signed-in people only, never cached; what was typed before a lost session; links."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.common.languages import DEFAULT, in_language
from portal.common.typed.kept import kept_on, pairs_of
from portal.common.typed.writer import page_of

View = Callable[..., HttpResponse]
# Around a view that shows a form and takes it back.
form_view = require_http_methods(["GET", "HEAD", "POST"])


def desk_view(view: View) -> View:
    """Lead a visitor to sign in and back to this very address; what was sent waits (`common.typed`)."""

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), login_url="account_login")
        return view(request, *args, **kwargs)

    return never_cache(inner)


def desk_link(name: str, *args: object) -> str:
    """For a mail, in the active language: leads whoever is signed out to sign in first."""
    return f"{settings.SITE_URL}{reverse('account_login')}?next={reverse(name, args=args)}"


def typed_before_sign_in(request: HttpRequest) -> QueryDict | None:
    """What this person sent to this address while signed out, until it is saved.

    A view that takes it puts it into its form; else `desk/base.html` shows it in a form of its own.
    """
    here = in_language(page_of(request), DEFAULT)
    row = next((row for row in kept_on(request) if row.action == here), None)
    if row is None:
        return None
    request.restored_form = row.pk  # type: ignore[attr-defined]
    typed = QueryDict(mutable=True)
    for name, value in pairs_of(row):
        typed.appendlist(name, value)
    return typed


def name_forms(request: HttpRequest, buttons: dict[str, str]) -> None:
    """What the buttons of a page with several forms say, by the address each is sent to: what was typed while
    signed out comes back under the same words.
    """
    request.form_buttons = buttons  # type: ignore[attr-defined]


def mark_saved(request: HttpRequest) -> None:
    """A view that answers a save with a page instead of a redirect says so; what waited for it is dropped."""
    request.typed_is_saved = True  # type: ignore[attr-defined]


def safe_next(request: HttpRequest, default: str) -> str:
    """The address asked for with `next` when it is on this site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    # A bare word would be taken for the name of a page.
    return asked if is_ours and asked.startswith(("/", "http://", "https://")) else default
