"""The content of an observation's receipt, and how it is stored and read; its type names these functions."""

from typing import Any

from django.utils.translation import gettext_lazy

from portal.common.reviews import Field, Link, Reader
from portal.followup.models import Body, Observation
from portal.followup.observing.drafts import ObservationFields, lines_of
from portal.followup.observing.subjects import Subject, subject_called, subject_of
from portal.submissions.contents import COUNTRY, LANGUAGE, NAME, TITLE, identity


def sent(observation: Observation, related: None) -> dict[str, object]:
    """What a receipt's digest is made of."""
    subject = subject_of(observation)
    return identity(observation) | {
        "subject": subject.id if subject else "",
        "body": observation.body.slug if observation.body else "",
        "text": observation.text,
        "sources": lines_of(observation.sources),
        "conflict": observation.conflict,
    }


def replace(observation: Observation, fields: ObservationFields) -> None:
    """What it is about and for whom. Its country is that of the record, if any: never its author's."""
    if fields.subject is not None:
        about(observation, fields.subject)
        observation.country = fields.subject.country
    if fields.body is not None:
        observation.body = fields.body


def about(observation: Observation, subject: Subject) -> None:
    observation.record, observation.action = subject.record, subject.node.key if subject.node else ""


def _subject(identity: str, reader: Reader) -> tuple[Link, ...]:
    subject = subject_called(identity) if identity else None
    if subject is None:
        return (Link(identity),) if identity else ()
    told: dict[str, Any] = subject.link(reader.language)
    return (Link(f"{told['label']} ({identity})", told["url"], told["lang"]),)


def _body(slug: str, reader: Reader) -> tuple[Link, ...]:
    row = Body.objects.filter(slug=slug).first() if slug else None
    return (Link(row.title(reader.language)),) if row else ()


FIELDS = (
    TITLE,
    NAME,
    Field("subject", gettext_lazy("It is about"), links=_subject),
    Field("body", gettext_lazy("For the observatory"), links=_body),
    COUNTRY,
    LANGUAGE,
    Field("text", gettext_lazy("Observation"), is_text=True),
    Field("sources", gettext_lazy("What it rests on"), is_text=True),
    Field("conflict", gettext_lazy("Conflict of interest"), is_text=True),
)
