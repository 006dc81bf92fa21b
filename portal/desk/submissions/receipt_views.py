"""The desk's pages of receipts: each version's own, all of them, and its files. For every type."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import desk_address
from portal.common.desk import desk_view
from portal.common.formatting import moment
from portal.common.languages import DEFAULT
from portal.common.reviews import Reader
from portal.desk.receipts.files import CONTENT_TYPES, Form, file_of
from portal.desk.receipts.words import AMENDED, code_of, download_of, following, verify_address
from portal.desk.submissions.views import crumbs, starts_of, visible
from portal.submissions import queries
from portal.submissions.amending.queries import amended_at
from portal.submissions.cuts import redactions, told_version
from portal.submissions.differences import differences
from portal.submissions.models import Submission, SubmittedVersion
from portal.submissions.places import Content
from portal.submissions.redress.rules import may_read_original
from portal.submissions.types import SubmissionType, start_address


@desk_view
@require_safe
def receipt(request: HttpRequest, of: SubmissionType, key: UUID, number: str = "") -> HttpResponse:
    """The receipt of one version; without a number that of the newest."""
    draft = visible(request, of, key)
    version = _version(draft, number)
    if version is None:
        return redirect(of.address("detail", key))
    part = amended_at(of.kind, key).get(version.submitted_at)
    context = {
        "crumbs": crumbs(request, of, draft),
        "title": AMENDED[part].title if part else of.phrases.received,
        "version": version,
        "at": moment(version.submitted_at, is_full=True),
        "amended": AMENDED[part].now if part else "",
        "code": code_of(part is not None),
        "text": _where_it_stands(of, draft, version),
        "following": following(version) if not part and _waits(of, draft, version) else (),
        "links": _receipt_links(actor_of(request), of, draft, version, is_amended=part is not None),
    }
    return render(request, "desk/submissions/receipt.html", context)


@desk_view
@require_safe
def receipts(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """Every version that was submitted, the newest first."""
    draft = visible(request, of, key)
    amended = amended_at(of.kind, key)
    rows = [
        {
            "version": version,
            "what": AMENDED[part].title if (part := amended.get(version.submitted_at)) else "",
            "code": code_of(part is not None),
            "download": download_of(part is not None),
            "at": moment(version.submitted_at, is_full=True),
            "url": of.address("receipt_of", key, version.receipt_number),
            "file": of.address("sent_file_of", key, version.receipt_number) if version.content else "",
        }
        for version in reversed(queries.versions_of(draft))
    ]
    context = {"crumbs": crumbs(request, of, draft), "rows": rows, "back": of.address("detail", key)}
    return render(request, "desk/submissions/receipts.html", context)


@desk_view
@require_safe
def sent_file(request: HttpRequest, of: SubmissionType, key: UUID, number: str = "") -> HttpResponse:
    """What was submitted, byte by byte as the receipt's control code counts it."""
    draft = visible(request, of, key)
    version = _version(draft, number)
    if version is None or not version.content or not _may_read(request, draft):
        raise Http404
    return _download(version.content.encode(), "application/json", f"{version.receipt_number}.json")


@desk_view
@require_safe
def receipt_file(request: HttpRequest, of: SubmissionType, key: UUID, number: str, form: str) -> HttpResponse:
    """The receipt as PDF or as text, in the language of who submitted: the same bytes each time."""
    if form not in {each.value for each in Form}:
        raise Http404(form)
    version = _version(visible(request, of, key), number)
    assert version is not None  # noqa: S101  # reason: one that is named is there, or the answer is 404
    content = file_of(of, version, Form(form), now=timezone.now())
    return _download(content, CONTENT_TYPES[Form(form)], f"{version.receipt_number}.{form}")


@desk_view
@require_safe
def changes(request: HttpRequest, of: SubmissionType, key: UUID, number: str) -> HttpResponse:
    """What a version says otherwise than the one before it."""
    draft = visible(request, of, key)
    version = get_object_or_404(queries.versions_of(draft), receipt_number=number)
    before = queries.versions_of(draft).filter(number__lt=version.number).last()
    old, new = (_said(request, of, draft, row) for row in (before, version))
    reader = Reader(get_language() or DEFAULT)
    context = {
        "crumbs": crumbs(request, of, draft),
        "version": version,
        "before": before,
        "is_kept": bool(old and new),
        "changes": differences(of.fields, old, new, reader) if old and new else [],
        "back": of.address("detail", key),
    }
    return render(request, "desk/submissions/changes.html", context)


def _said(
    request: HttpRequest, of: SubmissionType, draft: Submission, version: SubmittedVersion | None
) -> Content | None:
    """Without what is left out of any version, for who may not read that."""
    if version is None or may_read_original(actor_of(request), draft):
        return queries.content_of(version)
    measures, among = redactions(of.kind, draft.key), list(queries.versions_of(draft))
    return told_version(draft, version, among, measures)


def _may_read(request: HttpRequest, draft: Submission) -> bool:
    """All of it: of what passages are left out, in whichever version, not everybody who reads the rest."""
    return may_read_original(actor_of(request), draft) or not redactions(draft.kind, draft.key)


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _version(draft: Submission, number: str) -> SubmittedVersion | None:
    if not number:
        return queries.newest_version(draft)
    return get_object_or_404(queries.versions_of(draft), receipt_number=number)


def _waits(of: SubmissionType, draft: Submission, version: SubmittedVersion) -> bool:
    """Whether this version is the one that the secretariat has now."""
    return draft.state in of.states.waiting and version.submitted_at == draft.submitted_at


def _where_it_stands(of: SubmissionType, draft: Submission, version: SubmittedVersion) -> str:
    """What comes next as long as it waits, else its state."""
    if _waits(of, draft, version):
        return str(of.states[draft.state].next_step)
    return _("Current state: %(state)s.") % {"state": of.state_label(draft)}


def _receipt_links(
    actor: Actor, of: SubmissionType, draft: Submission, version: SubmittedVersion, *, is_amended: bool
) -> list[dict[str, object]]:
    links: list[dict[str, object]] = []
    see = _("Back to the text") if is_amended else _("See what you submitted")
    if version.content:
        file = of.address("sent_file_of", draft.key, version.receipt_number)
        links.append({"label": download_of(is_amended), "url": file})
    for form, label in ((Form.PDF, _("Receipt as PDF")), (Form.TEXT, _("Receipt as text"))):
        file = of.address("receipt_file", draft.key, version.receipt_number, form.value)
        links.append({"label": label, "url": file})
    links.append({"label": _("Verify this receipt"), "url": verify_address(version.receipt_number)})
    links.append({"label": see, "url": of.address("detail", draft.key)})
    links.append({"label": _("All receipts of this text"), "url": of.address("receipts", draft.key)})
    links += [
        {"label": other.phrases.link_to_it, "url": start_address(other, of.kind, draft.key)}
        for other in starts_of(actor, of, draft)
    ]
    return [*links, {"label": _("Your desk"), "url": desk_address()}]
