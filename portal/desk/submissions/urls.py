"""Addresses of one type of submission at the desk; the root URLs include them for every type."""

from typing import Any

from django.urls import URLPattern, path

from portal.desk.submissions import (
    amendment_views,
    anew_views,
    history_views,
    receipt_views,
    redress_views,
    signing_views,
    views,
    writing_views,
)
from portal.submissions.models import Signable
from portal.submissions.types import SubmissionType

# What every view of a type is given.
Its = dict[str, Any]


def desk_urls(of: SubmissionType) -> tuple[list[URLPattern], str]:
    """For `include`: the patterns and their application name, such as `pledges_desk`."""
    its = {"of": of}
    patterns = [*_writing(of, its), *_receipts(its), *_taking_back(its)]
    if of.is_copyable:
        patterns.append(path("<uuid:key>/duplicate/", history_views.duplicate, its, name="duplicate"))
    if of.is_correctable:
        patterns += _writing_anew(its)
    if of.amendable is not None:
        patterns += _amendments(its)
    if issubclass(of.model, Signable):
        patterns += _signing(its)
    return patterns, f"{of.path}_desk"


def _writing(of: SubmissionType, its: Its) -> list[URLPattern]:
    steps = [
        path(f"<uuid:key>/{step.name}/", writing_views.step, its | {"name": step.name}, name=step.name)
        for step in of.steps
    ]
    return [
        path("new/", writing_views.start, its, name="new"),
        path("<uuid:key>/", views.detail, its, name="detail"),
        *steps,
        path("<uuid:key>/check/", writing_views.check, its, name="check"),
        path("<uuid:key>/history/", history_views.past, its, name="history"),
    ]


def _receipts(its: Its) -> list[URLPattern]:
    one = "<uuid:key>/receipt/<str:number>/"
    return [
        path("<uuid:key>/receipts/", receipt_views.receipts, its, name="receipts"),
        path("<uuid:key>/receipt/", receipt_views.receipt, its, name="receipt"),
        path(one, receipt_views.receipt, its, name="receipt_of"),
        path(f"{one}sent.json", receipt_views.sent_file, its, name="sent_file_of"),
        path(f"{one}receipt.<str:form>", receipt_views.receipt_file, its, name="receipt_file"),
        path(f"{one}changes/", receipt_views.changes, its, name="changes"),
        path("<uuid:key>/sent.json", receipt_views.sent_file, its, name="sent_file"),
    ]


def _taking_back(its: Its) -> list[URLPattern]:
    return [
        path("<uuid:key>/recall/", anew_views.recall, its, name="recall"),
        path("<uuid:key>/give-up/", anew_views.give_up, its, name="give_up"),
        path("<uuid:key>/withdraw/", views.withdraw, its, name="withdraw"),
        path("<uuid:key>/delete/", views.delete, its, name="delete"),
        path("<uuid:key>/appeal/<uuid:measure>/", redress_views.appeal, its, name="appeal"),
    ]


def _writing_anew(its: Its) -> list[URLPattern]:
    return [
        path("<uuid:key>/correct/", anew_views.correct, its, name="correct"),
        path("<uuid:key>/take-up/", anew_views.take_up, its, name="take_up"),
    ]


def _amendments(its: Its) -> list[URLPattern]:
    one = "<uuid:key>/amendment/<uuid:amendment>/"
    return [
        path(one, amendment_views.amendment, its, name="amendment"),
        path(f"{one}accept/", amendment_views.accept, its, name="accept_amendment"),
    ]


def _signing(its: Its) -> list[URLPattern]:
    return [
        path("<uuid:key>/signing/", signing_views.signing, its, name="signing"),
        path("<uuid:key>/signing/ask/", signing_views.ask, its, name="ask_to_sign"),
        path("<uuid:key>/signing/change/", signing_views.change, its, name="change_signed"),
        path("<uuid:key>/sharing/", signing_views.sharing_page, its, name="sharing"),
        path("<uuid:key>/sharing/share/", signing_views.share, its, name="share"),
        path("<uuid:key>/sharing/<uuid:share_key>/end/", signing_views.end_share, its, name="end_share"),
    ]
