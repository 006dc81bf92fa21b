"""What a moderator reads about one thing: what was submitted, what it replaces, what changed since before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.common.reviews import (
    Alike,
    Fact,
    Field,
    Reader,
    Reading,
    ReviewType,
    Row,
    Text,
    reading_of,
)
from portal.organizations.review import facts_of
from portal.submissions.cuts import Passage, passages_of, redactions, told_version
from portal.submissions.differences import Change, Compared, beside, differences
from portal.submissions.models import Measure
from portal.submissions.queries import read_among
from portal.submissions.types import SubmissionType


@dataclass(frozen=True, slots=True)
class Dossier:
    """`reading` is None where the submitted text was not kept; `versions` are SubmittedVersions.

    `comparison` has a row for each field of what is replaced; then there is no need for the reading.
    `corrected` has a row for each thing that a correction changes of what is public, what weighs first.
    `alike` are those that may be the same one, what speaks most for it first.
    `earlier` has a row for each thing that was said before, beside what is said now. `passages` are left out
    of what was submitted last; once it is decided about, nothing here tells them. `was_redacted`: something
    is left out of one of its versions. `author` is empty where a field says by whom it is.
    """

    title: str
    language: str
    reading: Reading | None
    extra_texts: tuple[Text, ...]
    public_facts: tuple[Fact, ...]
    organization: tuple[Fact, ...]
    author: str
    versions: tuple[Any, ...]
    changes: tuple[Change, ...]
    comparison: tuple[Compared, ...]
    corrected: tuple[Compared, ...]
    earlier: tuple[Compared, ...]
    alike: tuple[Alike, ...]
    passages: tuple[Passage, ...] = ()
    was_redacted: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the last version came after its deadline."""
        return bool(self.versions and self.versions[-1].is_late)


def dossier_of(of: ReviewType, subject: Row, language: str) -> Dossier:
    """A constant number of queries for each type. Never what has been typed since it was submitted."""
    reader = Reader(language, is_review=True)
    versions, content = tuple(of.versions(subject)), of.content(subject)
    measures = redactions(of.kind, subject.key) if versions else []
    read = read_among(subject, versions) if versions else None
    passages = tuple(passages_of(read, measures)) if read else ()
    is_told_all = not passages or subject.state in of.states.waiting
    organization = of.organization_of(subject)
    says_who = any(field.name == "author" for field in of.fields)
    author = None if organization.is_protected or says_who else of.author_of(subject)
    written = of if isinstance(of, SubmissionType) and is_told_all else None
    corrected = tuple(written.corrected(subject, reader)) if written else ()
    return Dossier(
        title=str(content["title"]) if content else str(of.label),
        language=str(content["language"]) if content else "",
        reading=reading_of(_read_below(of, corrected), content, reader) if content else None,
        extra_texts=() if passages else of.extra_texts(subject),
        public_facts=of.public_facts(subject, language),
        organization=facts_of(organization, language),
        author=str(author) if author else "",
        versions=versions,
        changes=_changes(of, subject, versions, measures, reader),
        comparison=_comparison(of, subject, reader),
        corrected=corrected,
        alike=of.alike(subject),
        earlier=tuple(written.earlier(subject, reader)) if written else (),
        passages=passages,
        was_redacted=bool(measures),
    )


def _read_below(of: ReviewType, corrected: tuple[Compared, ...]) -> tuple[Field, ...]:
    """What stands in the table of the correction, word for word, is not told again."""
    told = {str(row.label) for row in corrected if not row.old}
    return tuple(row for row in of.fields if not (row.is_text and str(row.label) in told))


def _comparison(of: ReviewType, subject: Row, reader: Reader) -> tuple[Compared, ...]:
    pair = of.compared(subject)
    return beside(of.fields, *pair, reader) if pair else ()


def _changes(
    of: ReviewType, subject: Row, versions: tuple[Any, ...], measures: Sequence[Measure], reader: Reader
) -> tuple[Change, ...]:
    """Between the last version and the one before, where both are kept, without what is left out."""
    if len(versions) < 2:
        return ()
    old, new = (told_version(subject, row, versions, measures) for row in versions[-2:])
    return tuple(differences(of.fields, old, new, reader)) if old and new else ()
