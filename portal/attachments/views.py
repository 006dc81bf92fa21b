"""An attachment as a file: at the desk for who may read its text, in public while a record shows it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from portal.attachments.domain import submitted_files
from portal.attachments.pointed import files_read
from portal.attachments.public import attachments_of, was_shown
from portal.common.actors import actor_of
from portal.common.desk import desk_view
from portal.common.errors import Gone
from portal.files import downloads
from portal.files.enums import SUFFIXES
from portal.files.models import StoredFile
from portal.publication.queries import record_by_public_id
from portal.submissions.queries import role_for
from portal.submissions.types import SubmissionType, submission_type

POLICY = "sandbox; default-src 'none'"


@desk_view
@require_safe
def private(request: HttpRequest, kind: str, key: UUID, file_key: UUID) -> HttpResponse:
    """For members of the organization; for the secretariat what it reads of the text, and nothing else."""
    of, actor = _type(kind), actor_of(request)
    row = get_object_or_404(of.visible_to(actor), key=key)
    if role_for(actor, row) is None:
        is_read = str(file_key) in files_read(row, actor)
    else:
        is_read = str(file_key) in submitted_files(row) or _is_attached(row, file_key)
    if not is_read:
        raise Http404
    response = downloads.original(get_object_or_404(StoredFile, key=file_key))
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _type(kind: str) -> SubmissionType:
    try:
        of = submission_type(kind)
    except LookupError:
        raise Http404(kind) from None
    if not hasattr(of.model, "attachments"):
        raise Http404(kind)
    return of


def _is_attached(row: Any, file_key: UUID) -> bool:
    return bool(row.attachments.filter(file__key=file_key).exists())


@require_safe
def public(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """The same bytes for ever at one address; 410 once the record shows it no more."""
    record = record_by_public_id(public_id)
    shown = attachments_of(record.facts)
    number, each = next(((n, a) for n, a in enumerate(shown, 1) if a.file_name == name), (0, None))
    if each is None:
        if was_shown(record, name):
            raise Gone(record.public_id, record.updated_at)
        raise Http404(name)
    etag = f'"{each.sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _kept(HttpResponseNotModified(), etag)
    # What the author called the file may name a person.
    called = f"{record.public_id}-{number}{SUFFIXES[each.kind]}"
    return _kept(downloads.public_copy(called, each.path), etag)


def _kept(response: HttpResponse, etag: str) -> HttpResponse:
    """Asked for anew each time, so that what is taken down is gone at once."""
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["ETag"] = etag
    response.headers["Content-Security-Policy"] = POLICY
    return response
