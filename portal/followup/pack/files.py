"""The packs that were made, as files in private: views give out those that still say what is public.

A document is kept as JSON under the digest of what it is made of, and its PDF file beside it; what a draft
counted under its own SHA-256.
"""

import hashlib
import json
from datetime import datetime
from functools import lru_cache

from django.core.files.base import ContentFile
from django.db import transaction

from portal.common.digests import canonical, digest_of
from portal.common.languages import CODES
from portal.files.models import private_storage
from portal.followup.models import ReviewCycle, ReviewPack
from portal.followup.pack.content import Source, source_of
from portal.followup.pack.held import Numbers
from portal.followup.pack.names import Names, read_names
from portal.followup.snapshots import files as snapshots
from portal.pdf.parts import Document, read
from portal.publication.figures import counted_once

# Another number when packs come to look or read otherwise: all are made anew.
FORM = 2


def keep_draft(cycle: ReviewCycle, now: datetime) -> Source:
    """Count what is public now, as the snapshot would be."""
    file = canonical(snapshots.content_of(cycle, now))
    sha256 = hashlib.sha256(file).hexdigest()
    _write(_draft_path(sha256), file)
    return source_of(cycle, file, sha256, is_provisional=True)


def source_kept(cycle: ReviewCycle, sha256: str) -> Source:
    """The snapshot, or what a draft counted. Raises `SnapshotChanged` for another than the frozen one."""
    if cycle.is_frozen and sha256 == cycle.snapshot:
        return source_of(cycle, snapshots.bytes_of(cycle), sha256, is_provisional=False)
    return source_of(cycle, _read(_draft_path(sha256)), sha256, is_provisional=True)


def made_of(sha256: str, names: Names, *, is_provisional: bool) -> str:
    """The digest of everything that goes into a document, but the words of the portal."""
    return digest_of(
        {
            "source": sha256,
            "is_provisional": is_provisional,
            "language": names.language,
            "names": names.digest(),
            "form": FORM,
        }
    )


def current(cycle: ReviewCycle, language: str) -> ReviewPack | None:
    """The pack, where it is of the cycle's newest file and names everything as the ledger does now.

    Two queries while nothing public changes. Raises `SnapshotChanged`.
    """
    row = ReviewPack.objects.filter(cycle=cycle, language=language).first()
    if row is None or (cycle.is_frozen and row.source != cycle.snapshot):
        return None
    today = _made_of_today(cycle.slug, row.source, language, not cycle.is_frozen)
    return row if row.made_of == today else None


def current_by_language(cycle: ReviewCycle) -> dict[str, ReviewPack]:
    """All that are as they should be."""
    rows = ((language, current(cycle, language)) for language in CODES)
    return {language: row for language, row in rows if row is not None}


def keep(
    source: Source, language: str, document: Document, file: bytes, *, digest: str, pages: int, now: datetime
) -> ReviewPack:
    """The newest one; files of the one before go."""
    before = ReviewPack.objects.filter(cycle=source.cycle, language=language).first()
    _write(_path(digest, "json"), canonical(document.as_json()))
    _write(_path(digest, "pdf"), file)
    told = {
        "source": source.sha256,
        "made_of": digest,
        "sha256": hashlib.sha256(file).hexdigest(),
        "size": len(file),
        "pages": pages,
        "made_at": now,
    }
    row, _is_new = ReviewPack.objects.update_or_create(cycle=source.cycle, language=language, defaults=told)
    if before is not None:
        transaction.on_commit(lambda: _drop(before))
    return row


def document_in(row: ReviewPack) -> Document:
    return read(json.loads(_read(_path(row.made_of, "json"))))


def pdf_in(row: ReviewPack) -> bytes:
    return _read(_path(row.made_of, "pdf"))


@counted_once
def _made_of_today(slug: str, sha256: str, language: str, is_provisional: bool) -> str:
    names = read_names(_numbers(slug, sha256), language)
    return made_of(sha256, names, is_provisional=is_provisional)


@lru_cache(maxsize=8)
def _numbers(slug: str, sha256: str) -> Numbers:
    """What is named in a file, which never changes under its SHA-256."""
    return source_kept(ReviewCycle.objects.get(slug=slug), sha256).held.numbers()


def _drop(before: ReviewPack) -> None:
    """What no pack is made of any more."""
    storage = private_storage()
    if not ReviewPack.objects.filter(made_of=before.made_of).exists():
        for kind in ("json", "pdf"):
            storage.delete(_path(before.made_of, kind))
    if not ReviewPack.objects.filter(source=before.source).exists():
        storage.delete(_draft_path(before.source))


def _write(path: str, content: bytes) -> None:
    storage = private_storage()
    if storage.exists(path):
        storage.delete(path)
    storage.save(path, ContentFile(content))


def _read(path: str) -> bytes:
    with private_storage().open(path) as file:
        content: bytes = file.read()
    return content


def _path(digest: str, kind: str) -> str:
    return f"packs/{digest}.{kind}"


def _draft_path(sha256: str) -> str:
    return f"packs/{sha256}.draft.json"
