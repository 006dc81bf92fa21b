"""The desk's first page, a person's own name and language, and throwing away a kept form."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.domain import change_profile
from portal.accounts.forms import ProfileForm
from portal.common.actors import ACTS_FOR, actor_of
from portal.common.desk import desk_view, form_view
from portal.common.languages import DEFAULT, in_language, language_of
from portal.common.typed.kept import drop
from portal.desk.home import home_of
from portal.organizations.queries import belongs_to


@desk_view
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.acts_for and not belongs_to(actor, actor.acts_for):
        request.session.pop(ACTS_FOR, None)
        actor = replace(actor, acts_for=None)
    home = home_of(actor, get_language() or DEFAULT, timezone.now())
    return render(request, "desk/home.html", {"home": home, "person": request.user})


@desk_view
@form_view
def profile(request: HttpRequest) -> HttpResponse:
    """Name, and the language of the mails; the desk goes on in that language."""
    user = request.user
    assert not user.is_anonymous  # noqa: S101  # reason: desk_view lets nobody else in
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        change_profile(user, **form.cleaned_data, actor=actor_of(request), now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(f"/{form.cleaned_data['language']}/desk/profile/")
    crumbs = [{"title": _("Your desk"), "url": "../"}, {"title": _("Your name and language"), "url": ""}]
    return render(request, "desk/profile.html", {"form": form, "crumbs": crumbs})


@desk_view
@require_POST
def discard_kept(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the page for which the form waited, which then shows what is saved."""
    row = drop(request, pk)
    if row is None:
        raise Http404
    return redirect(in_language(row.page, language_of(request.path) or DEFAULT))
