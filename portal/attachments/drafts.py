"""What is said of attachments while a text is written, and what of it is to correct."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.attachments.limits import MAX_ALTERNATIVE, MAX_TITLE, PICTURES
from portal.attachments.models import Attachment
from portal.common.errors import Problem
from portal.common.phrases import too_long
from portal.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class Caption:
    title: str
    alternative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attaching:
    """What one save says: words of files that are there, by the file's key, those that go and come."""

    words: Mapping[UUID, Caption] = field(default_factory=dict)
    dropped: tuple[UUID, ...] = ()
    added: tuple[StoredFile, ...] = ()


def title_field(key: UUID) -> str:
    return f"caption_{key.hex}"


def alternative_field(key: UUID) -> str:
    return f"alternative_{key.hex}"


def unfit(key: UUID, words: Caption) -> list[Problem]:
    """What the table cannot hold: it stays in the form."""
    problems = []
    if (over := len(words.title) - MAX_TITLE) > 0:
        problems.append(Problem(title_field(key), too_long(over)))
    if (over := len(words.alternative) - MAX_ALTERNATIVE) > 0:
        problems.append(Problem(alternative_field(key), too_long(over)))
    return problems


def attachment_problems(attachments: Sequence[Attachment]) -> list[Problem]:
    """Each needs a title, and words for who cannot see the picture or open the file."""
    return [problem for each in attachments for problem in _problems(each)]


def _problems(attachment: Attachment) -> list[Problem]:
    """Each begins with what the file is called: there may be several."""
    file, told = attachment.file, []
    if not attachment.title.strip():
        told.append((title_field(file.key), _("Give this file a title.")))
    if not attachment.alternative.strip():
        missing = (
            _("Say what the picture shows, for who cannot see it.")
            if file.kind in PICTURES
            else _("Say in a sentence what is in this file.")
        )
        told.append((alternative_field(file.key), missing))
    return [Problem(name, f"{file.name}: {message}") for name, message in told]
