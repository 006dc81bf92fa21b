"""What was decided and by whom, as a list and as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.moderation.decided import COLUMNS, decided, deciders, lines_of, with_things
from portal.moderation.filters import DecidedFilters, said
from portal.moderation.queue_views import PAGE_SIZE, require_reader
from portal.tables.writing import downloads, table_response


@desk_view
@require_safe
def decided_list(request: HttpRequest) -> HttpResponse:
    """The last decision first; `?format=` gives all of it as a file."""
    require_reader(request)
    filters = DecidedFilters(request.GET, deciders=list(deciders()))
    rows = filters.passing(decided(actor_of(request), filters.chosen))
    if (form := filters.file()) is not None:
        return table_response(form, "decisions", COLUMNS, lines_of(rows))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    number = page.paginator.count
    told = ngettext("%(number)s decision", "%(number)s decisions", number) % {"number": number}
    context = {
        "filters": filters,
        "said": said(filters),
        "page": page,
        "rows": with_things(page),
        "told": told,
        "prefix": filters.query(page=""),
        "downloads": downloads(**filters.chosen),
        "crumbs": crumbs_to(_("Moderation")),
    }
    return render(request, "moderation/decided.html", context)
