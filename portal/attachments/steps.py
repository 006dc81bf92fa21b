"""Attaching files as a step of writing; types whose model has `attachments` name it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.attachments import domain
from portal.attachments.drafts import attachment_problems
from portal.attachments.forms import AttachmentsForm, attachments_of
from portal.attachments.limits import MAX_FILES
from portal.attachments.models import Attachment
from portal.attachments.pointed import notes
from portal.common.actors import Actor, actor_of
from portal.common.errors import Problem
from portal.files.intake import content_of
from portal.files.models import StoredFile
from portal.files.refusals import Refused
from portal.submissions import rules
from portal.submissions.types import Step


class Related(Protocol):
    @property
    def attachments(self) -> Sequence[Attachment]: ...


def attachments_step(saved_as: Callable[..., Any]) -> Step:
    return Step(
        name="attachments",
        title=_("Attachments"),
        form=partial(AttachmentsForm, saved_as=saved_as),
        problems=_problems,
        is_started=lambda row, related: bool(related.attachments),
        corrects=frozenset({"attachments", "new", "caption", "alternative"}),
        is_optional=True,
        is_aside=True,
        inside="attachments/desk/fields.html",
        context=_in_files,
        uploads=_uploads,
    )


def _in_files(request: HttpRequest, row: Any, related: Related, form: Any) -> dict[str, Any]:
    """What stands in the files themselves that may be personal data of third parties."""
    return {"in_files": [each for each in notes(row, related) if each.field == "attachments"]}


def _problems(row: Any, related: Related) -> list[Problem]:
    return attachment_problems(related.attachments)


def _uploads(request: HttpRequest, row: Any, fields: Any) -> tuple[Any, Sequence[Problem]]:
    """The files that came with the form; one that is refused leaves the others and the words to be saved."""
    actor, given = actor_of(request), request.FILES.getlist("new_files")
    if not given or not rules.can_edit(actor, row):
        return fields, ()
    kept = [each for each in attachments_of(row) if each.file.key not in fields.attachments.dropped]
    added: list[StoredFile] = []
    problems: list[Problem] = []
    for sent in given:
        if len(kept) + len(added) >= MAX_FILES:
            told = _("%(name)s: %(number)d files are enough. Leave one out first.")
            problems.append(Problem("new_files", told % {"name": sent.name, "number": MAX_FILES}))
            continue
        try:
            added.append(_taken_in(sent, actor))
        except Refused as refusal:
            problems.append(Problem("new_files", f"{sent.name}: {refusal.message}"))
    return replace(fields, attachments=replace(fields.attachments, added=tuple(added))), problems


def _taken_in(sent: Any, actor: Actor) -> StoredFile:
    content = content_of(sent, domain.WANTED)
    return domain.take_in(content, sent.name or "", actor=actor, now=timezone.now())
