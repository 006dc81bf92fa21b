"""Where somebody of the staff without second step is led: to add one, or to show the one they have."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.queries import has_step
from portal.accounts.staff.second_step import GOING, has_shown_it
from portal.common.desk import safe_next


@never_cache
@login_required
@require_safe
def second_step(request: HttpRequest) -> HttpResponse:
    """Once it is there, on to where the person was going."""
    going = safe_next(request, request.session.get(GOING, reverse("desk_door")))
    if has_shown_it(request):
        request.session.pop(GOING, None)
        return HttpResponseRedirect(going)
    if has_step(request.user):  # type: ignore[arg-type]
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': going})}")
    request.session[GOING] = going
    return render(request, "staff/second_step.html")
