"""What the columns mean that the exports of all kinds of records have, and the codebook of each kind."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.phrases import LANGUAGE_NAMES
from portal.publication.kinds import MARKS
from portal.publication.models import Record
from portal.records.types import RecordType
from portal.tables.codebook import Columns, Holds, Labels, Meaning, labelled
from portal.taxonomy.queries import mark_names

COUNTRIES = "ISO 3166-1 alpha-2"
LANGUAGES: Callable[[str], Labels] = labelled(LANGUAGE_NAMES)
# As `Reading.label` says it.
TRANSLATIONS = {
    "official": _("official translation"),
    "machine": _("machine draft that nobody has checked"),
    "stale": _("official translation of an earlier version"),
    "machine_stale": _("machine draft of an earlier version"),
}
NO_ORGANIZATION = _("no organization, or its record is withdrawn")
NO_TEXT = _("the record does not have this text")
WHICH_TRANSLATION = Meaning(
    "translation",
    _("What this row’s title and texts are, where they are a translation"),
    Holds.CODE,
    codes=labelled(TRANSLATIONS),
    empty=_("the original"),
)
COMMON: Columns = (
    Meaning("id", _("Permanent number; /r/NUMBER/ leads to the page"), Holds.NUMBER),
    Meaning("title", _("Title, in the reader’s language where there is a translation")),
    Meaning("language", _("Language of this row’s title and texts"), Holds.CODE, "ISO 639-1", LANGUAGES),
    Meaning("original_language", _("Language it was written in"), Holds.CODE, "ISO 639-1", LANGUAGES),
    WHICH_TRANSLATION,
    Meaning(
        "organization_id",
        _("Permanent number of the organization that is the author"),
        Holds.NUMBER,
        empty=NO_ORGANIZATION,
    ),
    Meaning("organization", _("Name of that organization"), empty=NO_ORGANIZATION),
    Meaning("organization_type", _("Type of that organization, in words"), empty=NO_ORGANIZATION),
    Meaning("country", _("Country that it is about"), Holds.CODE, COUNTRIES, empty=_("no one country")),
    Meaning("country_name", _("Name of that country"), empty=_("no one country")),
    Meaning("year", _("Year that it counts for"), Holds.WHOLE, _("year")),
    Meaning("published_on", _("Day on which it first became public, by UTC"), Holds.DAY),
    Meaning("summary", _("Beginning of the text"), empty=NO_TEXT),
    Meaning("url", _("Its page"), Holds.ADDRESS),
)
_MARKS = Meaning(
    MARKS, _("Cross-cutting marks that it bears"), Holds.CODES, codes=mark_names, empty=_("no mark")
)


def columns_of(declared: RecordType) -> tuple[str, ...]:
    """What all kinds have, the stored facts of the kind, and what is told of it today."""
    common = [each.column for each in COMMON]
    texts = [text_column(name) for name in declared.exported]
    return (*common, *texts, *(name for name in told_of(declared) if name not in common))


def told_of(declared: RecordType) -> tuple[str, ...]:
    """The facts that exports and the read API tell of a kind."""
    told = declared.facts_now(Record(kind=declared.kind, published_at=timezone.now()), timezone.now())
    marks = (MARKS,) if declared.is_marked else ()
    return tuple(dict.fromkeys((*sorted(declared.facts - declared.kept), *told, *marks)))


def text_column(name: str) -> str:
    """The column of a text; facts may have the same name."""
    return f"{name}_text"


def codebook_of(declared: RecordType) -> Columns:
    """The meaning of each column of the export of a kind, in their order."""
    known = {each.column: each for each in (*COMMON, _MARKS, *declared.columns)}
    return tuple(known.get(name) or Meaning(name, "") for name in columns_of(declared))
