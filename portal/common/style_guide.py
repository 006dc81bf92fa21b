"""The view of `/style/`: every component with made-up content, for staff; URL configuration calls it."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.declarations import declared
from portal.common.errors import NotAllowed
from portal.common.style_samples import TYPED, SampleForm, SampleUpload, pages, samples


@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not actor_of(request).groups:
        raise NotAllowed
    context = {
        "samples": samples(),
        "sample_form": SampleForm(TYPED),
        "upload": SampleUpload(),
        "pages": pages(),
        "declared": [{"template": name, **context} for name, context in declared("style_samples")],
    }
    return render(request, "common/style.html", context)
