"""The rooms of the support platform and of the observatory, for who acts on a seat in one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.common.desk_duties import Asker, research_for
from portal.common.languages import DEFAULT
from portal.followup.enums import BodyKind
from portal.followup.rooms.observatory import of_observatory
from portal.followup.rooms.platform_parts import money_table, of_platform
from portal.followup.rooms.seats import require_room, rooms_of, titles_of


@desk_view
@require_safe
def platform(request: HttpRequest) -> HttpResponse:
    """From what is public alone."""
    language, today = get_language() or DEFAULT, timezone.now().date()
    seats = require_room(actor_of(request), today, BodyKind.PLATFORM)
    context = {
        "crumbs": crumbs_to(_("Support platform")),
        "bodies": titles_of(seats, language, BodyKind.PLATFORM),
        "others": rooms_of(seats).links(BodyKind.PLATFORM),
        "parts": of_platform(language),
        "money": money_table(),
    }
    return render(request, "followup/desk/platform.html", context)


@desk_view
@require_safe
def observatory(request: HttpRequest) -> HttpResponse:
    """Its assessments; searches and dossiers as the apps above declare them."""
    actor, language, now = actor_of(request), get_language() or DEFAULT, timezone.now()
    seats = require_room(actor, now.date(), BodyKind.OBSERVATORY)
    context = {
        "crumbs": crumbs_to(_("Observatory")),
        "bodies": titles_of(seats, language, BodyKind.OBSERVATORY),
        "others": rooms_of(seats).links(BodyKind.OBSERVATORY),
        "parts": of_observatory(actor, language, now.date()),
        "today": now.date(),
        "cards": research_for(Asker(actor, language, now, is_member=True)),
    }
    return render(request, "followup/desk/observatory.html", context)
