"""Where a text is filed anew, as a thing that a second moderator decides about."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.languages import DEFAULT
from portal.common.reviews import Content, DecisionType, Fact, Field, Link, Reader, ReviewType, Text
from portal.submissions.amending import domain, rules
from portal.submissions.amending.changes import PLACES, amendable_of, contents_of
from portal.submissions.amending.queries import amendments_closed_to, public_record, text_of
from portal.submissions.amending.states import AMENDMENT_STATES
from portal.submissions.amending_enums import AmendmentState, Part
from portal.submissions.contents import COUNTRY, LANGUAGE
from portal.submissions.locks import lock_text_of
from portal.submissions.models import Amendment
from portal.submissions.types import submission_type


def _places(value: tuple[str, list[str]], reader: Reader) -> tuple[Link, ...]:
    kind, codes = value
    return amendable_of(submission_type(kind)).in_words(codes, reader)


FIELDS = (LANGUAGE, COUNTRY, Field(PLACES, _("What it is about"), links=_places))


def _content(row: Amendment) -> Content:
    return {"title": row.title, "language": row.language}


def _compared(row: Amendment) -> tuple[Content, Content] | None:
    """As it is filed and as it would be; nothing once that is settled."""
    if row.state != AmendmentState.PROPOSED:
        return None
    of, text = text_of(row)
    old, new = contents_of(of, text, Part.FILING, row.changes)
    return _with_kind(row, old), _with_kind(row, new)


def _with_kind(row: Amendment, content: Content) -> Content:
    return {**content, PLACES: (row.kind, content[PLACES])} if PLACES in content else content


def _why(row: Amendment) -> tuple[Text, ...]:
    proposer = Text(_("Proposed by"), get_language() or DEFAULT, str(row.proposed_by or ""))
    return (Text(_("Why"), row.reason_language, row.reason), proposer)


def _public_facts(row: Amendment, language: str) -> tuple[Fact, ...]:
    """The text itself. One query."""
    record = public_record(row.kind, row.submission_key)
    kind = submission_type(row.kind).label
    return (Fact(kind, row.title, record.path(language)),) if record else ()


def _may_confirm(actor: Actor, row: Amendment) -> bool:
    return rules.may_confirm(actor, row, *text_of(row))


def _why_not(actor: Actor, row: Amendment) -> Promise | str:
    is_own = actor.user_id is not None and actor.user_id == row.proposed_by_id
    return _("You proposed it, so a second person has to decide.") if is_own else ""


def _author(row: Amendment) -> Any:
    return text_of(row)[1].author


AMENDMENT = ReviewType(
    kind="amendment",
    text_of=lambda amendment: (amendment.kind, amendment.submission_key),
    label=_("Amendment to confirm"),
    model=Amendment,
    states=AMENDMENT_STATES,
    decisions=(
        DecisionType(
            code="confirmed",
            label=_("Filed anew by two"),
            button=_("Confirm and publish"),
            verb=domain.confirm,
            reason_of=lambda row: str(row.reason),
            mail_subject=_("“%(title)s” is filed anew"),
            mail_text=_(
                'Two people of the secretariat have corrected where "%(title)s" of %(organization)s is '
                "filed, such as its language or the question it is about. Its words are as they were."
            ),
        ),
        DecisionType(
            code="refused",
            label=_("Amendment refused"),
            button=_("Refuse with this reason"),
            heading=_("Leave it as it is"),
            needs_reason=True,
            read_by=_(
                "Who proposed it reads this as you write it, in the portal and by mail; the authors do not."
            ),
            asks_why=_("Say why, so that who proposed it knows."),
            in_its_language=False,
            verb=domain.refuse,
        ),
    ),
    fields=FIELDS,
    may_review=_may_confirm,
    content=_content,
    rule=_(
        "Nobody of the secretariat changes alone what is public. Other words need the yes of its "
        "organization; where it is filed two people correct. A note says on which day and why."
    ),
    compared=_compared,
    extra_texts=_why,
    public_facts=_public_facts,
    joined=("organization", "proposed_by"),
    author_of=_author,
    why_not=_why_not,
    desk_page=lambda row: f"{submission_type(row.kind).path}/{row.submission_key}/",
    decided_too=lambda row: [(row.kind, row.submission_key)],
    closed_to=amendments_closed_to,
    lock_before=lock_text_of(Amendment),
)
