"""Drafts made of a form that was filled in without a connection, all of them or none; its view calls it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.characters import one_line
from portal.common.languages import DEFAULT
from portal.consultations.page_queries import questions
from portal.consultations.paper_form import (
    BODY,
    COUNTRY,
    LANGUAGE,
    QUESTION,
    RECOMMENDATION,
    TITLE,
    question_mark,
)
from portal.consultations.question_choice import open_questions
from portal.interventions.drafts import InterventionFields
from portal.interventions.models import Intervention
from portal.interventions.submission import INTERVENTION
from portal.organizations.models import Organization
from portal.submissions.domain import create_draft
from portal.tables.vocabularies import COUNTRY_VOCABULARY, LANGUAGE_VOCABULARY


@dataclass(frozen=True, slots=True)
class Made:
    """The drafts in the order of the form, and what who wrote it should look at."""

    drafts: tuple[Intervention, ...]
    notes: tuple[str, ...]


@transaction.atomic
def make_drafts(
    written: Mapping[str, str],
    *,
    organization: Organization,
    language: str,
    key: UUID,
    actor: Actor,
    now: datetime,
) -> Made:
    """One draft for the text about several questions, one for each question below which something is written.

    `written` are texts by mark, `language` what they are in where the form does not say. The same again under
    the same `key` gives the same drafts, something else new ones. Raises `Incomplete` for what cannot be
    stored, `NotAllowed`.
    """
    read = _Read(written, language, organization, now)
    sent = json.dumps([str(organization.key), read.language, *sorted(written.items())])
    drafts = tuple(
        create_draft(
            INTERVENTION,
            organization=organization,
            language=read.language,
            fields=fields,
            key=uuid5(uuid5(key, sent), mark),
            actor=actor,
            now=now,
        )
        for mark, fields in read.texts()
    )
    return Made(drafts, tuple(read.notes))


class _Read:
    """What the boxes mean; `notes` tell what was not understood and where it went."""

    def __init__(
        self, written: Mapping[str, str], language: str, organization: Organization, now: datetime
    ) -> None:
        self.written, self.country, self.notes = written, organization.country, list[str]()
        self.language = LANGUAGE_VOCABULARY.code_of(written.get(LANGUAGE, "")) or language
        self.questions = {question_mark(page.key): page.key for page in questions(DEFAULT)}
        asked = [self.questions[mark] for mark in written if mark in self.questions]
        self.open = open_questions(asked, [organization], now)

    def texts(self) -> Iterator[tuple[str, InterventionFields]]:
        """Fields by mark; the key recommendations go with the first."""
        shared = self._shared()
        marks = [mark for mark in self.written if mark == BODY or mark.startswith(f"{QUESTION} ")]
        for number, mark in enumerate(marks or [BODY]):
            fields = replace(shared, body=self.written.get(mark, ""), question_keys=self._question(mark))
            yield mark, fields if number == 0 else replace(fields, recommendations=None)

    def _shared(self) -> InterventionFields:
        return InterventionFields(
            title=one_line(self.written.get(TITLE, "")),
            country=self._country(),
            recommendations=tuple(
                text for mark, text in self.written.items() if mark.startswith(f"{RECOMMENDATION} ")
            ),
        )

    def _country(self) -> str:
        word = one_line(self.written.get(COUNTRY, ""))
        code = COUNTRY_VOCABULARY.code_of(word)
        if word and not code:
            self.notes.append(
                _("The country “%(word)s” is not known here: choose it in the draft.") % {"word": word[:80]}
            )
        return code or ("" if word else self.country)

    def _question(self, mark: str) -> tuple[UUID, ...]:
        key = self.questions.get(mark)
        if key in self.open:
            return (key,)
        if mark != BODY:
            self.notes.append(
                _(
                    "A question of the form takes no interventions now. What you wrote below it is kept as a "
                    "draft: choose another question for it."
                )
            )
        return ()
