"""A document gets another file: a new version under the same number, with the earlier file's hash kept."""

import hashlib
from datetime import datetime
from pathlib import Path, PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.commits import after_commit
from portal.common.errors import NotAllowed, WrongState
from portal.common.passages import split_passages
from portal.library import offering, page_images
from portal.library.domain import passage_rows, put_text
from portal.library.models import DocumentVersion, LibraryDocument, LibraryPassage, library_storage
from portal.library.rules import can_describe
from portal.library.signals import document_changed
from portal.library.taking import Taken, content_of, take


def replace_file(document: LibraryDocument, *, path: Path, actor: Actor, now: datetime) -> LibraryDocument:
    """All of it or nothing. Raises `Refused` for a file that cannot be read, `WrongState` for one that the
    library has already, or where the document was withdrawn.
    """
    if not can_describe(actor):
        raise NotAllowed
    content = content_of(path)
    digest = hashlib.sha256(content).hexdigest()
    _refuse_known(digest)
    taken = take(path, content, document.languages)
    return _replace(document, taken, content, digest, path.name, actor=actor, now=now)


def _refuse_known(digest: str) -> None:
    present = LibraryDocument.objects.filter(sha256=digest).first()
    if present is not None:
        told = _("The library has this very file already: %(number)s, %(title)s.")
        raise WrongState(told % {"number": present.public_id, "title": present.title})


@transaction.atomic
def _replace(
    document: LibraryDocument,
    taken: Taken,
    content: bytes,
    digest: str,
    name: str,
    *,
    actor: Actor,
    now: datetime,
) -> LibraryDocument:
    locked = LibraryDocument.objects.select_for_update().get(pk=document.pk)
    if not locked.live:
        raise WrongState(_("This document was withdrawn. Nothing of it can be changed."))
    gone = [str(locked.file.name), offering.clean_name_of(locked)]
    _keep_version(locked, now)
    _put_file(locked, taken, digest, name, now)
    library_storage().delete(str(locked.file.name))
    library_storage().save(str(locked.file.name), ContentFile(content))
    offering.ensure_copy(locked)
    details: dict[str, object] = {"version": locked.version, "sha256": digest}
    events.record("replaced", kind="document", key=locked.public_id, actor=actor, now=now, details=details)
    document_changed.send(sender=LibraryDocument, key=locked.public_id)
    for each in filter(None, gone):
        after_commit(library_storage().delete, each)
        after_commit(page_images.forget, each)
    return locked


def _keep_version(locked: LibraryDocument, now: datetime) -> None:
    DocumentVersion.objects.create(
        document=locked,
        number=locked.version,
        sha256=locked.sha256,
        file_name=locked.file_name,
        replaced_at=now,
    )


def _put_file(locked: LibraryDocument, taken: Taken, digest: str, name: str, now: datetime) -> None:
    passages = split_passages(taken.extracted.blocks)
    locked.passages.all().delete()
    locked.version += 1
    put_text(locked, taken)
    locked.passages_count = len(passages)
    locked.sha256, locked.clean_sha256 = digest, ""
    locked.file_name = PurePath(name).name[:255]
    locked.file.name = f"{digest}{PurePath(name).suffix.lower()}"
    locked.updated_at = now
    locked.save()
    LibraryPassage.objects.bulk_create(passage_rows(locked, passages, taken), batch_size=500)
