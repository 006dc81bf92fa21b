"""The logo of an organization: made small and bare before it is kept, public once it is verified."""

import io
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from PIL import Image

from portal.common.actors import Actor, system
from portal.common.errors import Incomplete, Problem
from portal.files import domain as files
from portal.files.cleaning import cleaned
from portal.files.enums import FileType
from portal.files.models import StoredFile
from portal.files.reading import require_content
from portal.files.refusals import Refused
from portal.files.sniffing import file_type
from portal.organizations.models import Organization, ProfileChange

TYPES = frozenset({FileType.PNG, FileType.JPEG})
MOST_BYTES = 2 * 1024 * 1024
# Points of the longer side, twice as many as a page shows.
SIDE = 320
LOGOS = system("logos")


def store_logo(content: bytes, name: str, *, actor: Actor, now: datetime) -> StoredFile:
    """A PNG or JPEG, drawn anew with at most `SIDE` points a side. Raises `Incomplete` at `logo`."""
    if len(content) > MOST_BYTES:
        raise _refused(_("Choose a picture of at most 2 MB."))
    try:
        require_content(content)
        kind = file_type(content, name, accepted=TYPES)
        small = _small(cleaned(content, kind), kind)
        return files.store_file(small, name, actor=actor, now=now, accepted=TYPES)
    except Refused as refusal:
        raise _refused(refusal.message) from None


def publish_logo(organization: Organization, *, actor: Actor, now: datetime) -> None:
    """What its members chose has a public copy from now on, once; the secretariat has seen it."""
    if organization.logo is not None and not organization.logo.is_public:
        organization.logo = files.publish_copy(organization.logo, actor=actor, now=now)


def forget_logo(stored: StoredFile | None, *, now: datetime) -> None:
    """It is taken back and deleted, unless something else shows it."""
    if stored is None or _is_shown(stored):
        return
    files.delete_file(files.withdraw_copy(stored, actor=LOGOS, now=now), actor=LOGOS, now=now)


def _is_shown(stored: StoredFile) -> bool:
    waiting = ProfileChange.objects.filter(logo=stored)
    return Organization.objects.filter(logo=stored).exists() or waiting.exists()


def _small(content: bytes, kind: FileType) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        image.thumbnail((SIDE, SIDE))
        sink = io.BytesIO()
        image.save(sink, "PNG" if kind == FileType.PNG else "JPEG", optimize=True)
    return sink.getvalue()


def _refused(message: object) -> Incomplete:
    return Incomplete([Problem("logo", message)])
