"""For which of their organizations somebody acts; kept in the session until they sign out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.common.actors import ACTS_FOR, actor_of
from portal.common.collation import alphabetical
from portal.common.crumbs import crumbs_to, desk_address
from portal.common.desk import desk_view, form_view, safe_next
from portal.desk.choices import choices
from portal.organizations.queries import organizations_of, with_role
from portal.submissions.forms import as_keys


@desk_view
@form_view
def acting(request: HttpRequest) -> HttpResponse:
    """Choose one of one's organizations, or none: then each form asks."""
    actor = actor_of(request)
    rows = list(with_role(organizations_of(actor), actor, "pk").order_by(alphabetical("name"), "pk"))
    if request.method == "POST":
        keys = as_keys([request.POST.get("organization", "")])
        chosen = next((row for row in rows if row.key in keys), None)
        if chosen is None:
            request.session.pop(ACTS_FOR, None)
            messages.success(request, _("You act for all your organizations. Each form asks for which."))
        else:
            request.session[ACTS_FOR] = str(chosen.key)
            told = _("You act for %(organization)s from now on.") % {"organization": chosen}
            messages.success(request, told)
        return redirect(safe_next(request, desk_address()))
    context = {
        "crumbs": crumbs_to(_("For whom you act")),
        "rows": choices(rows, actor),
        "chosen": actor.acts_for,
        "next": safe_next(request, ""),
    }
    return render(request, "desk/members/acting.html", context)
