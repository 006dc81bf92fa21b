"""Forms to fill in without a connection: download one, upload it again, and go on with the drafts."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to, desk_address
from portal.common.desk import desk_view, form_view
from portal.common.errors import Incomplete
from portal.common.languages import DEFAULT
from portal.consultations.page_queries import summaries
from portal.consultations.question_choice import deadlines_by_page
from portal.interventions.models import Intervention
from portal.interventions.offline.drafting import Made, make_drafts
from portal.interventions.offline.forms import FilledForm
from portal.interventions.queries import question_keys
from portal.interventions.sent import questions_of
from portal.interventions.submission import INTERVENTION
from portal.organizations.models import Organization
from portal.organizations.queries import acting_organizations
from portal.submissions.deadline_words import all_told
from portal.submissions.forms import as_keys


@desk_view
@form_view
def paper(request: HttpRequest) -> HttpResponse:
    """The forms of the consultations that are open, and the upload of one that was filled in."""
    organizations = acting_organizations(actor_of(request))
    if not organizations:
        return redirect(INTERVENTION.address("new"))
    initial = {
        "organization": organizations[0].key if len(organizations) == 1 else None,
        "language": get_language(),
    }
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FilledForm(*sent, organizations=organizations, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return _go_on(request, _made(request, form))
        except Incomplete as refusal:
            for problem in refusal.problems:
                form.add_error("file", str(problem.message))
    context = {
        "form": form,
        "only_one": organizations[0] if len(organizations) == 1 else None,
        "draft_key": request.POST.get("draft_key") or uuid4(),
        "open": _open(list(organizations)),
        "crumbs": crumbs_to(_("Write without a connection")),
    }
    return render(request, "interventions/offline/paper.html", context)


def _open(organizations: list[Organization]) -> list[dict[str, object]]:
    """The consultations whose form there is, each with the deadlines of these organizations."""
    pages = [row.page for row in summaries(get_language() or DEFAULT) if row.is_open]
    deadlines = deadlines_by_page(pages, organizations, timezone.now())
    return [{"page": page, "deadlines": all_told(deadlines[page.key])} for page in pages]


def _made(request: HttpRequest, form: FilledForm) -> Made:
    keys = as_keys([request.POST.get("draft_key", "")])
    return make_drafts(
        form.cleaned_data["file"],
        organization=form.cleaned_data["organization"],
        language=form.cleaned_data["language"],
        key=keys[0] if keys else uuid4(),
        actor=actor_of(request),
        now=timezone.now(),
    )


def _go_on(request: HttpRequest, made: Made) -> HttpResponse:
    """To the one draft, or to the desk, where all of them stand."""
    number = len(made.drafts)
    told = ngettext(
        "%(number)d draft was made of your form. Read it and submit it.",
        "%(number)d drafts were made of your form. Read and submit each.",
        number,
    )
    links = _links(made) if number > 1 else ""
    messages.success(request, format_html("{}{}", told % {"number": number}, links))
    for note in dict.fromkeys(made.notes):
        messages.warning(request, note)
    return redirect(INTERVENTION.address("check", made.drafts[0].key) if number == 1 else desk_address())


def _links(made: Made) -> SafeString:
    """To each draft, with the questions that tell those of one title apart."""
    rows = (
        (INTERVENTION.address("check", draft.key), str(draft), " · ".join(_questions(draft)))
        for draft in made.drafts
    )
    return format_html_join("", '<br><a href="{}">{}</a> {}', rows)


def _questions(draft: Intervention) -> list[str]:
    return [page.title for page in questions_of(question_keys(draft), get_language() or DEFAULT)]
