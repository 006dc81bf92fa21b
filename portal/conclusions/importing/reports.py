"""What an import of conclusions came to; the import fills it, the command prints it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.conclusions.document import Document, Unplaced
from portal.conclusions.models import Conclusions
from portal.tables.report import Report


class Notice(StrEnum):
    """What an import tells beside its counts: something that somebody made changes, stays or goes."""

    LEFT_OUT = "left_out"
    REMOVED = "removed"
    REWORDED = "reworded"
    OUTDATED = "outdated"
    REORDERED = "reordered"
    DOUBLED = "doubled"
    SAME_WORDS = "same_words"
    LEFT_BEHIND = "left_behind"
    WITHDRAWN = "withdrawn"


SENTENCES: Mapping[Notice, str] = {
    Notice.LEFT_OUT: "left out, as an editor removed it",
    Notice.REMOVED: "no longer in the file, removed",
    Notice.REWORDED: "what backs it was taken for other words, look at it again",
    Notice.OUTDATED: "these translations are of the words before",
    Notice.REORDERED: "now in the order of the file",
    Notice.DOUBLED: "more than one recommendation has this number",
    Notice.SAME_WORDS: "says the words of another language",
    Notice.LEFT_BEHIND: "stays with the version before",
    Notice.WITHDRAWN: "publishing this draft withdraws",
}


@dataclass(slots=True)
class ConclusionsReport(Report):
    """Its errors are parts left as they are: the file says something new, and so does an editor.

    `missing` are parts of an earlier import that the file no longer has and that somebody changed or backed;
    `unpaired` are pieces of a translation that go with no part of the tree, `untranslated` the parts of the
    tree that it leaves without one.
    """

    document: Document | None = None
    conclusions: Conclusions | None = None
    missing: list[str] = field(default_factory=list)
    unpaired: list[Unplaced] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)
    notices: dict[Notice, list[str]] = field(default_factory=lambda: defaultdict(list))
    is_public: bool = False

    def tell(self, notice: Notice, text: str) -> None:
        self.notices[notice].append(text)
