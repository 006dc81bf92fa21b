"""The desk's page of one thing that was entered or asked: read again, and taken back while it waits."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.common.errors import WrongState
from portal.common.languages import DEFAULT
from portal.common.reviews import Reader
from portal.translations import domain, queries, rules
from portal.translations.desk import told_of
from portal.translations.enums import CAME_BACK, EnteredAs, RequestState, Wants
from portal.translations.models import TranslationRequest
from portal.translations.review import beside


@desk_view
@require_safe
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was written beside its original, what became of it, and what can still be done."""
    actor = actor_of(request)
    row = _readable(actor, key)
    record = queries.record_of(row.kind, row.submission_key)
    reader = Reader(get_language() or DEFAULT)
    is_waiting = row.state == RequestState.SUBMITTED
    shows_words = record is not None and (row.texts or (is_waiting and row.wants == Wants.TAKE_OFF))
    may_go_on = row.state in CAME_BACK and bool(row.texts) and record is not None
    context = {
        **told_of(row),
        "record": record,
        "author": _author(actor, row),
        "text_url": reverse("translations:text", args=[row.kind, row.submission_key]) if record else "",
        "shown": beside(row, actor, reader) if shows_words else {},
        "go_on": reverse("translations:enter", args=[row.kind, row.submission_key, row.into])
        if may_go_on and row.author_id == actor.user_id
        else "",
        "may_take_back": is_waiting and rules.may_take_back(actor, row),
        "crumbs": _crumbs(actor, row),
    }
    return render(request, "translations/desk/request.html", context)


@desk_view
@require_POST
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Raises `NotAllowed` for whoever may not; what is decided meanwhile says so."""
    row = _readable(actor_of(request), key)
    try:
        domain.take_back(row, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Taken back. Nobody decides about it, and its words are kept for you."))
    return redirect("translations:request", key)


def _readable(actor: Actor, key: UUID) -> TranslationRequest:
    """404 for who may not read the translations of its text."""
    row = TranslationRequest.objects.select_related("organization", "author").filter(key=key).first()
    if row is None or not rules.may_read(
        actor, queries.text_with_role(row.kind, row.submission_key, actor)[1]
    ):
        raise Http404(str(key))
    return row


def _author(actor: Actor, row: TranslationRequest) -> object:
    """Who of the secretariat wrote it is nothing for the organization."""
    is_of_secretariat = row.wants == Wants.PUBLISH and row.entered_as != EnteredAs.ORGANIZATION
    if is_of_secretariat and not rules.may_work(actor):
        return _("The secretariat")
    return row.author or _("a former account")


def _crumbs(actor: Actor, row: TranslationRequest) -> list[dict[str, str]]:
    desk, last = crumbs_to(row.title, row.language if row.language != get_language() else "")
    if not rules.may_work(actor):
        return [desk, last]
    return [desk, {"title": _("Translations of texts"), "url": reverse("translations:requests")}, last]
