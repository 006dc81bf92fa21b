"""Who comes into the library's room, and the way back to it."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.library.models import LibraryDocument
from portal.library.queries import find_document
from portal.library.rules import can_describe


def editor(request: HttpRequest) -> Actor:
    """Whoever may change documents; to anybody else the room is not there."""
    actor = actor_of(request)
    if not (actor.is_person and can_describe(actor)):
        raise Http404("library")
    return actor


def document_at(public_id: str) -> LibraryDocument:
    """Also a withdrawn one."""
    document = find_document(public_id)
    if document is None or document.public_id != public_id:
        raise Http404(public_id)
    return document


def crumbs(
    title: str = "", *, lang: str = "", document: LibraryDocument | None = None
) -> list[dict[str, str]]:
    """Desk, room, the document on whose page one was, this page."""
    if not title:
        return crumbs_to(_("Library"))
    desk, last = crumbs_to(title, lang)
    trail = [desk, {"title": _("Library"), "url": reverse("library_desk:list")}]
    if document is not None:
        number = document.public_id
        trail.append({"title": number, "url": reverse("library_desk:document", args=[number])})
    return [*trail, last]
