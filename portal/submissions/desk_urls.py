"""Addresses of one type of submission at the desk; the root URLs include them for every type."""

from django.urls import URLPattern, path

from portal.submissions import desk_pages as pages
from portal.submissions import desk_views as views
from portal.submissions.types import SubmissionType


def desk_urls(of: SubmissionType) -> tuple[list[URLPattern], str]:
    """For `include`: the patterns and their application name, such as `pledges_desk`."""
    its = {"of": of}
    steps = [
        path(f"<uuid:key>/{step.name}/", views.step, its | {"name": step.name}, name=step.name)
        for step in of.steps
    ]
    patterns = [
        path("new/", views.start, its, name="new"),
        path("<uuid:key>/", pages.detail, its, name="detail"),
        *steps,
        path("<uuid:key>/check/", views.check, its, name="check"),
        path("<uuid:key>/receipts/", pages.receipts, its, name="receipts"),
        path("<uuid:key>/receipt/", pages.receipt, its, name="receipt"),
        path("<uuid:key>/receipt/<str:number>/", pages.receipt, its, name="receipt_of"),
        path("<uuid:key>/receipt/<str:number>/sent.json", pages.sent_file, its, name="sent_file_of"),
        path("<uuid:key>/sent.json", pages.sent_file, its, name="sent_file"),
        path("<uuid:key>/withdraw/", pages.withdraw, its, name="withdraw"),
    ]
    return patterns, f"{of.path}_desk"
