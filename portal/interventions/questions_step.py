"""Choosing guiding questions at the desk: at the start and as a step of its own.

Types of submissions that are about questions name it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.errors import Problem
from portal.common.languages import DEFAULT
from portal.consultations.question_choice import open_questions, question_choice
from portal.interventions.forms import QuestionsForm
from portal.interventions.queries import Chosen
from portal.interventions.sent import questions_of
from portal.organizations.models import Organization
from portal.submissions.forms import as_keys, asked_unknown
from portal.submissions.types import Start, Step


def start_on_questions(
    saved_as: Callable[..., Any],
) -> Callable[[QueryDict, Actor, QuerySet[Organization]], Start]:
    """On which questions; `?question=` marks one already. One that is not open is left out."""

    def start(asked: QueryDict, actor: Actor, organizations: QuerySet[Organization]) -> Start:
        texts = asked.getlist("questions") or asked.getlist("question")
        named = as_keys(texts)
        theirs, now = list(organizations), timezone.now()
        opened = open_questions(named, theirs, now)
        chosen = tuple(key for key in named if key in opened)
        return Start(
            organizations,
            fields=lambda organization: saved_as(question_keys=open_to(organization, chosen, now)),
            context=lambda: {
                **_choice(asked, chosen, theirs),
                "is_left_out": bool(asked_unknown(texts, chosen)),
            },
        )

    return start


def open_to(organization: Organization, keys: Sequence[UUID], now: datetime) -> tuple[UUID, ...]:
    """Those of the questions on which this organization can submit, in their order. At most five queries."""
    opened = open_questions(keys, [organization], now)
    return tuple(key for key in dict.fromkeys(keys) if key in opened)


def questions_step(
    form: type[QuestionsForm],
    *,
    problems: Callable[[Any, Chosen], Sequence[Problem]],
    before: str,
    is_optional: bool = False,
) -> Step:
    return Step(
        name="questions",
        title=_("Guiding questions"),
        form=form,
        problems=problems,
        is_started=lambda row, related: bool(related.keys),
        corrects=frozenset({"questions"}),
        is_optional=is_optional,
        before=before,
        inside="interventions/desk/questions_fields.html",
        context=_choosing,
    )


def asked_questions(request: HttpRequest, row: Any, related: Chosen, form: Any) -> dict[str, Any]:
    """What `interventions/desk/asked.html` shows above another step."""
    return {"questions": questions_of(related.keys)}


def still_open(fields: Any, organization: Organization, now: datetime) -> Any:
    """What is saved, without the questions that take no contributions any more."""
    return replace(fields, question_keys=open_to(organization, fields.question_keys or (), now))


def _choice(asked: QueryDict, chosen: Any, organizations: Sequence[Organization]) -> dict[str, Any]:
    find = asked.get("find", "")[:200]
    choice = question_choice(get_language() or DEFAULT, chosen, organizations, find)
    return {"choice": choice, "find": find, "deadlines": choice.deadlines}


def _choosing(request: HttpRequest, row: Any, related: Chosen, form: QuestionsForm) -> dict[str, Any]:
    return _choice(request.POST, form.keys if form.is_bound else related.keys, [row.organization])
