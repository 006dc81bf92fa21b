"""The least that Django answers: nothing is read, nothing is rendered."""

from django.http import HttpRequest, HttpResponse

# As long as the portal's home page.
TEXT = "<p>A paragraph of plain words.</p>\n" * 500


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse(TEXT)
