"""The desk's pages for who is asked to sign a text, and for who leads a network and reads its drafts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, name_forms, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.formatting import moment
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.files import downloads
from portal.files.models import StoredFile
from portal.joint import domain, rules
from portal.joint.enums import TONES, SignatureState
from portal.joint.forms import DeclineForm, SignForm
from portal.joint.queries import asked_of
from portal.joint.reading import Asked, read_only, with_texts
from portal.joint.sharing import SharedDraft, shared_with
from portal.submissions.deadline_words import all_told

MOST = 100


@desk_view
@require_safe
def signatures(request: HttpRequest) -> HttpResponse:
    """What one's organizations were asked to sign, and what they said."""
    rows = [_line(row) for row in with_texts(asked_of(actor_of(request))[:MOST])]
    return render(
        request, "joint/desk/signatures.html", {"rows": rows, "crumbs": crumbs_to(_("Texts to sign"))}
    )


def _line(row: Asked) -> dict[str, Any]:
    title, lang = row.title
    authors = row.row.organization.name
    return {
        "title": title or _("A text of %(authors)s") % {"authors": authors},
        "lang": lang,
        "authors": authors,
        "signature": row.signature,
        "state": SignatureState(row.signature.state).label,
        "tone": TONES.get(row.signature.state, ""),
    }


@desk_view
@require_safe
def signature(request: HttpRequest, key: UUID) -> HttpResponse:
    """The frozen text, with a form to sign it and one to decline."""
    return _page(request, _asked(request, key))


@desk_view
@require_safe
def file(request: HttpRequest, key: UUID, file_key: UUID) -> HttpResponse:
    """A file of the frozen text, for who is asked to sign it and as long as the text can be read."""
    if file_key not in _asked(request, key).files:
        raise Http404(file_key)
    return downloads.original(get_object_or_404(StoredFile, key=file_key))


@desk_view
@form_view
def sign(request: HttpRequest, key: UUID) -> HttpResponse:
    """Signs the text that was on the page; any other is refused in words."""
    row = _asked(request, key)
    if request.method != "POST":
        return _page(request, row, sign_form=SignForm(typed_before_sign_in(request), digest=_digest(row)))
    form = SignForm(request.POST, digest=_digest(row))
    if form.is_valid():
        given = {"digest": form.cleaned_data["digest"], "word": form.cleaned_data["word"]}
        try:
            domain.sign(row.signature, **given, actor=actor_of(request), now=timezone.now())
        except WrongState as refusal:
            _refuse(form, refusal)
            # What is on the page now is what can be signed next.
            form.data = {**request.POST.dict(), "digest": _digest(row), "has_read": ""}
        else:
            messages.success(request, _("Signed. You can take it back until the text is submitted."))
            return redirect("signatures:one", key=key)
    return _page(request, row, sign_form=form)


@desk_view
@form_view
def decline(request: HttpRequest, key: UUID) -> HttpResponse:
    """Says why one's organization does not sign."""
    row = _asked(request, key)
    if request.method != "POST":
        return _page(request, row, decline_form=DeclineForm(typed_before_sign_in(request)))
    form = DeclineForm(request.POST)
    if form.is_valid():
        word = form.cleaned_data["word"]
        try:
            domain.decline(row.signature, word=word, actor=actor_of(request), now=timezone.now())
        except WrongState as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Declined. The authors are told why."))
            return redirect("signatures:one", key=key)
    return _page(request, row, decline_form=form)


@desk_view
@require_POST
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Until the text is submitted."""
    row = _asked(request, key)
    domain.take_back(row.signature, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("Your organization's signature is taken back. The authors are told."))
    return redirect("signatures:one", key=key)


def _refuse(form: Any, refusal: WrongState) -> None:
    if isinstance(refusal, Incomplete):
        put_at_fields(form, refusal.problems)
    else:
        form.add_error(None, str(refusal.message))


def _asked(request: HttpRequest, key: UUID) -> Asked:
    row = get_object_or_404(asked_of(actor_of(request)), key=key)
    told = with_texts([row])
    if not told:
        raise Http404(key)
    return told[0]


def _digest(row: Asked) -> str:
    return row.signature.statement.digest


def _page(
    request: HttpRequest,
    row: Asked,
    *,
    sign_form: SignForm | None = None,
    decline_form: DeclineForm | None = None,
) -> HttpResponse:
    """A refused form stands alone, with what was typed, also where nothing can be signed any more."""
    actor, language = actor_of(request), get_language() or DEFAULT
    line = _line(row)
    may_say = rules.can_decide(actor, row.signature, row.row)
    is_apart = sign_form is not None or decline_form is not None
    key = row.signature.key
    buttons = {"sign": _("Sign it"), "decline": _("Decline")}
    name_forms(request, {reverse(f"signatures:{name}", args=[key]): told for name, told in buttons.items()})
    context = {
        **line,
        "asked": row,
        "deadlines": all_told(row.of.deadlines_of(row.row, timezone.now())) if row.is_open else [],
        "reading": row.reading(language),
        "at": moment(row.signature.decided_at, is_full=True) if row.signature.decided_at else "",
        "may_say": may_say,
        "may_take_back": not is_apart and rules.can_take_back(actor, row.signature, row.row),
        "sign_form": sign_form or (SignForm(digest=_digest(row)) if may_say and not is_apart else None),
        "decline_form": decline_form or (DeclineForm() if may_say and not is_apart else None),
        "record_url": row.record.path(language) if row.record else "",
        "back": reverse("signatures:one", args=[key]) if is_apart else "",
        "crumbs": crumbs_to(line["title"], line["lang"]),
    }
    return render(request, "joint/desk/signature.html", context)


@desk_view
@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """Drafts that members share with a network that one's organization leads."""
    rows = shared_with(actor_of(request), timezone.now().date())
    language = get_language() or DEFAULT
    context = {
        "rows": [_shared_line(row, language) for row in rows[:MOST]],
        "crumbs": crumbs_to(_("Drafts of your network")),
    }
    return render(request, "joint/desk/shared.html", context)


def _shared_line(row: SharedDraft, language: str) -> dict[str, Any]:
    return {
        "share": row.share,
        "title": str(row.row),
        "lang": row.row.language if row.row.title else "",
        "authors": row.row.organization.name,
        "network": row.share.network.name(language),
        "state": row.of.state_label(row.row),
    }


@desk_view
@require_safe
def shared_draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """The draft as it stands now, to read only."""
    rows = shared_with(actor_of(request), timezone.now().date(), key)
    if not rows:
        raise Http404(key)
    row, language = rows[0], get_language() or DEFAULT
    content = row.of.sent(row.row, row.of.related(row.row))
    line = _shared_line(row, language)
    context = {
        **line,
        "reading": read_only(row.of, content, language),
        "crumbs": crumbs_to(line["title"], line["lang"]),
    }
    return render(request, "joint/desk/shared_draft.html", context)
