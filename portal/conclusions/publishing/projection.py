"""What of a recommendation becomes public, field by field, from the draft it stands in."""

from collections.abc import Sequence

from portal.conclusions.enums import PartKind
from portal.conclusions.models import Evidence, Part, PartText
from portal.conclusions.outline import Outline, readable, without_marks
from portal.conclusions.support import ALL, Support, written
from portal.publication.enums import RecordKind, Relation
from portal.publication.projections import Link, Projection, Translated, mark_facts, mark_links, summary_of

TITLE_LENGTH = 140
Texts = dict[str, str | list[str]]


def project(
    part: Part,
    outline: Outline,
    *,
    evidence: Sequence[Evidence],
    reflected: Sequence[str],
    support: Sequence[Support],
    year: int,
) -> Projection:
    """The public face; `reflected` are keys of interventions that the dispositions call reflected in it."""
    original, *others = outline.public_texts(part)
    return Projection(
        kind=RecordKind.RECOMMENDATION,
        source_key=part.key,
        language=original.language,
        title=title_of(original),
        summary=summary_of(without_marks(original.body or original.heading)),
        year=year,
        texts=_texts(part, original, outline),
        facts=_facts(part, outline, support),
        links=_links(part, evidence, reflected),
        translations=tuple(
            Translated(language=text.language, title=title_of(text), texts=_texts(part, text, outline))
            for text in others
        ),
    )


def title_of(text: PartText) -> str:
    """Its heading, else the beginning of its words; a title ends without a full stop."""
    return summary_of(without_marks(text.heading or text.body).removesuffix("."), TITLE_LENGTH)


def _texts(part: Part, text: PartText, outline: Outline) -> Texts:
    notes = [note for note in part.footnotes.all() if note.language == text.language]
    said = readable(text.body or text.heading)
    texts: Texts = {"text": said, "footnotes": [f"{note.number}. {note.text}" for note in notes]}
    for name, kind in (("segment", PartKind.SEGMENT), ("priority_area", PartKind.PRIORITY_AREA)):
        above = outline.above(part, kind)
        named = outline.public_texts(above) if above else []
        heading = next((each.heading for each in named if each.language == text.language), "")
        texts[name] = without_marks(heading)
    return {name: value for name, value in texts.items() if value}


def _facts(part: Part, outline: Outline, support: Sequence[Support]) -> dict[str, str]:
    """Codes, numbers and keys; the words of segment and area stand among the texts."""
    facts = getattr(part, "facts", None)
    segment = outline.above(part, PartKind.SEGMENT)
    area = outline.above(part, PartKind.PRIORITY_AREA)
    return {
        "consultation": str(outline.conclusions.consultation_key),
        "place": part.number,
        "segment": str(segment.key) if segment else "",
        "segment_number": segment.number if segment else "",
        "priority_area": str(area.key) if area else "",
        "addressees": " ".join(addressees_of(part)),
        "origin": "plenary" if facts and facts.is_from_plenary else "",
        "force": next((row.force.value for row in support if row.category == ALL), ""),
        "support": written(support),
        **mark_facts(marks_of(part)),
    }


def addressees_of(part: Part) -> list[str]:
    return [row.type_code for row in part.addressees.all()]


def marks_of(part: Part) -> list[str]:
    """Codes of its cross-cutting marks."""
    facts = getattr(part, "facts", None)
    return list(facts.marks) if facts else []


def _links(part: Part, evidence: Sequence[Evidence], reflected: Sequence[str]) -> tuple[Link, ...]:
    keys = [str(row.intervention_key) for row in evidence if row.intervention_key is not None]
    drawn = [Link(Relation.DRAWS_ON, key) for key in dict.fromkeys((*keys, *reflected))]
    asked = [Link(Relation.ADDRESSES, code) for code in addressees_of(part)]
    return (*drawn, *asked, *mark_links(marks_of(part)))
