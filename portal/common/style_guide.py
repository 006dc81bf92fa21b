"""The view of `/style/`: every component with made-up content, for staff. Only the URL configuration calls it."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.common.errors import NotAllowed
from portal.common.style_samples import SampleForm, pages, samples


def style_guide(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not request.user.is_staff:
        raise NotAllowed
    form = SampleForm(
        {"title": "", "answer": "word " * 26, "email": "no address", "language": "", "agree": ""}
    )
    context = {
        "samples": samples(),
        "sample_form": form,
        "blank_form": SampleForm(prefix="blank"),
        "pages": pages(),
    }
    return render(request, "common/style.html", context)
