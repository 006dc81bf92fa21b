"""What an import of conclusions came to; the import fills it, the command prints it."""

from dataclasses import dataclass, field

from portal.conclusions.document import Document, Unplaced
from portal.conclusions.models import Conclusions
from portal.tables.report import Report


@dataclass(slots=True)
class ConclusionsReport(Report):
    """Its errors are parts left as they are: the file says something new, and so does an editor.

    `missing` are parts of an earlier import that the file no longer has and that somebody changed;
    `unpaired` are pieces of a translation that go with no part of the tree, `untranslated` the parts of the
    tree that it leaves without one; `removed` are parts of the file that an editor removed from the draft.
    """

    document: Document | None = None
    conclusions: Conclusions | None = None
    missing: list[str] = field(default_factory=list)
    unpaired: list[Unplaced] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    is_public: bool = False
