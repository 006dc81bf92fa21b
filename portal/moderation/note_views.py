"""Internal notes on the page of a thing: written by the secretariat, deleted by who wrote them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.common.actors import actor_of
from portal.common.desk import desk_view
from portal.moderation import beside, notes
from portal.moderation.forms import NoteForm
from portal.moderation.views import page


@desk_view
@require_POST
def write(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """What is missing or too long is said at the field, with what was typed."""
    of, subject = beside.readable(request, kind, key)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page(request, of, subject, note_form=form)
    notes.write_note(kind, key, form.cleaned_data["text"], actor=actor_of(request), now=timezone.now())
    messages.success(request, _("The note stands at the side. The authors do not read it."))
    return redirect(f"{beside.address_of(request, kind, key)}#notes")


@desk_view
@require_POST
def delete(request: HttpRequest, kind: str, key: UUID, number: int) -> HttpResponse:
    """Somebody else's note is not there for this."""
    beside.readable(request, kind, key)
    note = notes.notes_about(kind, key).filter(pk=number, author_id=actor_of(request).user_id).first()
    if note is None:
        raise Http404(str(number))
    notes.delete_note(note, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("The note is deleted."))
    return redirect(f"{beside.address_of(request, kind, key)}#notes")
