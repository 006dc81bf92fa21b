"""What is done with files, as verbs: store a cleaned file in private, publish a copy of it, take it back.

A file lies under its own hash and is written last in the transaction of its row; a public copy goes when no
row has it any more.
"""

import hashlib
import os
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import NotAllowed
from portal.files import rules
from portal.files.enums import FileType
from portal.files.intake import ANY, TakenIn, Wanted, taken_in
from portal.files.models import FileText, StoredFile, private_storage, public_storage, stored_name
from portal.files.names import clean_name
from portal.files.refusals import damaged

KIND = "file"


def store_file(content: bytes, name: str, *, actor: Actor, now: datetime, wanted: Wanted = ANY) -> StoredFile:
    """Keep a file as it is to be read: cleaned, and its words beside it. What was given is not kept.

    The same file of the same person again is the one that is there. Raises `Refused`.
    """
    if not rules.can_store(actor):
        raise NotAllowed("store a file")
    return keep(taken_in(content, name, wanted), name, actor=actor, now=now)


def keep(taken: TakenIn, name: str, *, actor: Actor, now: datetime) -> StoredFile:
    """The copy as the file, the other parts as its `FileText`."""
    copy, *words = taken.parts
    stored = _stored(copy, name, taken.kind, actor=actor, now=now)
    if words:
        told = {name: part.decode() for name, part in zip(("blocks", "pointed"), words, strict=False)}
        FileText.objects.get_or_create(file=stored, defaults=told)
    return stored


def _stored(content: bytes, name: str, kind: FileType, *, actor: Actor, now: datetime) -> StoredFile:
    digest, shown = hashlib.sha256(content).hexdigest(), clean_name(name, kind)
    same = StoredFile.objects.filter(sha256=digest, uploaded_by=actor.user_id, name=shown)
    if present := _given_again(same, now):
        return present
    stored = StoredFile(
        sha256=digest,
        size=len(content),
        kind=kind,
        name=shown,
        uploaded_by_id=actor.user_id,
        created_at=now,
        is_clean=True,
    )
    try:
        with transaction.atomic():
            stored.save(force_insert=True)
            events.record("stored", kind=KIND, key=stored.key, actor=actor, now=now)
            _write(private_storage(), stored.original_path, content)
    except IntegrityError:  # sent twice at the same moment: that one stands
        return same.get()
    return stored


def _given_again(same: QuerySet[StoredFile], now: datetime) -> StoredFile | None:
    """As new as the last time it was given, so that nothing sweeps it away before it is attached."""
    present = same.first()
    if present is None:
        return None
    present.is_clean, present.created_at = True, max(present.created_at, now)
    present.save(update_fields=["is_clean", "created_at"])
    return present


@transaction.atomic
def publish_copy(stored: StoredFile, *, actor: Actor, now: datetime) -> StoredFile:
    """The very same bytes where everybody reads them. Raises `Refused` if they changed."""
    if not rules.can_publish(actor):
        raise NotAllowed("publish a file")
    locked = StoredFile.objects.select_for_update().get(pk=stored.pk)
    if locked.is_public:
        return locked
    copy = original_of(locked)
    if not locked.is_clean:  # kept before files were cleaned as they came in
        copy = taken_in(copy, locked.name).parts[0]
    locked.public_sha256, locked.public_size = hashlib.sha256(copy).hexdigest(), len(copy)
    locked.published_at = now
    locked.save(update_fields=["public_sha256", "public_size", "published_at"])
    events.record("published", kind=KIND, key=locked.key, actor=actor, now=now)
    _write(public_storage(), locked.public_path, copy)
    return locked


@transaction.atomic
def withdraw_copy(stored: StoredFile, *, actor: Actor, now: datetime) -> StoredFile:
    """Take the public copy back; the original stays. Another file with the same copy keeps it."""
    if not rules.can_publish(actor):
        raise NotAllowed("withdraw a file")
    locked = StoredFile.objects.select_for_update().get(pk=stored.pk)
    if not locked.is_public:
        return locked
    digest, path = locked.public_sha256, locked.public_path
    locked.public_sha256, locked.public_size, locked.published_at = "", 0, None
    locked.save(update_fields=["public_sha256", "public_size", "published_at"])
    events.record("withdrawn", kind=KIND, key=locked.key, actor=actor, now=now)
    transaction.on_commit(lambda: _forget_copy(digest, path), robust=True)
    return locked


@transaction.atomic
def delete_file(stored: StoredFile, *, actor: Actor, now: datetime) -> bool:
    """Row, original and public copy go. False, and nothing happens, while something else holds the file."""
    key, digest, path = stored.key, stored.sha256, stored.original_path
    copy = (stored.public_sha256, stored.public_path)
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        return False
    events.record("deleted", kind=KIND, key=key, actor=actor, now=now)
    transaction.on_commit(lambda: _forget_original(digest, path), robust=True)
    if copy[0]:
        transaction.on_commit(lambda: _forget_copy(*copy), robust=True)
    return True


def original_of(stored: StoredFile) -> bytes:
    """The bytes as kept, to whoever may read them: the caller asks. Raises `Refused` if they changed."""
    with private_storage().open(stored_name(stored.sha256, stored.kind)) as file:
        content: bytes = file.read()
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise damaged()
    return content


def _forget_original(digest: str, path: str) -> None:
    if not StoredFile.objects.filter(sha256=digest).exists():
        private_storage().delete(path)


def _forget_copy(digest: str, path: str) -> None:
    if not StoredFile.objects.filter(public_sha256=digest).exists():
        public_storage().delete(path)


def _write(storage: Storage, path: str, content: bytes) -> None:
    """Once for all files with these bytes; those that are there are as new as ever for who sweeps."""
    if storage.exists(path):
        os.utime(storage.path(path))
    else:
        storage.save(path, ContentFile(content))
