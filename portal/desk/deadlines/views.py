"""Later deadlines at the desk: what was given to whom and why; giving one, revoking it. Staff only."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.cms.queries import PublicPage
from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.consultations import later
from portal.consultations.deadlines import consultation_pages
from portal.consultations.models import LaterDeadline
from portal.consultations.page_queries import consultations
from portal.consultations.rules import may_read_later
from portal.desk.deadlines.forms import LaterForm
from portal.organizations.models import Organization
from portal.organizations.recipients import recipients_of
from portal.submissions.deadline_words import at

LIMIT = 200


@desk_view
@require_safe
def given(request: HttpRequest) -> HttpResponse:
    """What was given, the newest first, also what was revoked since. Two queries."""
    _require_reader(request)
    rows = list(LaterDeadline.objects.select_related("organization", "given_by")[:LIMIT])
    pages = consultation_pages({row.consultation_key for row in rows})
    told = [_line(row, pages.get(row.consultation_key)) for row in rows]
    return render(
        request, "desk/deadlines/list.html", {"rows": told, "crumbs": crumbs_to(_("Later deadlines"))}
    )


@desk_view
@form_view
def new(request: HttpRequest) -> HttpResponse:
    _require_reader(request)
    is_post = request.method == "POST"
    form = _form(request.POST if is_post else typed_before_sign_in(request))
    if is_post and form.is_valid() and form.made is not None and _is_given(request, form, form.made):
        messages.success(request, _told_given(form.made))
        return redirect("deadlines:list")
    context = {"form": form, "crumbs": crumbs_to(_("Later deadlines"))}
    return render(request, "desk/deadlines/new.html", context)


@desk_view
@form_view
def revoke(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks before the deadline of everybody holds again."""
    _require_reader(request)
    row = get_object_or_404(LaterDeadline.objects.select_related("organization"), key=key)
    if request.method == "POST":
        _revoke(request, row)
        return redirect("deadlines:list")
    page = consultation_pages([row.consultation_key]).get(row.consultation_key)
    context = {
        "crumbs": crumbs_to(_("Later deadlines")),
        "heading": _("Revoke the later deadline of %(organization)s?") % {"organization": row.organization},
        "text": [
            f"{page.title}: {_until(row, page)}" if page else "",
            _("The deadline of the consultation holds for it again. It gets a mail; its texts are kept."),
        ],
        "action": _("Revoke"),
        "back": reverse("deadlines:list"),
    }
    return render(request, "desk/confirm.html", context)


def _is_given(request: HttpRequest, form: LaterForm, organization: Organization) -> bool:
    """Given, or why not stands at the fields."""
    typed, actor = form.cleaned_data, actor_of(request)
    fields = {"consultation": UUID(typed["consultation"]), "until": typed["until"], "reason": typed["reason"]}
    try:
        later.give(organization, **fields, actor=actor, now=timezone.now())
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
    except NotAllowed:
        form.add_error("organization", _("This is your own organization: somebody else decides about it."))
    else:
        return True
    return False


def _revoke(request: HttpRequest, row: LaterDeadline) -> None:
    try:
        later.revoke(row, actor=actor_of(request), now=timezone.now())
    except NotAllowed:
        messages.warning(request, _("This is your own organization: somebody else decides about it."))
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _told_revoked(row.organization))


def _told_given(organization: Organization) -> str:
    if _is_mailed(organization):
        return _("Given. The organization gets a mail with the new deadline.")
    return _("Given. Nobody gets a mail: no member writes for the organization. Tell it yourselves.")


def _told_revoked(organization: Organization) -> str:
    if _is_mailed(organization):
        return _("Revoked. The organization gets a mail.")
    return _("Revoked. Nobody gets a mail: no member writes for the organization. Tell it yourselves.")


def _is_mailed(organization: Organization) -> bool:
    return bool(recipients_of([organization])[organization.pk].people)


def _form(typed: Any) -> LaterForm:
    """The public consultations with a deadline."""
    rows = {row.key: row for row in consultations(get_language() or DEFAULT) if row.extra["deadline"]}
    choices = [(str(key), f"{row.title}: {_at(row)}") for key, row in rows.items()]
    return LaterForm(typed, pages=rows, choices=choices)


def _line(row: LaterDeadline, page: PublicPage | None) -> dict[str, Any]:
    return {
        "row": row,
        "title": page.title if page else "",
        "lang": page.language if page else "",
        "until": _until(row, page) if page else "",
    }


def _until(row: LaterDeadline, page: PublicPage) -> str:
    return at(row.until, page.extra["time_zone"], page.extra["place"])


def _at(page: PublicPage) -> str:
    return at(page.extra["deadline"], page.extra["time_zone"], page.extra["place"])


def _require_reader(request: HttpRequest) -> None:
    if not may_read_later(actor_of(request)):
        raise Http404("deadlines")
