"""Choosing guiding questions at the desk: at the start and as a step of its own.

Types of submissions that are about questions name it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
from portal.consultations.deadlines import in_order
from portal.consultations.guidance import documents_for
from portal.consultations.question_choice import open_questions, open_wholes, question_choice
from portal.consultations.wholes import whole_links
from portal.interventions.forms import QuestionsForm
from portal.interventions.queries import Chosen
from portal.interventions.sent import questions_of
from portal.organizations.models import Organization
from portal.publication.wholes import as_codes
from portal.submissions.deadlines import Deadline
from portal.submissions.forms import as_keys, asked_unknown
from portal.submissions.types import Start, Step


@dataclass(frozen=True, slots=True)
class Topics:
    """Questions by key, and by their codes what as a whole, on which something is written."""

    keys: tuple[UUID, ...]
    wholes: tuple[str, ...] = ()


def start_on_questions(
    saved_as: Callable[..., Any],
) -> Callable[[QueryDict, Actor, QuerySet[Organization]], Start]:
    """On what; `?question=` and `?about=` have chosen already. What is not open is left out.

    The country begins as that of the organization.
    """

    def start(asked: QueryDict, actor: Actor, organizations: QuerySet[Organization]) -> Start:
        theirs, now = list(organizations), timezone.now()
        chosen = named_in(asked)
        opened = open_topics(theirs, chosen, now)
        return Start(
            organizations,
            fields=lambda organization: _begun(saved_as, organization, opened, now),
            context=lambda: {**_offered(asked, opened, theirs), "is_left_out": _left_out(asked, opened)},
            asks="questions",
        )

    return start


def named_in(asked: QueryDict) -> Topics:
    """What an address or form asks for."""
    texts = asked.getlist("questions") or asked.getlist("question")
    return Topics(as_keys(texts), tuple(dict.fromkeys(filter(None, asked.getlist("about")))))


def open_topics(organizations: Sequence[Organization], topics: Topics, now: datetime) -> Topics:
    """Those on which any of the organizations can submit, in their order. At most twelve queries."""
    keys = open_questions(topics.keys, organizations, now)
    codes = open_wholes(as_codes(topics.wholes), organizations, now)
    return Topics(
        tuple(key for key in dict.fromkeys(topics.keys) if key in keys),
        tuple(code for code in dict.fromkeys(topics.wholes) if code in codes),
    )


def _left_out(asked: QueryDict, opened: Topics) -> bool:
    texts = asked.getlist("questions") or asked.getlist("question")
    return bool(asked_unknown(texts, opened.keys)) or not {*asked.getlist("about")} <= {*opened.wholes}


def _begun(saved_as: Callable[..., Any], organization: Organization, topics: Topics, now: datetime) -> Any:
    own = open_topics([organization], topics, now)
    return saved_as(question_keys=own.keys, wholes=own.wholes, country=organization.country)


def _offered(asked: QueryDict, chosen: Topics, organizations: Sequence[Organization]) -> dict[str, Any]:
    """Who comes from a question or the like has chosen."""
    is_kept = "chosen" in asked or not {"questions", "find", "draft_key"} & asked.keys()
    if (chosen.keys or chosen.wholes) and is_kept:
        return asked_about(chosen) | {"deadlines": deadlines_on(chosen, organizations, timezone.now())}
    return _choice(asked, chosen, organizations)


def deadlines_on(topics: Topics, organizations: Sequence[Organization], now: datetime) -> list[Deadline]:
    """Until when any of the organizations can submit, the first to end first. At most twelve queries."""
    told: dict[Any, list[Deadline]] = {**open_questions(topics.keys, organizations, now)}
    told |= open_wholes(topics.wholes, organizations, now)
    return sorted({each for rows in told.values() for each in rows}, key=in_order)


def questions_step(
    form: type[QuestionsForm],
    *,
    problems: Callable[[Any, Chosen], Sequence[Problem]],
    before: str,
    is_optional: bool = False,
    is_aside: bool = False,
) -> Step:
    return Step(
        name="questions",
        title=_("What it is about"),
        form=form,
        problems=problems,
        is_started=lambda row, related: bool(related.named),
        corrects=frozenset({"questions"}),
        is_optional=is_optional,
        is_aside=is_aside,
        before=before,
        inside="interventions/desk/questions_fields.html",
        context=_choosing,
    )


def asked_questions(request: HttpRequest, row: Any, related: Chosen, form: Any) -> dict[str, Any]:
    """What `interventions/desk/asked.html` shows above another step."""
    return asked_about(related)


def still_open(fields: Any, organization: Organization, now: datetime) -> Any:
    """What is saved, without the topics that take no contributions any more."""
    told = Topics(fields.question_keys or (), fields.wholes or ())
    opened = open_topics([organization], told, now)
    return replace(fields, question_keys=opened.keys, wholes=opened.wholes)


def asked_about(chosen: Topics | Chosen) -> dict[str, Any]:
    """Links to the questions, and to what as a whole."""
    language = get_language() or DEFAULT
    return {
        "questions": questions_of(chosen.keys, language),
        "wholes": whole_links(chosen.wholes, language) if chosen.wholes else [],
        "documents": documents_for(chosen.keys, chosen.wholes, language),
    }


def _choice(
    asked: QueryDict, chosen: Topics | Chosen, organizations: Sequence[Organization]
) -> dict[str, Any]:
    find = asked.get("find", "")[:200]
    language = get_language() or DEFAULT
    choice = question_choice(language, chosen.keys, organizations, find, wholes=chosen.wholes)
    return {"choice": choice, "find": find, "deadlines": choice.deadlines}


def _choosing(request: HttpRequest, row: Any, related: Chosen, form: QuestionsForm) -> dict[str, Any]:
    chosen = Topics(form.keys, form.codes) if form.is_bound else related
    return _choice(request.POST, chosen, [row.organization])
