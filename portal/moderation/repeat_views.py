"""On the page of a decision: words that were left out before may be public now."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.common.actors import actor_of
from portal.common.desk import desk_view
from portal.moderation import beside, leaving_out
from portal.moderation.forms import readmit_form
from portal.moderation.views import page
from portal.submissions.models import Measure
from portal.submissions.types import SubmissionType


@desk_view
@require_POST
def readmit(request: HttpRequest, kind: str, key: UUID, measure: UUID) -> HttpResponse:
    """A refusal rises, so that what was typed is given back; a missing reason is asked for on the page."""
    of, subject = beside.readable(request, kind, key)
    if not isinstance(of, SubmissionType):
        raise Http404(kind)
    row = get_object_or_404(Measure, key=measure, kind=kind, submission_key=key)
    form = readmit_form(row, request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was decided: the reason needs your attention."))
        return page(request, of, subject, readmitting={row.key: form})
    given = {"reason": form.cleaned_data["reason"], "actor": actor_of(request), "now": timezone.now()}
    leaving_out.readmit(of, subject, row, **given)
    messages.success(request, _("These words may be public now."))
    return redirect(f"{beside.address_of(request, kind, key)}#left-out")
