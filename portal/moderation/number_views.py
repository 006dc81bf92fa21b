"""From the number that readers quote to the page on which moderators decide about the text."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.moderation import rules
from portal.moderation.number_forms import NumberForm


@desk_view
@require_safe
def by_number(request: HttpRequest) -> HttpResponse:
    """Leads there; says so where nothing of the number can be decided about."""
    if not rules.may_read_queue(actor_of(request)):
        raise PermissionDenied
    form = NumberForm(request.GET if "number" in request.GET else None)
    if form.is_bound and form.is_valid():
        record = form.cleaned_data["number"]
        return redirect("moderation:subject", kind=record.kind, key=record.source_key)
    context = {"form": form, "crumbs": crumbs_to(_("Open a text by its number"))}
    return render(request, "moderation/by_number.html", context)
