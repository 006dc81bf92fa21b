"""The desk's page on which an organization appeals against what was done to its text. For every type."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.submissions.cuts import Passage, told_passages
from portal.submissions.models import Measure, Submission
from portal.submissions.places import CAPTIONS
from portal.submissions.redress import appeals, rules
from portal.submissions.redress.forms import AppealForm
from portal.submissions.redress.queries import measures_of
from portal.submissions.redress.review import ACTS
from portal.submissions.redress.states import APPEAL_STATES
from portal.submissions.redress_enums import Act, MeasureState
from portal.submissions.redress_grounds import measure_ground
from portal.submissions.rules import may_read_own
from portal.submissions.types import SubmissionType

FILE_LEFT_OUT = gettext_lazy("A file was left out")


def measures_told(actor: Actor, of: SubmissionType, draft: Submission) -> list[dict[str, Any]]:
    """What was done against it, for its members, the newest first: why, and where an appeal stands.

    One query, three more where passages are left out.
    """
    if not may_read_own(actor, draft):
        return []
    rows = [row for row in measures_of(draft) if not _is_undecided(row)]
    told = told_passages(draft) if any(row.act == Act.REDACTED for row in rows) else {}
    return [_told(actor, of, draft, row, told.get(row.key, ())) for row in reversed(rows)]


def _is_undecided(row: Measure) -> bool:
    """A passage of what is not published yet may still come back."""
    return row.act == Act.REDACTED and row.state == MeasureState.PROVISIONAL


def _told(
    actor: Actor, of: SubmissionType, draft: Submission, row: Measure, passages: Sequence[Passage]
) -> dict[str, Any]:
    appeal = getattr(row, "appeal", None)
    may_appeal = rules.can_appeal(actor, row, draft, timezone.now())
    return {
        "measure": row,
        "what": FILE_LEFT_OUT if passages and all(each.file for each in passages) else ACTS[row.act],
        "ground": measure_ground(row.act, row.ground),
        "is_ended": row.state == MeasureState.ENDED,
        "is_replaced": row.state == MeasureState.REPLACED,
        "waits_for_second": row.state == MeasureState.PROVISIONAL,
        "passages": [{"where": _where(of, each), "words": each.words} for each in passages],
        "until": row.appeal_until if may_appeal else None,
        "appeal": appeal,
        "appeal_state": APPEAL_STATES[appeal.state] if appeal else None,
        "appeal_url": of.address("appeal", draft.key, row.key) if may_appeal else "",
    }


def _where(of: SubmissionType, passage: Passage) -> str:
    """In which of its texts, by its label; of a whole file the words are its title."""
    if passage.file:
        return _("A whole file")
    labels = {field.name: str(field.label) for field in of.fields} | CAPTIONS
    return str(labels.get(passage.field, ""))


@desk_view
@form_view
def appeal(request: HttpRequest, of: SubmissionType, key: UUID, measure: UUID) -> HttpResponse:
    """Against one measure, once."""
    actor, language, is_sent = actor_of(request), get_language() or DEFAULT, request.method == "POST"
    draft = get_object_or_404(of.visible_to(actor), key=key)
    if not may_read_own(actor, draft):
        raise Http404(str(key))
    row = get_object_or_404(measures_of(draft), key=measure)
    if not is_sent and not rules.can_appeal(actor, row, draft, timezone.now()):
        return redirect(of.address("detail", key))
    form = AppealForm(request.POST if is_sent else typed_before_sign_in(request), language=language)
    if is_sent and form.is_valid() and _sent(form, row, actor, language):
        messages.success(request, _("Your appeal is with the secretariat. Two other people decide."))
        return redirect(of.address("detail", key))
    context = {
        "told": _told(actor, of, draft, row, told_passages(draft).get(row.key, ())),
        "draft": draft,
        "form": form,
        "crumbs": crumbs_to(str(draft), draft.language),
    }
    return render(request, "desk/submissions/appeal.html", context)


def _sent(form: AppealForm, row: Measure, actor: Actor, language: str) -> bool:
    """What is wrong stands at the form then."""
    try:
        appeals.appeal(
            row, text=form.cleaned_data["text"], language=language, actor=actor, now=timezone.now()
        )
    except WrongState as refusal:
        problems = refusal.problems if isinstance(refusal, Incomplete) else ()
        put_at_fields(form, problems)
        if not problems:
            form.add_error(None, str(refusal.message))
        return False
    return True
