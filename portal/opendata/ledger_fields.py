"""The fields of the lines of the ledger's file, as a codebook like that of every export."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.opendata.words import RELATIONS
from portal.publication.enums import TranslationMaker
from portal.records.columns import LANGUAGES, codebook_of, told_of
from portal.records.types import RecordType, record_types
from portal.tables.codebook import Columns, Holds, Meaning, labelled

MAKERS = {each.value: each.label for each in TranslationMaker}
WITH_TEXT = _("it came with the text: its words stand in “content”")
WITHDRAWN = _("a record that was withdrawn leaves only its number and days")
LINE: Columns = (
    Meaning("id", _("Permanent number; /r/NUMBER/ leads to the page"), Holds.NUMBER),
    Meaning("kind", _("What kind of record it is"), Holds.CODE),
    Meaning("published_at", _("When it first became public"), Holds.MOMENT),
    Meaning("updated_at", _("When it last changed"), Holds.MOMENT),
    Meaning("withdrawn_at", _("When it was withdrawn"), Holds.MOMENT, empty=_("it is public")),
    Meaning("merged_into", _("Record with which it is one"), Holds.NUMBER, empty=_("it was not merged")),
    Meaning("url", _("Its permanent address"), Holds.ADDRESS),
    Meaning("version", _("Number of the version that is public"), Holds.WHOLE, empty=WITHDRAWN),
    Meaning("sha256", _("SHA-256 of “content” as canonical JSON"), Holds.DIGEST, empty=WITHDRAWN),
    Meaning(
        "organization",
        _("Permanent number of the organization that is the author"),
        Holds.NUMBER,
        empty=_("no organization, or its record is withdrawn"),
    ),
    Meaning("facts", _("Codes, numbers and days, named as in the exports"), empty=WITHDRAWN),
    Meaning(
        "links[].relation", _("What the record says of the other"), Holds.CODE, codes=labelled(RELATIONS)
    ),
    Meaning("links[].target", _("Number, key or code of the other; only what is public"), Holds.NUMBER),
    Meaning("links[].confirmed", _("Whether a second person has confirmed it"), Holds.TRUE_FALSE),
    Meaning(
        "translations[].language",
        _("Language of an official translation"),
        Holds.CODE,
        "ISO 639-1",
        LANGUAGES,
    ),
    Meaning("translations[].of_version", _("Version that was translated"), Holds.WHOLE),
    Meaning("translations[].made_by", _("Who made it"), Holds.CODE, codes=labelled(MAKERS), empty=WITH_TEXT),
    Meaning("translations[].source", _("Its source, or the service that made it"), empty=WITH_TEXT),
    Meaning("translations[].title", _("Title in this language"), empty=WITH_TEXT),
    Meaning("translations[].texts", _("Texts by name in this language"), empty=WITH_TEXT),
    Meaning("versions[].number", _("Number of a version"), Holds.WHOLE),
    Meaning("versions[].published_at", _("When that version became public"), Holds.MOMENT),
    Meaning("versions[].sha256", _("SHA-256 of that version"), Holds.DIGEST),
    Meaning(
        "content", _("What the digest is made of: what the version that is public says"), empty=WITHDRAWN
    ),
    Meaning("content.kind", _("What kind of record it is"), Holds.CODE),
    Meaning("content.language", _("Language it was written in"), Holds.CODE, "ISO 639-1", LANGUAGES),
    Meaning("content.title", _("Title as it was written")),
    Meaning("content.summary", _("Beginning of the text")),
    Meaning("content.country", _("Country that it is about"), Holds.CODE, "ISO 3166-1 alpha-2"),
    Meaning("content.type", _("Type of the organization, as a code"), Holds.CODE),
    Meaning("content.year", _("Year that it counts for"), Holds.WHOLE, _("year")),
    Meaning(
        "content.organization",
        _("Internal key of the organization; “organization” gives its number"),
        Holds.NUMBER,
    ),
    Meaning("content.texts", _("Texts by name, as they were written")),
    Meaning("content.facts", _("Facts as the register keeps them")),
    Meaning("content.links", _("Relations and keys that were public with this version")),
    Meaning("content.translations", _("Official translations: language, title, texts by name")),
)
HEADING = ("file", "field", "meaning", "type", "unit", "codes", "empty")


def fields_of(declared: RecordType) -> Iterator[Meaning]:
    """What the lines of a kind have besides: its facts and its texts."""
    known = {each.column: each for each in codebook_of(declared)}
    for name in told_of(declared):
        yield _below("facts", known[name])
    for name in declared.texts:
        heading = declared.headings.get(name) or _("Text of the record")
        yield Meaning(f"content.texts.{name}", heading)


def _below(place: str, meaning: Meaning) -> Meaning:
    return Meaning(
        f"{place}.{meaning.column}", meaning.text, meaning.holds, meaning.unit, meaning.codes, meaning.empty
    )


def codebook() -> Iterator[tuple[str, Columns]]:
    """The file of each kind with its fields; those of all kinds come first, without a file."""
    yield "", LINE
    for declared in record_types():
        yield file_of(declared), tuple(fields_of(declared))


def file_of(declared: RecordType) -> str:
    return f"{declared.path}.jsonl"
