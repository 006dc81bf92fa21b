"""What stands around the page of one thing: the list it was opened from, notes, what becomes public of it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from portal.common.actors import actor_of
from portal.common.reviews import ReviewType, Row
from portal.moderation import queries, rules
from portal.moderation.face import face_of
from portal.moderation.forms import NoteForm
from portal.moderation.listing import Listing, listing_of
from portal.moderation.notes import notes_about
from portal.moderation.queries import Waiting
from portal.moderation.queue_views import asked_of
from portal.moderation.ready import is_releasable, mark_about
from portal.submissions.types import review_type

# So many of a group of copies stand beside the text, the rest on the page of the group.
SHOWN = 6


def readable(request: HttpRequest, kind: str, key: UUID) -> tuple[ReviewType, Row]:
    actor = actor_of(request)
    if not rules.may_read_queue(actor):
        raise PermissionDenied
    try:
        of = review_type(kind)
        subject = queries.subject(of, key)
    except (LookupError, ObjectDoesNotExist):
        raise Http404(f"{kind} {key}") from None
    if not rules.can_view(actor, of, subject):
        raise Http404(str(key))
    return of, subject


def called(of: ReviewType, subject: Row) -> str:
    """By what the secretariat reads of it, not by what its authors write now. Queries as of `content`."""
    content = of.content(subject)
    return str(content["title"] if content else of.label)


def queue_address(request: HttpRequest) -> str:
    """The list that the page was opened from."""
    return f"{reverse('moderation:queue')}{asked_of(request).query()}"


def address_of(request: HttpRequest, kind: str, key: UUID) -> str:
    """The page of a thing, in the list that this one was opened from."""
    return f"{reverse('moderation:subject', args=[kind, key])}{asked_of(request).query()}"


def after_deciding(request: HttpRequest, of: ReviewType, key: UUID) -> str:
    """The next that waits of the same list, else the first of it, else the list."""
    listing = _listing(request)
    following = listing.after(of.kind, key) or next(iter(listing.rows), None)
    if following is None or (following.of.kind, following.key) == (of.kind, key):
        return queue_address(request)
    # Without it a browser keeps the place in the page that the form was sent to.
    return f"{address_of(request, following.of.kind, following.key)}#top"


def context_of(request: HttpRequest, of: ReviewType, subject: Row) -> dict[str, Any]:
    listing = _listing(request)
    at = listing.place(of.kind, subject.key)
    mark, can_release = mark_about(of.kind, subject.key), is_releasable(actor_of(request), of, subject)
    return {
        "query": asked_of(request).query(),
        "place": None if at is None else at + 1,
        "places": len(listing.rows),
        "following": _link(request, listing.after(of.kind, subject.key)),
        "preceding": _link(request, listing.before(of.kind, subject.key)),
        "face": face_of(of, subject),
        **_copies_of(listing, of, subject),
        "mark": mark,
        "is_releasable": can_release,
        "can_mark": can_release and not mark,
        "notes": notes_about(of.kind, subject.key),
        "note_form": NoteForm(),
    }


def _copies_of(listing: Listing, of: ReviewType, subject: Row) -> dict[str, Any]:
    """The other texts of its group, the oldest first."""
    row = next((row for row in listing.every if (row.of.kind, row.key) == (of.kind, subject.key)), None)
    if row is None or row.copies == 1:
        return {"copies": ()}
    others = [other for other in listing.every if other.group == row.group and other.key != row.key]
    return {"copies": others[:SHOWN], "group": row.group, "alike": row.copies}


def _link(request: HttpRequest, row: Waiting | None) -> dict[str, str] | None:
    if row is None:
        return None
    return {"title": row.title, "lang": row.language, "url": address_of(request, row.of.kind, row.key)}


def _listing(request: HttpRequest) -> Listing:
    """Read once for each request: what was decided in it is still a row."""
    known: Listing | None = getattr(request, "listing", None)
    if known is None:
        known = listing_of(actor_of(request), asked_of(request).chosen, timezone.now())
        request.listing = known  # type: ignore[attr-defined]
    return known
