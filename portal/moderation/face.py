"""What becomes public of a text that waits, as it would enter the ledger now."""

from dataclasses import dataclass

from portal.common.countries import country_name
from portal.common.reviews import ReviewType, Row, Text
from portal.publication.authors import category_words
from portal.publication.kinds import WITHHELD
from portal.publication.projections import Projection
from portal.submissions.types import SubmissionType


@dataclass(frozen=True, slots=True)
class Face:
    """`author` is who readers are told speaks; `texts` stand in the order of the form."""

    title: str
    language: str
    author: str
    country: str
    texts: tuple[Text, ...]


def face_of(of: ReviewType, subject: Row) -> Face | None:
    """None where the text does not wait, or where its public face is no text beside another."""
    if not (isinstance(of, SubmissionType) and of.is_signed_alike and subject.state in of.states.waiting):
        return None
    face = of.project(subject)
    author = category_words(face.facts[WITHHELD]) if WITHHELD in face.facts else str(subject.organization)
    country = str(country_name(face.country)) if face.country else ""
    return Face(face.title, face.language, author, country, _texts(of, face))


def _texts(of: SubmissionType, face: Projection) -> tuple[Text, ...]:
    labels = {row.name: row.label for row in of.fields}
    return tuple(
        _text(labels.get(name, name), face.language, said) for name, said in face.texts.items() if said
    )


def _text(label: object, language: str, said: str | list[str]) -> Text:
    if isinstance(said, str):
        return Text(label, language, said)
    return Text(label, language, items=tuple(said))
