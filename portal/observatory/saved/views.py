"""The desk's pages for saved searches, and the page that ends mails without signing in."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.common.actors import actor_of, system
from portal.common.collation import alphabetical
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.formatting import moment
from portal.common.forms import put_at_fields
from portal.observatory.saved import domain, rules
from portal.observatory.saved.enums import Telling
from portal.observatory.saved.forms import DetailsForm, KeepForm, key_of
from portal.observatory.saved.links import feed_address, passage_url, person_of
from portal.observatory.saved.models import LONGEST_NAME, SavedSearch
from portal.observatory.saved.queries import NEWEST, listed, newest_matches, visible_to
from portal.observatory.saved.wording import facts_of, title_of
from search.results.facets import KINDS
from search.results.query_params import language_of, question_of
from search.results.service import Question


@desk_view
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    rows = listed(actor_of(request))
    return render(
        request, "saved/list.html", {"searches": list(rows), "crumbs": crumbs_to(_("Saved searches"))[:2]}
    )


@desk_view
@form_view
def new(request: HttpRequest) -> HttpResponse:
    """Keep the question that stands in the address."""
    actor, question = actor_of(request), asked_in(request)
    if not rules.can_keep(actor):
        raise NotAllowed("keep a search")
    typed = request.POST if request.method == "POST" else typed_before_sign_in(request)
    name = title_of(question)[:LONGEST_NAME]
    form = KeepForm(typed, own=visible_to(actor).order_by(alphabetical("name"), "pk"), initial={"name": name})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("saved:detail", key=_kept(request, form, question).key)
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        except WrongState as refusal:
            form.add_error(None, str(refusal.message))
    context = {
        "form": form,
        "facts": facts_of(question),
        "crumbs": crumbs_to(_("Save a search")),
        "address": domain.canonical(question),
        "draft_key": uuid4(),
    }
    return render(request, "saved/new.html", context)


def _kept(request: HttpRequest, form: KeepForm, question: Question) -> SavedSearch:
    actor, now = actor_of(request), timezone.now()
    details = {"name": form.cleaned_data["name"], "telling": Telling(form.cleaned_data["telling"])}
    instead: SavedSearch | None = form.cleaned_data.get("instead")
    if instead is None:
        key = key_of(request.POST.get("draft_key", ""))
        kept = domain.keep_search(question=question, actor=actor, now=now, key=key, **details)
        messages.success(request, _("Kept. From now on you see here what is new."))
        return kept
    domain.replace_question(instead, question=question, actor=actor, now=now)
    changed = domain.change_search(instead, actor=actor, now=now, **details)
    messages.success(request, _("Changed. From now on you see here what is new."))
    return changed


@desk_view
@require_safe
def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the search asks, what is new, and how one is told."""
    search = _own(request, key)
    question = question_of(QueryDict(search.address), search.language)
    matches = list(newest_matches(search).defer("search__found")[:NEWEST])
    context = {
        "search": search,
        "facts": [*facts_of(question), *_told(search)],
        "new": [_item(search, each) for each in matches if each.found_at > search.opened_at],
        "earlier": [_item(search, each) for each in matches if each.found_at <= search.opened_at],
        "feed": feed_address(search),
        "crumbs": crumbs_to(search.name),
        "most": NEWEST,
    }
    return render(request, "saved/detail.html", context)


@desk_view
@require_POST
def open_it(request: HttpRequest, key: UUID) -> HttpResponse:
    """To the search page; what is found later is new."""
    search = domain.open_search(_own(request, key), actor=actor_of(request), now=timezone.now())
    path = reverse("search:results")
    return redirect(f"{path}?{search.address}" if search.address else path)


@desk_view
@form_view
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    search = _own(request, key)
    typed = request.POST if request.method == "POST" else typed_before_sign_in(request)
    form = DetailsForm(typed, initial={"name": search.name, "telling": search.telling})
    if request.method == "POST" and form.is_valid():
        domain.change_search(
            search,
            name=form.cleaned_data["name"],
            telling=Telling(form.cleaned_data["telling"]),
            actor=actor_of(request),
            now=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return redirect("saved:detail", key=key)
    crumbs = crumbs_to(search.name, reverse("saved:detail", args=[key]), _("Change"))
    return render(request, "saved/change.html", {"form": form, "search": search, "crumbs": crumbs})


@desk_view
@require_POST
def renew(request: HttpRequest, key: UUID) -> HttpResponse:
    domain.renew_feed(_own(request, key), actor=actor_of(request), now=timezone.now())
    messages.success(request, _("The feed has a new address. The old one no longer works."))
    return redirect("saved:detail", key=key)


@desk_view
@form_view
def delete(request: HttpRequest, key: UUID) -> HttpResponse:
    search = _own(request, key)
    if request.method == "POST":
        domain.delete_search(search, actor=actor_of(request), now=timezone.now())
        messages.success(request, _("Deleted."))
        return redirect("saved:list")
    back = reverse("saved:detail", args=[key])
    context = {
        "crumbs": crumbs_to(search.name, back, _("Delete")),
        "heading": _("Delete “%(name)s”?") % {"name": search.name},
        "text": [_("You will get no more mails about it, and its feed ends."), _("This cannot be undone.")],
        "action": _("Delete"),
        "back": back,
    }
    return render(request, "desk/confirm.html", context)


@csrf_exempt  # the signed token is the permission; mail programs send it without any form of ours
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, then ends all mails about a person's saved searches. It reads no session."""
    owner_id = person_of(token)
    if owner_id is None:
        raise Http404("no such mail")
    is_done = request.method == "POST"
    if is_done:
        domain.stop_mails(owner_id=owner_id, actor=system("unsubscribe"), now=timezone.now())
    return render(request, "saved/unsubscribe.html", {"is_done": is_done})


def asked_in(request: HttpRequest) -> Question:
    """The question of an address, for the reader of this page."""
    return question_of(request.GET, language_of(get_language() or ""))


def crumbs_to(title: str, url: str = "", last: str = "") -> list[dict[str, str]]:
    crumbs = [
        {"title": _("Your desk"), "url": reverse("desk:home")},
        {"title": _("Saved searches"), "url": reverse("saved:list")},
        {"title": title, "url": url},
    ]
    return [*crumbs, {"title": last, "url": ""}] if last else crumbs


def _own(request: HttpRequest, key: UUID) -> SavedSearch:
    return get_object_or_404(visible_to(actor_of(request)), key=key)


def _told(search: SavedSearch) -> list[dict[str, str]]:
    return [
        {"term": _("Mails about what is new"), "value": str(Telling(search.telling).label)},
        {"term": _("Saved on"), "value": moment(search.created_at)},
    ]


def _item(search: SavedSearch, match: Any) -> dict[str, Any]:
    document = match.document
    page = _("page %(number)s") % {"number": match.page} if match.page else ""
    return {
        "title": document.title,
        "url": passage_url(search, match),
        "lang": document.language if document.language != get_language() else "",
        "kind": {"text": KINDS.get(document.kind, "")},
        "meta": [page, moment(match.found_at)],
    }
