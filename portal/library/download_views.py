"""The file of a document for everybody: as it was given, or the copy that an editor chose instead."""

from base64 import b64encode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.files.downloads import attachment
from portal.library.offering import media_type_of, offered_file, offered_name
from portal.library.queries import document_by_public_id


@require_safe
def original(request: HttpRequest, public_id: str) -> HttpResponse:
    """404 where no file is offered, 410 once the document is withdrawn. `Repr-Digest` says its hash."""
    document = document_by_public_id(public_id)
    content = offered_file(document)
    if content is None:
        raise Http404(public_id)
    response = attachment(offered_name(document), media_type_of(document), content)
    digest = b64encode(bytes.fromhex(document.offered_sha256)).decode()
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    return response
