"""The desk's pages of an organization: what became of its contributions, and its objections."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.conclusions.models import Objection
from portal.conclusions.objections import rules
from portal.conclusions.objections.became import lines_of
from portal.conclusions.objections.domain import file_objection
from portal.conclusions.objections.forms import ObjectionForm
from portal.conclusions.objections.queries import current_disposition, of_organizations
from portal.conclusions.objections.reading import shown_disposition, shown_objection
from portal.conclusions.objections.receipts import receipt_of
from portal.conclusions.states import objections_until
from portal.interventions.models import Intervention
from portal.organizations.queries import organization_ids, with_role


@desk_view
@require_safe
def became_list(request: HttpRequest) -> HttpResponse:
    lines, page = lines_of(actor_of(request), _language(), page=request.GET.get("page"), now=timezone.now())
    context = {"lines": lines, "page": page, "crumbs": crumbs_to(_("What became of your contributions"))}
    return render(request, "conclusions/objections/became.html", context)


@desk_view
@form_view
def objection(request: HttpRequest, consultation: UUID, key: UUID) -> HttpResponse:
    """The form while one can object; afterwards the receipt and where it stands."""
    said, kept = _of_mine(request, consultation, key)
    standing = current_disposition(consultation, key)
    if kept is None and standing is None:
        raise Http404(str(key))
    until = objections_until(standing.conclusions.published_at) if standing else timezone.now()
    typed = request.POST if request.method == "POST" else typed_before_sign_in(request)
    form = ObjectionForm(typed, initial={"language": _language()})
    if request.method == "POST" and _filed(request, consultation, key, form):
        return redirect("became:objection", consultation=consultation, key=key)
    actor, title = actor_of(request), _("Objection")
    desk, here = crumbs_to(title)
    above = {"title": _("What became of your contributions"), "url": reverse("became:list")}
    context = {
        "said": said,
        "standing": shown_disposition(standing, _language()) if standing else None,
        "objection": shown_objection(kept, _language()) if kept else None,
        "version": receipt_of(kept) if kept else None,
        "until": until,
        "may_object": rules.may_object(actor, said),
        "is_over": timezone.now() >= until,
        "form": form,
        "crumbs": [desk, above, here],
    }
    return render(request, "conclusions/objections/objection.html", context)


@desk_view
@require_safe
def sent_file(request: HttpRequest, consultation: UUID, key: UUID) -> HttpResponse:
    """What was submitted, byte by byte as the receipt's control code counts it."""
    _said, kept = _of_mine(request, consultation, key)
    if kept is None:
        raise Http404(str(key))
    version = receipt_of(kept)
    response = HttpResponse(version.content.encode(), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{version.receipt_number}.json"'
    return response


def _filed(request: HttpRequest, consultation: UUID, key: UUID, form: ObjectionForm) -> bool:
    if not form.is_valid():
        return False
    try:
        file_objection(
            consultation_key=consultation,
            intervention_key=key,
            **form.cleaned_data,
            actor=actor_of(request),
            now=timezone.now(),
        )
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
        return False
    messages.success(request, _("Your objection is submitted."))
    return True


def _of_mine(request: HttpRequest, consultation: UUID, key: UUID) -> tuple[Intervention, Objection | None]:
    """An intervention of one of the person's organizations, for all members; 404 for everybody else."""
    actor = actor_of(request)
    rows = Intervention.objects.filter(organization_id__in=organization_ids(actor))
    said = get_object_or_404(with_role(rows.select_related("organization"), actor), key=key)
    return said, of_organizations(actor, [key]).get((consultation, key))


def _language() -> str:
    return get_language() or DEFAULT
