"""The desk's page on which an organization accepts or refuses an amendment of its text. For every type."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, name_forms, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.common.reviews import Reader
from portal.submissions.amending import domain, rules
from portal.submissions.amending.changes import compared
from portal.submissions.amending.forms import RefusalForm
from portal.submissions.amending.queries import amendments_of, those_that_fit
from portal.submissions.amending.states import AMENDMENT_STATES
from portal.submissions.amending_enums import AmendmentState, Part
from portal.submissions.models import Amendment, Submission
from portal.submissions.rules import may_read_own
from portal.submissions.types import SubmissionType


def open_amendments(actor: Actor, of: SubmissionType, draft: Submission) -> list[dict[str, Any]]:
    """What waits for its organization's word, for its members. One query of what is public, more if any."""
    if of.amendable is None or draft.state not in of.states.public or not may_read_own(actor, draft):
        return []
    rows = amendments_of(draft).filter(part=Part.TEXT, state=AmendmentState.PROPOSED)
    return [{"row": row, "url": of.address("amendment", draft.key, row.key)} for row in those_that_fit(rows)]


@desk_view
@form_view
def amendment(request: HttpRequest, of: SubmissionType, key: UUID, amendment: UUID) -> HttpResponse:
    """What would change and why; what is sent refuses it."""
    draft, row = _read(request, of, key, amendment)
    is_sent = request.method == "POST"
    form = RefusalForm(request.POST if is_sent else typed_before_sign_in(request))
    if is_sent and form.is_valid() and _refused(request, row, form):
        messages.success(request, _("Refused. Nothing changes, and who proposed it reads why."))
        return redirect(of.address("detail", key))
    return _page(request, of, draft, row, form)


@desk_view
@require_POST
def accept(request: HttpRequest, of: SubmissionType, key: UUID, amendment: UUID) -> HttpResponse:
    _draft, row = _read(request, of, key, amendment)
    try:
        domain.accept(row, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("Accepted. It is public now, and you get a receipt of the new version."))
    return redirect(of.address("detail", key))


def _read(request: HttpRequest, of: SubmissionType, key: UUID, amendment: UUID) -> tuple[Any, Amendment]:
    """404 for who is no member: what the secretariat proposes it reads on its own pages."""
    draft = get_object_or_404(of.visible_to(actor_of(request)), key=key)
    if not may_read_own(actor_of(request), draft):
        raise Http404(str(key))
    return draft, get_object_or_404(amendments_of(draft).filter(part=Part.TEXT), key=amendment)


def _refused(request: HttpRequest, row: Amendment, form: RefusalForm) -> bool:
    """What is wrong stands at the form then."""
    try:
        domain.refuse(row, reason=form.cleaned_data["reason"], actor=actor_of(request), now=timezone.now())
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
        return False
    return True


def _page(
    request: HttpRequest, of: SubmissionType, draft: Submission, row: Amendment, form: RefusalForm
) -> HttpResponse:
    reader = Reader(get_language() or DEFAULT)
    accept_url = of.address("accept_amendment", draft.key, row.key)
    name_forms(request, {accept_url: _("Accept it"), request.path: _("Refuse it")})
    is_open = row.state == AmendmentState.PROPOSED and bool(those_that_fit([row]))
    context = {
        "draft": draft,
        "row": row,
        "is_open": is_open,
        "state": AMENDMENT_STATES[row.state],
        "changes": compared(of, draft, Part.TEXT, row.changes, reader) if row.changes else [],
        "form": form,
        "accept_url": accept_url if rules.can_settle_text(actor_of(request), row, draft) else "",
        "back": of.address("detail", draft.key),
        "crumbs": [
            *crumbs_to(str(draft), draft.language)[:1],
            {"title": str(draft), "url": of.address("detail", draft.key), "lang": draft.language},
            crumbs_to(_("Amendment"))[-1],
        ],
    }
    return render(request, "desk/submissions/amendment.html", context)
