"""Published conclusions as a tree in the reader's language; their page and the read API show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.common.languages import CODES
from portal.conclusions.enums import PartKind
from portal.conclusions.models import PublicConclusions
from portal.conclusions.outline import readable
from portal.publication.enums import RecordKind, RecordState, TranslationKind
from portal.publication.models import Record, RecordTranslation
from portal.publication.queries import in_language, published

# Parts that are public records too.
RECORDED = {
    PartKind.RECOMMENDATION: RecordKind.RECOMMENDATION,
    PartKind.GOOD_PRACTICE: RecordKind.PRACTICE,
}


@dataclass
class Node:
    """One part with what stands below it; `lang` of its words is empty where it is the reader's.

    A good practice has a `record` of its own.
    """

    key: str
    kind: PartKind
    number: str
    heading: str = ""
    body: str = ""
    lang: str = ""
    footnotes: list[str] = field(default_factory=list)
    parts: list["Node"] = field(default_factory=list)
    recommendations: list[Record] = field(default_factory=list)
    record: Record | None = None

    def below(self, kind: PartKind) -> Iterator["Node"]:
        """All of a kind that stand below it, at any depth."""
        for part in self.parts:
            if part.kind == kind:
                yield part
            yield from part.below(kind)

    def all_recommendations(self) -> Iterator[Record]:
        """Its own and those of all that stands below it."""
        yield from self.recommendations
        for part in self.parts:
            yield from part.all_recommendations()


def document_of(
    public: PublicConclusions, language: str, records: Mapping[str, Record] | None = None
) -> Node:
    """The whole document under one node that has no words of its own.

    Two queries for the public records of its recommendations; a preview brings its own.
    """
    parts: list[dict[str, Any]] = public.content["parts"]
    if records is None:
        keys = [part["key"] for part in parts if part["kind"] in RECORDED]
        rows = in_language(published().filter(kind__in=RECORDED.values(), source_key__in=keys), language)
        records = {str(record.source_key): record for record in rows}
    root = Node("", PartKind.SECTION, "")
    nodes = {"": root}
    for part in parts:
        above = nodes.get(part["parent"], root)
        if part["kind"] == PartKind.RECOMMENDATION:
            if part["key"] in records:
                above.recommendations.append(records[part["key"]])
        else:
            nodes[part["key"]] = _node(part, language, public.language)
            nodes[part["key"]].record = records.get(part["key"])
            above.parts.append(nodes[part["key"]])
    return root


def number_of(root: Node) -> int:
    """How many recommendations stand in the document."""
    return len(root.recommendations) + sum(number_of(part) for part in root.parts)


def languages_of(public: PublicConclusions) -> list[str]:
    """In which its words are public, the original first."""
    told = {code for part in public.content["parts"] for code in part["texts"]}
    return [public.language, *sorted(told - {public.language})]


def translated_whole(public: PublicConclusions, records: Mapping[str, Record] | None = None) -> list[str]:
    """Languages beside the original in which every text of the original is public.

    One query, for the translations of its records; a preview brings its own records.
    """
    parts: list[dict[str, Any]] = public.content["parts"]
    if records is None:
        keys = [part["key"] for part in parts if part["kind"] in RECORDED]
        rows = RecordTranslation.objects.filter(
            record__kind__in=RECORDED.values(),
            record__source_key__in=keys,
            record__state=RecordState.PUBLISHED,
            kind=TranslationKind.OFFICIAL,
        )
        stored = rows.values_list("record__source_key", "language")
        spoken = {key: {public.language} for key in keys}
        for key, language in stored:
            spoken[str(key)].add(language)
    else:
        spoken = {
            key: {record.language, *(row.language for row in record.translations.all())}
            for key, record in records.items()
        }
    whole = set(CODES) - {public.language}
    for part in parts:
        if part["kind"] == PartKind.RECOMMENDATION:
            whole &= spoken.get(part["key"], set())
        elif public.language in part["texts"]:
            whole &= set(part["texts"])
    return sorted(
        whole & {code for codes in (*spoken.values(), *(p["texts"] for p in parts)) for code in codes}
    )


def in_reader_language(texts: Mapping[str, Any], language: str, original: str) -> tuple[Any, str]:
    """The words in the reader's language, else in the original; then with the language they are in."""
    if language in texts:
        return texts[language], ""
    return texts.get(original, {}), "" if language == original else original


def _node(part: Mapping[str, Any], language: str, original: str) -> Node:
    words, lang = in_reader_language(part["texts"], language, original)
    return Node(
        key=part["key"],
        kind=PartKind(part["kind"]),
        number=part["number"],
        heading=readable(words.get("heading", "")),
        body=readable(words.get("body", "")),
        lang=lang,
        footnotes=[f"{number}. {text}" for number, text in words.get("footnotes", ())],
    )
