"""A file that goes with an intervention or good practice, as its step leaves it, made in this process."""

from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.attachments.reading import clean_and_read
from portal.common.actors import person
from portal.files.domain import keep
from portal.files.intake import TakenIn
from portal.files.sniffing import kind_of


def attach(
    row: Any, content: bytes, name: str, by: User, *, title: str = "A file", says: str = "Shown."
) -> Any:
    kind = kind_of(content)
    assert kind is not None
    copy, *words = clean_and_read(content, kind)
    stored = keep(TakenIn(kind, (copy, *words)), name, actor=person(by), now=timezone.now())
    return row.attachments.create(file=stored, title=title, alternative=says)
