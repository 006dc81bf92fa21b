"""Requests about translations as things that the secretariat decides about."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.digests import digest_of
from portal.common.phrases import LANGUAGE_NAMES
from portal.common.reviews import Content, DecisionType, Field, Reader, ReviewBlock, ReviewType
from portal.publication.translating import CHANGED, original_digest
from portal.submissions.locks import lock_text_of
from portal.submissions.queries import has_share
from portal.submissions.rules import SAYS_IT_TOO
from portal.submissions.types import submission_type
from portal.translations import domain, rules
from portal.translations.enums import EnteredAs, RequestState, Wants
from portal.translations.models import TranslationRequest
from portal.translations.phrases import WHAT_IS_ASKED
from portal.translations.queries import closed_to, parts_of, record_of, text_of, written_in
from portal.translations.states import STATES

KIND = domain.KIND
FIELDS = (
    Field("kind", _("Kind of text"), words=lambda kind: submission_type(kind).label),
    Field("wants", _("What is asked"), words=lambda wants: WHAT_IS_ASKED[wants]),
    Field("into", _("Translation into"), words=lambda code: LANGUAGE_NAMES[code]),
    Field("entered_as", _("Entered as"), words=lambda code: EnteredAs(code).label),
    Field("source", _("Service, tool or source")),
    Field("author", _("By")),
    Field("reason", _("Why it should be taken off"), is_text=True),
)


def _content(row: TranslationRequest) -> Content:
    said = {
        "title": row.title,
        "language": row.language,
        "kind": row.kind,
        "wants": row.wants,
        "into": row.into,
        "author": str(row.author or ""),
        "reason": row.reason,
    }
    given = {"entered_as": row.entered_as, "source": row.source}
    return said | {name: value for name, value in given.items() if value}


def beside(row: TranslationRequest, actor: Actor, reader: Reader) -> dict[str, Any]:
    """Inputs of `translations/beside.html`: the original and what it is to be in the other language."""
    of, record = submission_type(row.kind), record_of(row.kind, row.submission_key)
    if record is None:
        return {"rows": []}
    parts = parts_of(of, record)
    written = written_in(parts, *_words_of(row, record))
    is_changed = row.wants == Wants.PUBLISH and row.original != original_digest(record)
    return {
        "rows": [{"part": part, "written": written[part.field]} for part in parts]
        if any(written.values())
        else [],
        "language": record.language,
        "into": row.into,
        "changed": CHANGED if is_changed else "",
    }


def _words_of(row: TranslationRequest, record: Any) -> tuple[str, dict[str, Any]]:
    """What was written, or what is public where it is to be taken off or is public already."""
    texts = dict(row.texts)
    if texts:
        return str(texts.pop("title", "")), texts
    public = next((each for each in record.translations.all() if each.language == row.into), None)
    return (public.title, public.texts) if public else ("", {})


def _author(row: TranslationRequest) -> Any:
    """Whoever wrote a translation that is returned; else the author of the text, while in its organization.

    Without one, who reads the mails of the organization is told.
    """
    is_returned = row.state == RequestState.RETURNED
    if is_returned and row.entered_as != EnteredAs.ORGANIZATION:
        return row.author
    author = row.author if is_returned else text_of(row)[1].author
    is_member = author is not None and row.organization.memberships.filter(user=author).exists()
    return author if is_member else None


def _why_not(actor: Actor, row: TranslationRequest) -> Promise | str:
    if actor.user_id == row.author_id:
        return _("You wrote this, so somebody else has to decide.")
    return SAYS_IT_TOO if has_share(actor, text_of(row)[1]) else ""


def _wants(what: Wants) -> Any:
    return lambda actor, row: row.wants == what


def _stands(row: TranslationRequest) -> str:
    """What is public is what would be taken off: a mark of its words. Two queries, of that alone."""
    if row.wants != Wants.TAKE_OFF:
        return ""
    record = record_of(row.kind, row.submission_key)
    rows = record.translations.all() if record else ()
    words = [(each.title, each.texts, each.source) for each in rows if each.language == row.into]
    return digest_of({"words": words})[:16] if words else ""


TRANSLATION = ReviewType(
    kind=KIND,
    text_of=lambda row: (row.kind, row.submission_key),
    label=_("Translation"),
    model=TranslationRequest,
    states=STATES,
    decisions=(
        DecisionType(
            code="made_public",
            label=_("Translation made public"),
            button=_("Make the translation public"),
            verb=domain.publish,
            fits=_wants(Wants.PUBLISH),
            mail_subject=_("A translation of your text is public: “%(title)s”"),
            mail_text=_(
                "The secretariat has made an official translation public beside a text of %(organization)s: "
                '"%(title)s". At your desk you can put another in its place, or ask that it be taken off.'
            ),
        ),
        DecisionType(
            code="returned",
            label=_("Translation returned"),
            button=_("Return it with this reason"),
            heading=_("Return it to be changed"),
            needs_reason=True,
            read_by=_("Who wrote the translation reads this as you write it, in the portal and by mail."),
            asks_why=_("Say why, so that who wrote it knows what to change."),
            in_its_language=False,
            verb=domain.send_back,
            fits=_wants(Wants.PUBLISH),
            mail_subject=_("Please change your translation: “%(title)s”"),
            mail_text=_(
                "The secretariat has read the translation of a text of %(organization)s that you entered: "
                '"%(title)s". It is kept at your desk, so that you can change it and submit it again.'
            ),
        ),
        DecisionType(
            code="taken_off",
            label=_("Translation taken off"),
            button=_("Take the translation off"),
            verb=domain.take_off,
            fits=_wants(Wants.TAKE_OFF),
            mail_subject=_("A translation of your text was taken off: “%(title)s”"),
            mail_text=_(
                'As %(organization)s asked, this translation of its text is not public any more: "%(title)s".'
            ),
        ),
        DecisionType(
            code="kept",
            label=_("Translation kept"),
            button=_("Keep it, with this reason"),
            heading=_("Keep the translation"),
            needs_reason=True,
            verb=domain.keep,
            fits=_wants(Wants.TAKE_OFF),
            mail_subject=_("The translation of your text stays: “%(title)s”"),
            mail_text=_(
                "The secretariat has read why %(organization)s wants this translation taken off, and "
                'keeps it: "%(title)s".'
            ),
        ),
    ),
    fields=FIELDS,
    may_review=rules.may_review,
    rule=_(
        "A translation stands beside a text, never in its place, and says who made it. It is public once a "
        "person of the secretariat has read it; the organization of the text can ask that it be taken off."
    ),
    content=_content,
    author_of=_author,
    why_not=_why_not,
    desk_page=lambda row: f"translations/{row.kind}/{row.submission_key}/",
    closed_to=closed_to,
    is_of_members=False,
    stands=_stands,
    lock_before=lock_text_of(TranslationRequest),
)
BESIDE = ReviewBlock(KIND, "translations/beside.html", beside)
