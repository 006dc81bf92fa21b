"""The logo of an organization: made small and bare before it is kept, public once it is verified."""

from datetime import datetime

from portal.common.actors import Actor, system
from portal.common.errors import Incomplete, Problem
from portal.files import domain as files
from portal.files.enums import FileType
from portal.files.intake import Wanted
from portal.files.models import StoredFile
from portal.files.refusals import Refused
from portal.organizations.logo_reading import READER
from portal.organizations.models import Organization, ProfileChange

MAX_MEGABYTES = 2
WANTED = Wanted(kinds=frozenset({FileType.PNG, FileType.JPEG}), megabytes=MAX_MEGABYTES, reader=READER)
LOGOS = system("logos")


def store_logo(content: bytes, name: str, *, actor: Actor, now: datetime) -> StoredFile:
    """A PNG or JPEG, drawn anew with at most `SIDE` points a side. Raises `Incomplete` at `logo`."""
    try:
        return files.store_file(content, name, actor=actor, now=now, wanted=WANTED)
    except Refused as refusal:
        raise Incomplete([Problem("logo", refusal.message)]) from None


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
