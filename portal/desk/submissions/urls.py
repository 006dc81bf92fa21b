"""Addresses of one type of submission at the desk; the root URLs include them for every type."""

from django.urls import URLPattern, path

from portal.desk.submissions import redress_views, views, writing_views
from portal.submissions.types import SubmissionType


def desk_urls(of: SubmissionType) -> tuple[list[URLPattern], str]:
    """For `include`: the patterns and their application name, such as `pledges_desk`."""
    its = {"of": of}
    steps = [
        path(f"<uuid:key>/{step.name}/", writing_views.step, its | {"name": step.name}, name=step.name)
        for step in of.steps
    ]
    patterns = [
        path("new/", writing_views.start, its, name="new"),
        path("<uuid:key>/", views.detail, its, name="detail"),
        *steps,
        path("<uuid:key>/check/", writing_views.check, its, name="check"),
        path("<uuid:key>/receipts/", views.receipts, its, name="receipts"),
        path("<uuid:key>/receipt/", views.receipt, its, name="receipt"),
        path("<uuid:key>/receipt/<str:number>/", views.receipt, its, name="receipt_of"),
        path("<uuid:key>/receipt/<str:number>/sent.json", views.sent_file, its, name="sent_file_of"),
        path("<uuid:key>/sent.json", views.sent_file, its, name="sent_file"),
        path("<uuid:key>/withdraw/", views.withdraw, its, name="withdraw"),
        path("<uuid:key>/delete/", views.delete, its, name="delete"),
        path("<uuid:key>/appeal/<uuid:measure>/", redress_views.appeal, its, name="appeal"),
    ]
    if of.is_correctable:
        patterns += [
            path("<uuid:key>/correct/", views.correct, its, name="correct"),
            path("<uuid:key>/take-up/", views.take_up, its, name="take_up"),
        ]
    return patterns, f"{of.path}_desk"
