"""What a receipt says, in the active language; its files and mails are made of it."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from portal.common.formatting import day, local_day, moment
from portal.common.languages import DEFAULT
from portal.moderation.due import due_on
from portal.pdf.parts import Document, Section, Text
from portal.submissions.amending.queries import amended_at
from portal.submissions.amending_enums import Part
from portal.submissions.models import SubmittedVersion
from portal.submissions.types import SubmissionType

PORTAL = "Cartagena+40"


@dataclass(frozen=True, slots=True)
class Wording:
    """A receipt in words. `verify` is an address; `following` are sentences, with their days."""

    title: str
    number: str
    at: str
    digest: str
    following: tuple[str, ...]
    verify: str
    is_amended: bool = False


@dataclass(frozen=True, slots=True)
class Amended:
    """What the receipt of a version says that nobody wrote at the desk of its organization."""

    title: Promise
    now: Promise


AMENDED: dict[Part, Amended] = {
    Part.TEXT: Amended(
        _lazy("Amendment accepted"),
        _lazy(
            "Your organization accepted what the secretariat proposed. It is public as this version says it."
        ),
    ),
    Part.FILING: Amended(
        _lazy("Filed anew by two of the secretariat"),
        _lazy("Two of the secretariat have corrected where it is filed. Its words are as they were."),
    ),
}


def words_of(of: SubmissionType, version: SubmittedVersion) -> Wording:
    """Never title or organization: so a receipt can be shown without saying what it is about. One query."""
    part = amended_at(version.kind, version.submission_key).get(version.submitted_at)
    return Wording(
        title=str(AMENDED[part].title if part else of.phrases.received),
        number=version.receipt_number,
        at=moment(version.submitted_at, is_full=True),
        digest=version.digest,
        following=(str(AMENDED[part].now),) if part else following(version),
        verify=f"{settings.SITE_URL}{verify_address(version.receipt_number)}",
        is_amended=part is not None,
    )


def following(version: SubmittedVersion) -> tuple[str, ...]:
    """Who reads it and by when, what then comes, and what its authors can do meanwhile."""
    days = settings.DECISION_WORKING_DAYS
    read = ngettext(
        "The technical secretariat reads it by %(day)s: within %(number)s working day.",
        "The technical secretariat reads it by %(day)s: within %(number)s working days.",
        days,
    ) % {"day": day(due_on(local_day(version.submitted_at))), "number": days}
    return (
        read,
        _("It is then published, or returned to you with the reason. You are told by mail and at your desk."),
        _("Until somebody begins to read it you can take it back at your desk and change it."),
    )


def code_of(is_amended: bool) -> str:
    if is_amended:
        return _("Control code of this version (SHA-256):")
    return _("Control code of what you submitted (SHA-256):")


def download_of(is_amended: bool) -> str:
    return _("Download this version") if is_amended else _("Download what you submitted")


def verify_address(number: str) -> str:
    """A path in the active language."""
    return f"{reverse('verify')}?{urlencode({'number': number})}"


def document_of(words: Wording) -> Document:
    language = get_language() or DEFAULT
    return Document(
        language=language,
        eyebrow=" · ".join((PORTAL, _("Receipt"))),
        title=words.title,
        author=PORTAL,
        notice="",
        facts=_facts(words),
        sections=tuple(Section(key, title, parts) for key, title, parts in _sections(words)),
    )


def text_of(words: Wording) -> str:
    """For mails and for the file in plain text: short lines, no layout."""
    lines = [PORTAL, _("Receipt"), "", words.title, ""]
    lines += [f"{term} {value}" for term, value in _facts(words)]
    for _key, title, parts in _sections(words):
        lines += ["", title, *(part.text for part in parts)]
    return "\n".join([*lines, ""])


def _facts(words: Wording) -> tuple[tuple[str, str], ...]:
    since = _("Public since:") if words.is_amended else _("Received:")
    return ((_("Number:"), words.number), (since, words.at))


def _sections(words: Wording) -> tuple[tuple[str, str, tuple[Text, ...]], ...]:
    next_title = _("Where it stands") if words.is_amended else _("What comes next")
    return (
        (
            "code",
            code_of(words.is_amended),
            (Text(words.digest, is_code=True),),
        ),
        (
            "next",
            next_title,
            tuple(Text(each) for each in words.following),
        ),
        (
            "verify",
            _("Verify this receipt"),
            (
                Text(
                    _(
                        "With this number and the file “%(file)s”, which you download at your desk, anybody "
                        "can see that this is what was submitted:"
                    )
                    % {"file": f"{words.number}.json"}
                ),
                Text(words.verify, is_code=True),
            ),
        ),
    )
