"""Who enters a translation, who decides about one, and who asks that one be taken off."""

from portal.common.actors import Actor, Group
from portal.submissions import rules
from portal.submissions.contents import withholds
from portal.submissions.models import Submission
from portal.submissions.queries import has_share, role_for
from portal.translations.enums import EnteredAs, Wants
from portal.translations.models import TranslationRequest
from portal.translations.queries import text_of


def may_work(actor: Actor) -> bool:
    """Whether somebody of the staff translates texts of organizations."""
    return actor.is_person and actor.has(Group.MODERATOR, Group.EDITOR)


def may_translate(actor: Actor, text: Submission) -> bool:
    """Of the staff, but nobody of an organization that says it: they speak for that."""
    return may_work(actor) and role_for(actor, text) is None and not has_share(actor, text)


def may_speak(actor: Actor, text: Submission) -> bool:
    """Who submits for its organization enters its own translation, and asks that one be taken off."""
    return rules.may_speak_for(actor, text)


def may_take_back(actor: Actor, row: TranslationRequest) -> bool:
    """Of the organization whoever speaks for it, of the staff who wrote it."""
    text = text_of(row)[1]
    if row.wants == Wants.TAKE_OFF or row.entered_as == EnteredAs.ORGANIZATION:
        return may_speak(actor, text)
    return actor.user_id == row.author_id and may_translate(actor, text)


def may_read(actor: Actor, text: Submission) -> bool:
    return may_work(actor) or role_for(actor, text) is not None


def can_have(text: Submission) -> bool:
    """Nothing stands beside a text whose author's name is withheld."""
    return not withholds(text)


def may_review(actor: Actor, row: TranslationRequest) -> bool:
    """A second person, who has not written it and may decide about the text that it translates."""
    of, text = text_of(row)
    return actor.user_id != row.author_id and of.may_review(actor, text)
