"""Programmes and projects of a network at the desk: staff add, change and remove them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.languages import DEFAULT
from portal.networks import projects
from portal.networks.models import Project
from portal.networks.project_forms import ProjectForm
from portal.networks.queries import visible_to
from portal.networks.rooms import ask_before, crumbs_in, editor, saved, taken


@desk_view
@form_view
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    actor, is_sent = editor(request), request.method == "POST"
    row = get_object_or_404(visible_to(actor), key=key)
    form = ProjectForm(request.POST if is_sent else typed_before_sign_in(request))
    if taken(request, form, actor, projects.add_project, row):
        return saved(request, row)
    heading = _("Add a project")
    context = {"heading": heading, "crumbs": crumbs_in(row, heading), "form": form}
    return render(request, "networks/desk_form.html", context)


@desk_view
@form_view
def change(request: HttpRequest, key: UUID, project: UUID) -> HttpResponse:
    actor, is_sent = editor(request), request.method == "POST"
    row = _project(actor, key, project)
    form = ProjectForm(request.POST if is_sent else typed_before_sign_in(request), project=row)
    if taken(request, form, actor, projects.change_project, row):
        return saved(request, row.network)
    title = row.title(get_language() or DEFAULT)
    context = {
        "heading": title,
        "crumbs": crumbs_in(row.network, title),
        "remove": reverse("networks:remove_project", args=[key, project]),
        "form": form,
    }
    return render(request, "networks/desk_form.html", context)


@desk_view
@form_view
def remove(request: HttpRequest, key: UUID, project: UUID) -> HttpResponse:
    """Asks first."""
    actor = editor(request)
    row = _project(actor, key, project)
    if request.method == "POST":
        projects.remove_project(row, actor=actor, now=timezone.now())
        return saved(request, row.network)
    heading = _("Remove %(name)s from the network?") % {"name": row.title(get_language() or DEFAULT)}
    told = _("For what was a mistake. A project that is over has the state “ended” instead.")
    return ask_before(request, row.network, heading, told)


def _project(actor: Actor, key: UUID, project: UUID) -> Project:
    row = get_object_or_404(visible_to(actor), key=key)
    return get_object_or_404(row.projects.select_related("network"), key=project)
