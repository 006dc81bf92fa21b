"""The desk's pages of the translations of one text: the form beside it, and asking one off."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.common.languages import CODES, DEFAULT
from portal.common.phrases import language_in_text
from portal.publication.models import Record
from portal.publication.translating import NONE_OF_WITHHELD, original_digest
from portal.submissions.models import Submission
from portal.submissions.types import SubmissionType
from portal.translations import domain, queries, rules
from portal.translations.desk import begins_with, seen_mark, with_requests
from portal.translations.enums import EnteredAs, Wants
from portal.translations.forms import PREFIX, TakeOffForm, TranslationForm

CLASH = _lazy(
    "Somebody has changed this since you opened the page. Nothing of yours is lost: what stands now is shown "
    "below each field. Send the form again to put your text in its place."
)
ORIGINAL_CHANGED = _lazy(
    "The original has changed since you opened the page. Nothing of yours is lost: look at it beside the "
    "original as it is now, then send the form again."
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A text that somebody may read here, and what is public of it."""

    of: SubmissionType
    row: Submission
    record: Record
    actor: Actor

    @property
    def is_own(self) -> bool:
        return rules.may_speak(self.actor, self.row)

    @property
    def may_write(self) -> bool:
        return rules.can_have(self.row) and (self.is_own or rules.may_translate(self.actor, self.row))

    @property
    def address(self) -> str:
        return reverse("translations:text", args=[self.of.kind, self.row.key])


