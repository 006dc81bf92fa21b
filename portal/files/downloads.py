"""A file as the answer to a request; the apps whose files they are ask who may read them first."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from portal.files.domain import original_of
from portal.files.enums import EXTENSIONS, MEDIA_TYPES
from portal.files.models import StoredFile, public_storage


def original(file: StoredFile) -> HttpResponse:
    """As it is kept. Raises `Refused` if the bytes have changed."""
    return attachment(file.name, MEDIA_TYPES[file.kind], original_of(file))


def public_copy(name: str, path: str) -> HttpResponse:
    """The cleaned copy at a path of the public storage. Raises `Http404` where it is gone."""
    storage = public_storage()
    if not storage.exists(path):
        raise Http404(path)
    with storage.open(path) as copy:
        content: bytes = copy.read()
    return attachment(name, MEDIA_TYPES[EXTENSIONS[path.rsplit(".", 1)[-1]]], content)


def attachment(name: str, content_type: str, content: bytes) -> HttpResponse:
    """Never shown inside the site: a file is somebody else's."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
