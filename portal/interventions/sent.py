"""The content of an intervention's receipt, and how it is stored and read; its type names these functions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.attachments.domain import leave_out_all, make_public, replace_attachments
from portal.attachments.sent import ATTACHMENTS, sent_attachments
from portal.cms.queries import PublicPage, pages_by_key
from portal.common.actors import Actor
from portal.common.ids import key_in
from portal.common.languages import CODES, DEFAULT
from portal.common.phrases import language_in_text
from portal.common.reviews import Field, Link, Reader, Text
from portal.consultations.models import Session
from portal.consultations.wholes import live_wholes, whole_links
from portal.interventions.drafts import InterventionFields
from portal.interventions.enums import InterventionForm, Manner
from portal.interventions.models import Intervention, MadeInRoom
from portal.interventions.queries import Chosen, existing_questions
from portal.joint.contents import JOINT
from portal.joint.queries import told
from portal.joint.storing import forget, forget_frozen, replace_joint
from portal.publication.wholes import kind_of
from portal.submissions.contents import COUNTRY, LANGUAGE, MARKS, NAME, TITLE, identity
from portal.submissions.models import Submission


def sent(intervention: Intervention, related: Chosen) -> dict[str, object]:
    """What a receipt's digest is made of."""
    return identity(intervention) | {
        "form": str(intervention.form),
        **asked(related),
        "body": intervention.body,
        "recommendations": list(intervention.recommendations),
        **_room(intervention),
        **sent_attachments(intervention, related.attachments),
        **told(intervention),
    }


def asked(related: Chosen) -> dict[str, object]:
    """What it is about; `asked` has the words in which that stood then, by key or code.

    Nothing of wholes where there are none.
    """
    wholes = {"wholes": list(related.wholes)} if related.wholes else {}
    words = {str(key): words for key, words in related.words.items()}
    return {"questions": [str(key) for key in related.keys], **wholes, "asked": words}


def _room(intervention: Intervention) -> dict[str, object]:
    """Of one that was made in the room also where and how. One query, none of any other."""
    if not intervention.is_from_room:
        return {}
    room = MadeInRoom.objects.select_related("session").get(intervention=intervention)
    return {
        "made_in": str(room.session),
        "manner": room.manner,
        "speaker_role": room.speaker_role,
        "source": room.source,
    }


def replace(intervention: Intervention, fields: InterventionFields) -> None:
    """Recommendations without empty ones; of the questions those that are live pages, each once."""
    if fields.recommendations is not None:
        intervention.recommendations = [text.strip() for text in fields.recommendations if text.strip()]
    if fields.question_keys is not None:
        replace_questions(intervention.answers, fields.question_keys)
    replace_wholes(intervention, fields.wholes)
    replace_attachments(intervention.attachments, fields.attachments)
    replace_joint(intervention, fields)


def ready_for_public(row: Submission, actor: Actor, now: datetime) -> None:
    """Before its record is published: its files are, and what was frozen for signing is no more."""
    make_public(row, actor, now)
    forget_frozen(row)


def let_go(row: Submission, actor: Actor, now: datetime) -> None:
    """Files and signatures of a draft that is deleted."""
    leave_out_all(row, actor, now)
    forget(row)


def replace_questions(links: Any, keys: Sequence[UUID]) -> None:
    """Of the questions those that are live pages, each once; `links` is a submission's manager of its own."""
    live = existing_questions(frozenset(keys))
    kept = [key for key in dict.fromkeys(keys) if key in live]
    links.all().delete()
    links.model.objects.bulk_create(
        links.model(**{links.field.name: links.instance}, question_key=key, position=position)
        for position, key in enumerate(kept)
    )


def replace_wholes(row: Any, codes: Sequence[str] | None) -> None:
    """Of the codes those of what is there, each once."""
    if codes is not None:
        row.wholes = [*live_wholes(list(dict.fromkeys(codes)))]


def questions_of(keys: Sequence[UUID], language: str = "") -> list[PublicPage]:
    """The live pages of the questions, in the reader's language where there is one."""
    pages = pages_by_key(keys, language or get_language() or DEFAULT)
    return [pages[key] for key in keys if key in pages]


def translations_of(intervention: Intervention) -> tuple[Text, ...]:
    """Official translations come from the secretariat, beside what was submitted."""
    return tuple(
        Text(
            _("Official translation: %(language)s") % {"language": language_in_text(row["language"])},
            str(row["language"]),
            f"{row['title']}\n\n{row.get('body', '')}",
            tuple(row.get("recommendations", ())),
        )
        for row in intervention.translations
    )


def _asked(words: Mapping[str, str] | tuple[()], reader: Reader) -> tuple[Link, ...]:
    """Links to what is public now, as it is called today; of the rest the words of then.

    Nothing where a version does not say it, such as one from before it was asked.
    """
    told = dict(words)
    links = links_to(told, reader.language)
    return tuple(links.get(key) or Link(then) for key, then in told.items())


def links_to(codes: Collection[str], language: str) -> dict[str, Link]:
    keys = [key for code in codes if (key := key_in(code))]
    pages = pages_by_key(keys, language).values()
    links = {str(page.key): Link(page.title, page.url, page.language) for page in pages}
    wholes = whole_links([code for code in codes if kind_of(code)], language)
    return links | {link.id: Link(f"{link.called}: {link.title}", link.url, link.language) for link in wholes}


def _questions(keys: Sequence[str], reader: Reader) -> tuple[Link, ...]:
    """Of what was submitted without the words; a moderator is told of those that are gone."""
    pages = pages_by_key([UUID(key) for key in keys], reader.language)
    links = [
        Link(page.title, page.url, page.language) if (page := pages.get(UUID(key))) else None for key in keys
    ]
    gone = Link(_("This question is not public any more."), "", reader.language)
    return tuple(link or gone for link in links if link or reader.is_review)


def _form(code: str) -> object:
    return dict(InterventionForm.choices).get(code, code)


ABOUT = (
    Field("asked", gettext_lazy("What it is about"), links=_asked),
    Field("questions", gettext_lazy("Questions it is about"), links=_questions, instead="asked"),
)


def _session(title: str, reader: Reader) -> tuple[Link, ...]:
    """The session of a stored title as its reader calls it; the title itself where it is no longer one, or
    that of sessions that the reader tells apart. One query."""
    if not title:
        return ()
    rows = Session.objects.filter(reduce(or_, (Q(**{f"title_{code}": title}) for code in CODES)))
    named = {row.titled(reader.language) for row in rows if str(row) == title}
    shown, lang = named.pop() if len(named) == 1 else (title, "")
    return (Link(shown, "", lang),)


def _manner(code: str) -> object:
    return dict(Manner.choices).get(code, code)


FIELDS = (
    TITLE,
    NAME,
    *ABOUT,
    Field("form", gettext_lazy("Kind"), words=_form),
    Field("made_in", gettext_lazy("Made in the room, at"), links=_session),
    Field("manner", gettext_lazy("How it was made"), words=_manner),
    Field("speaker_role", gettext_lazy("Speaker's role")),
    Field("source", gettext_lazy("Source of the text")),
    COUNTRY,
    LANGUAGE,
    MARKS,
    *JOINT,
    Field("body", gettext_lazy("Text"), is_text=True),
    Field("recommendations", gettext_lazy("Key recommendations"), is_text=True),
    ATTACHMENTS,
)