@desk_view
@require_safe
def text(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """In which languages one text can be read, what waits, and what can be done."""
    opened = _opened(request, kind, key)
    is_of_members = not rules.may_translate(opened.actor, opened.row)
    context = {
        "record": opened.record,
        "record_url": opened.record.path(get_language() or DEFAULT),
        "rows": with_requests(opened.record, queries.newest(kind, key)),
        "may_write": opened.may_write,
        "may_ask": opened.is_own,
        "is_of_members": is_of_members,
        "refusal": "" if rules.can_have(opened.row) else NONE_OF_WITHHELD,
        "crumbs": _crumbs(opened),
    }
    return render(request, "translations/desk/text.html", context)


@desk_view
@form_view
def enter(request: HttpRequest, kind: str, key: UUID, into: str) -> HttpResponse:
    """Each piece of the original beside its field. What was typed stays, whatever is refused."""
    opened, is_sent = _opened(request, kind, key, into), request.method == "POST"
    if not is_sent and not opened.may_write:
        return redirect(opened.address)
    last = queries.newest(kind, key).get((into, Wants.PUBLISH))
    parts, seen = queries.parts_of(opened.of, opened.record), seen_mark(opened.record, into, last)
    said, how = begins_with(parts, opened.record, into, last, is_own=opened.is_own)
    hidden = {"seen": seen, "original": original_digest(opened.record)}
    form = TranslationForm(
        request.POST if is_sent else typed_before_sign_in(request),
        parts=parts,
        into=into,
        is_own=opened.is_own,
        initial={**how, **hidden, **{f"{PREFIX}-{name}": words for name, words in said.items()}},
    )
    is_fit = form.is_bound and form.is_valid()
    is_clash = form.is_bound and form.data.get("seen") != seen
    if is_clash:
        is_other = form.data.get("original") != hidden["original"]
        form.add_error(None, ORIGINAL_CHANGED if is_other else CLASH)
        form.show_anew(**hidden)
    elif is_sent and is_fit and _entered(request, opened, into, form):
        return redirect(opened.address)
    return _form_page(request, opened, into, form, said if is_clash else {}, last)


@desk_view
@form_view
def take_off(request: HttpRequest, kind: str, key: UUID, into: str) -> HttpResponse:
    """The organization asks, with its reason; somebody of the secretariat decides."""
    opened, is_sent = _opened(request, kind, key, into), request.method == "POST"
    if not is_sent and not opened.is_own:
        return redirect(opened.address)
    form = TakeOffForm(request.POST if is_sent else typed_before_sign_in(request))
    if not form.is_bound and not _may_be_asked_off(opened, into):
        return redirect(opened.address)
    if is_sent and form.is_valid() and _asked_off(opened, into, form):
        messages.success(request, _("Sent. Somebody of the secretariat reads it and decides."))
        return redirect(opened.address)
    context = {
        "form": form,
        "record": opened.record,
        "into": into,
        "crumbs": _crumbs(opened, str(language_in_text(into))),
    }
    return render(request, "translations/desk/take_off.html", context)


def _entered(request: HttpRequest, opened: Opened, into: str, form: TranslationForm) -> bool:
    """What is wrong stands at the form then."""
    given = domain.Entered(into=into, **form.entered())
    try:
        domain.enter(opened.row, given, actor=opened.actor, now=timezone.now())
    except WrongState as refusal:
        _refuse(form, refusal)
        return False
    is_draft = given.entered_as == EnteredAs.MACHINE
    messages.success(
        request,
        _("Public now, with its label. The organization is told.")
        if is_draft
        else _("Entered. It is public once a second person of the secretariat has read it."),
    )
    return True


def _asked_off(opened: Opened, into: str, form: TakeOffForm) -> bool:
    given = {"reason": form.cleaned_data["reason"], "actor": opened.actor, "now": timezone.now()}
    try:
        domain.ask_to_take_off(opened.row, into, **given)
    except WrongState as refusal:
        _refuse(form, refusal)
        return False
    return True


def _may_be_asked_off(opened: Opened, into: str) -> bool:
    """It stands, and nobody has asked yet."""
    asked = with_requests(opened.record, queries.newest(opened.of.kind, opened.row.key))
    return any(row["may_be_asked_off"] for row in asked if row["code"] == into)


def _refuse(form: forms.Form, refusal: WrongState) -> None:
    if isinstance(refusal, Incomplete):
        put_at_fields(form, refusal.problems)
    else:
        form.add_error(None, str(refusal.message))


def _opened(request: HttpRequest, kind: str, key: UUID, into: str = "") -> Opened:
    """404 for what is no public text with translations, no other language, or not theirs to read here."""
    actor = actor_of(request)
    try:
        of, row = queries.text_with_role(kind, key, actor)
    except (LookupError, ObjectDoesNotExist):
        raise Http404(f"{kind} {key}") from None
    if not rules.may_read(actor, row):
        raise Http404(str(key))
    record = queries.record_of(kind, key)
    if record is None or (into and (into not in CODES or into == record.language)):
        raise Http404(str(key))
    return Opened(of, row, record, actor)


def _form_page(
    request: HttpRequest,
    opened: Opened,
    into: str,
    form: TranslationForm,
    theirs: dict[str, str],
    last: Any,
) -> HttpResponse:
    context = {
        "record": opened.record,
        "into": into,
        "form": form,
        "pairs": [{**pair, "theirs": theirs.get(pair["part"].field, "")} for pair in form.pairs()],
        "left_over": form.left_over(),
        "last": last,
        "is_own": opened.is_own,
        "back": opened.address,
        "crumbs": _crumbs(opened, str(language_in_text(into))),
    }
    return render(request, "translations/desk/enter.html", context)


def _crumbs(opened: Opened, last: str = "") -> list[dict[str, str]]:
    """The list stands between for who translates, the text's own page for its organization."""
    record, language = opened.record, get_language() or DEFAULT
    named = {"title": record.title, "lang": record.language if record.language != language else ""}
    if rules.may_translate(opened.actor, opened.row):
        above = {"title": _("Translations of texts"), "url": reverse("translations:list")}
        here = named | {"url": opened.address}
    else:
        above = named | {"url": opened.of.address("detail", opened.row.key)}
        here = {"title": _("Translations"), "url": opened.address}
    desk, end = crumbs_to(last)
    return [desk, above, here, end] if last else [desk, above, here | {"url": ""}]
