"""Interventions made in the room as the table that their import reads; private, the command calls it."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from portal.interventions.models import Intervention, MadeInRoom
from portal.interventions.table_words import Known, Names
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.submissions.cuts import redacted_contents
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from portal.tables.columns import plain
from portal.tables.writing import Cell

AT_ONCE = 500
TEXTS = ("title", "body", "recommendations")
NOT_TOLD = (SubmissionState.WITHDRAWN, SubmissionState.DECLINED, SubmissionState.TAKEN_DOWN)


def room_rows() -> Iterator[Sequence[Cell]]:
    """What is neither withdrawn, declined nor taken down, in the columns of `imports.COLUMNS`.

    In the order in which it was entered, texts without what is left out of them. What the import knows by a
    name is called so, else by its number or key. At most sixteen queries, and one for each `AT_ONCE` rows.
    """
    words = TableWords(Known.read())
    cut = redacted_contents(submission_type(RecordKind.INTERVENTION))
    rooms = MadeInRoom.objects.exclude(intervention__state__in=NOT_TOLD)
    rows = rooms.select_related("intervention__organization", "session")
    rows = rows.prefetch_related("intervention__answers").order_by("pk")
    for room in rows.iterator(chunk_size=AT_ONCE):
        said, session = room.intervention, room.session
        texts = cut.get(said.key) or {name: getattr(said, name) for name in TEXTS}
        yield (
            texts["title"],
            words.consultations.get(session.consultation_key, str(session.consultation_key)),
            words.session(session.consultation_key, str(session), str(session.key)),
            words.organizations.get(said.organization.key, ""),
            room.speaker_role,
            said.language,
            said.country,
            texts["body"],
            parted(texts["recommendations"]),
            "; ".join(words.questions(session.consultation_key, said)),
            room.manner,
            room.source,
            "; ".join(said.marks),
        )


def parted(texts: Sequence[str]) -> str:
    """Several texts in one cell, so that one of several lines stays one."""
    joined = "|".join(texts)
    return f"{joined}|" if "\n" in joined and len(texts) == 1 else joined


class TableWords:
    """The names by which the import knows things, where it knows one thing by them."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.consultations = _names(known.consultations)
        self._questions = {key: _names(names) for key, names in known.numbers.items()}
        rows = published(RecordKind.ORGANIZATION)
        self.organizations: Mapping[UUID, str] = {
            row.source_key: row.title if self._means(row.title, row.source_key) else row.public_id
            for row in rows
        }

    def _means(self, name: str, organization: UUID) -> bool:
        return [body.key for body in self.known.bodies.named(name)] == [organization]

    def session(self, consultation: UUID, title: str, key: str) -> str:
        named = self.known.sessions.get(consultation, {}).get(plain(title), ())
        return title if len(named) == 1 else key

    def questions(self, consultation: UUID, said: Intervention) -> list[str]:
        names = self._questions.get(consultation, {})
        return [names.get(row.question_key, str(row.question_key)) for row in said.answers.all()]


def _names(things: Names[UUID]) -> dict[UUID, str]:
    """The shortest name that each has alone."""
    names: dict[UUID, str] = {}
    for name in sorted(things, key=lambda name: (len(name), name)):
        if len(things[name]) == 1:
            names.setdefault(things[name][0], name)
    return names
