"""The desk's pages for one passage of a dossier: add, comment, move, take out."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.common.actors import actor_of
from portal.common.characters import one_line
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.observatory.dossiers import domain, rules
from portal.observatory.dossiers.domain import Collected
from portal.observatory.dossiers.drafts import DossierFields
from portal.observatory.dossiers.forms import AddForm, CommentForm, key_of
from portal.observatory.dossiers.limits import QUESTION
from portal.observatory.dossiers.models import Item
from portal.observatory.dossiers.pages import address_of, crumbs_to, item_in
from portal.observatory.dossiers.passages import PublicPassage, public_passage
from portal.observatory.dossiers.queries import editable_by
from portal.observatory.dossiers.reading import shown
from portal.submissions.steps import StepForm, run_step

MOST_CHOICES = 200


@desk_view
@form_view
def add(request: HttpRequest) -> HttpResponse:
    """A public passage, named by the address, and the dossier it goes into."""
    original, actor = _asked(request), actor_of(request)
    if not rules.can_start(actor):
        raise NotAllowed("add to a dossier")
    dossiers = list(editable_by(actor)[:MOST_CHOICES])
    sent = request.POST if request.method == "POST" else typed_before_sign_in(request)
    form = AddForm(sent, dossiers=dossiers)
    if request.method == "POST":
        try:
            return _added(request, _collected(request, form, original))
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        except WrongState as refusal:
            form.add_error(None, str(refusal.message))
    context = {
        "heading": _("Add to a dossier"),
        "crumbs": crumbs_to(_("Add to a dossier")),
        "document": original.document,
        "passage": original.passage,
        "form": form,
        "draft_key": request.POST.get("draft_key") or uuid4(),
    }
    return render(request, "dossiers/add.html", context)


@desk_view
@form_view
def comment(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """After somebody else's save both versions are shown."""
    item, actor = item_in(request, key, pk), actor_of(request)
    if not rules.can_comment(actor, item.dossier):
        raise NotAllowed("comment on a passage")

    def save(form: StepForm, revision: int) -> Item:
        typed = form.fields_to_save()
        return domain.comment_on(item, comment=typed, revision=revision, actor=actor, now=timezone.now())

    def make_form(typed: Any) -> StepForm:
        form = CommentForm(typed, initial={"comment": item.comment})
        form.fields["comment"].widget.attrs |= {"lang": item.dossier.language, "spellcheck": "true"}
        return form

    outcome = run_step(request, item, make_form, save)
    if outcome.is_done:
        messages.success(request, _("Saved."))
        return redirect(address_of(item))
    context = {
        **outcome.context(request),
        "heading": _("Comment"),
        "crumbs": crumbs_to(_("Comment"), item.dossier),
        "item": shown([item], ui=get_language() or DEFAULT)[0],
        "language": item.dossier.language,
        "back": address_of(item),
    }
    return render(request, "dossiers/comment.html", context)


@desk_view
@require_POST
def up(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    return _moved(request, item_in(request, key, pk), domain.move_up)


@desk_view
@require_POST
def down(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    return _moved(request, item_in(request, key, pk), domain.move_down)


@desk_view
@form_view
def remove(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    item, actor = item_in(request, key, pk), actor_of(request)
    if not rules.can_edit(actor, item.dossier):
        raise NotAllowed("take out a passage")
    back = address_of(item)
    if request.method == "POST":
        domain.remove_item(item, actor=actor, now=timezone.now())
        messages.success(request, _("Taken out."))
        return redirect(back.partition("#")[0])
    name = shown([item], ui=get_language() or DEFAULT)[0].name
    context = {
        "crumbs": crumbs_to(_("Take out"), item.dossier),
        "heading": _("Take “%(title)s” out of the dossier?") % {"title": name},
        "text": [
            _("The passage and its comment are deleted from this dossier; the document stays as it is.")
        ],
        "action": _("Take out"),
        "back": back,
    }
    return render(request, "desk/confirm.html", context)


def _asked(request: HttpRequest) -> PublicPassage:
    """404 for what is not public or does not exist."""
    position = request.GET.get("position", "")
    is_number = position.isascii() and position.isdigit() and len(position) < 7
    passage = public_passage(request.GET.get("document", ""), int(position)) if is_number else None
    if passage is None:
        raise Http404
    return passage


def _collected(request: HttpRequest, form: AddForm, original: PublicPassage) -> Collected:
    typed, actor, now = form.typed(), actor_of(request), timezone.now()
    question = one_line(request.GET.get("q", ""))[:QUESTION]
    if form.chosen is not None:
        return domain.collect(
            form.chosen, original=original, question=question, comment=typed["comment"], actor=actor, now=now
        )
    if form.by_key and not typed["title"]:
        raise Incomplete([Problem("dossier", _("Choose a dossier, or give a new one a title."))])
    return domain.collect_into_new(
        fields=DossierFields(typed["title"], get_language() or DEFAULT),
        key=key_of(request.POST.get("draft_key", "")),
        original=original,
        question=question,
        comment=typed["comment"],
        actor=actor,
        now=now,
    )


def _added(request: HttpRequest, collected: Collected) -> HttpResponse:
    if collected.is_new:
        messages.success(request, _("The passage is in your dossier now."))
    else:
        messages.warning(request, _("This passage is already in the dossier. Nothing was added; here it is."))
    return redirect(address_of(collected.item))


def _moved(request: HttpRequest, item: Item, move: Callable[..., bool]) -> HttpResponse:
    move(item, actor=actor_of(request), now=timezone.now())
    item.refresh_from_db(fields=["order"])
    return redirect(address_of(item))
