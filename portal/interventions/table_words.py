"""What the words of a table of interventions mean: consultations, sessions, questions, organizations, marks.

The import beside it asks; each answer is what was found, or a sentence about what is wrong.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from portal.common.languages import CODES, DEFAULT
from portal.consultations.models import ConsultationPage, Session
from portal.consultations.page_queries import CONSULTATION_AT, questions
from portal.organizations.models import Organization
from portal.organizations.public_bodies import PublicBodies
from portal.organizations.states import IN_LEDGER
from portal.tables.columns import Vocabulary, plain, short
from portal.taxonomy.queries import mark_names

T = TypeVar("T")
Names = Mapping[str, Sequence[T]]
_SEPARATORS = re.compile(r"[;,|\n]")


@dataclass(frozen=True, slots=True)
class Known:
    """Read once for a table. Names are `plain`; those of sessions and questions by their consultation."""

    consultations: Names[UUID]
    sessions: Mapping[UUID, Names[Session]]
    numbers: Mapping[UUID, Names[UUID]]
    bodies: PublicBodies
    organizations: Mapping[UUID, Organization]
    mark_words: Vocabulary

    @classmethod
    def read(cls) -> "Known":
        """At most ten queries."""
        rows = Organization.objects.filter(state__in=IN_LEDGER)
        marks = {code: mark_names(code) for code in CODES}
        return cls(
            _consultations(),
            _sessions(),
            _questions(),
            PublicBodies(),
            {row.key: row for row in rows},
            Vocabulary(
                marks[DEFAULT], {code: [marks[each][code] for each in CODES] for code in marks[DEFAULT]}
            ),
        )

    def consultation(self, word: str) -> tuple[UUID | None, str]:
        """By the slug of its page or its title in any language."""
        return _one(self.consultations, word, _("There is no consultation “%(word)s” here."))

    def session(self, consultation: UUID | None, word: str) -> tuple[Session | None, str]:
        """By its title in any language or its key; without a consultation nothing is said of it."""
        if consultation is None:
            return None, ""
        names = self.sessions.get(consultation, {})
        return _one(names, word, _("The consultation has no session “%(word)s”."))

    def questions(self, consultation: UUID | None, cell: str) -> tuple[list[UUID], str]:
        """By their numbers, such as `1.1; 2.3`, or their keys."""
        keys: list[UUID] = []
        for word in _words(cell) if consultation else ():
            names = self.numbers.get(consultation, {})  # type: ignore[arg-type]  # reason: asked above
            key, reason = _one(names, word, _("The consultation has no public question “%(word)s”."))
            if key is None:
                return [], reason
            keys.append(key)
        return list(dict.fromkeys(keys)), ""

    def organization(self, word: str) -> tuple[Organization | None, str]:
        """A public one, also one that is listed, by its number or one of its names."""
        body, reason = self.bodies.find(word)
        organization = self.organizations.get(body.key) if body else None
        if body is not None and organization is None:
            return None, _("This organization is not public.")
        return organization, reason

    def marks(self, cell: str) -> tuple[list[str], str]:
        """Codes in the order of the vocabulary, by code or name in any language, parted by `;`."""
        chosen = set()
        for word in re.split(r"[;|\n]", cell):
            if word.strip():
                code = self.mark_words.code_of(word)
                if not code:
                    return [], self.mark_words.unknown(word.strip())
                chosen.add(code)
        return [code for code in self.mark_words.labels if code in chosen], ""


def _words(cell: str) -> list[str]:
    return [word.strip() for word in _SEPARATORS.split(cell) if word.strip()]


def _one(names: Names[T], word: str, unknown: str) -> tuple[T | None, str]:
    """The one thing that is called so; nothing is said of an empty cell."""
    if not word:
        return None, ""
    matching = names.get(plain(word), [])
    if len(matching) == 1:
        return matching[0], ""
    if matching:
        return None, _("Several are called “%(word)s”. Give the key of one.") % {"word": short(word)}
    return None, unknown % {"word": short(word)}


def _named(rows: Iterable[tuple[T, Iterable[str]]]) -> dict[str, list[T]]:
    names: dict[str, list[T]] = defaultdict(list)
    for thing, words in rows:
        for word in {plain(word) for word in words if word}:
            if thing not in names[word]:
                names[word].append(thing)
    return dict(names)


def _consultations() -> dict[str, list[UUID]]:
    rows = ConsultationPage.objects.order_by("pk").values_list("translation_key", "slug", "title")
    return _named((key, (str(key), slug, title)) for key, slug, title in rows)


def _sessions() -> dict[UUID, dict[str, list[Session]]]:
    by_consultation: dict[UUID, list[Session]] = defaultdict(list)
    for session in Session.objects.order_by("pk"):
        by_consultation[session.consultation_key].append(session)
    return {
        key: _named((row, (str(row.key), *(getattr(row, f"title_{code}") for code in CODES))) for row in rows)
        for key, rows in by_consultation.items()
    }


def _questions() -> dict[UUID, dict[str, list[UUID]]]:
    by_consultation: dict[UUID, list[tuple[UUID, tuple[str, str]]]] = defaultdict(list)
    for page in questions(DEFAULT):
        by_consultation[page.ancestors[CONSULTATION_AT]].append((page.key, (page.number, str(page.key))))
    return {key: _named(rows) for key, rows in by_consultation.items()}
