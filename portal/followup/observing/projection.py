"""What of an observation becomes public, field by field; the verbs call it."""

from datetime import UTC

from portal.followup.cycles.domain import cycle_at
from portal.followup.enums import Voice
from portal.followup.models import Observation
from portal.followup.observing.drafts import lines_of
from portal.followup.observing.subjects import Subject, subject_of
from portal.publication.enums import Relation
from portal.publication.projections import Link, Projection
from portal.submissions.contents import public_face


def project(observation: Observation) -> Projection:
    subject, body = subject_of(observation), observation.body
    assert subject is not None  # noqa: S101  # the table says so
    moment = observation.submitted_at or observation.updated_at
    later = {"body": body.slug if body else "", "cycle": cycle_at(moment)}
    return public_face(
        observation,
        year=moment.astimezone(UTC).year,
        text=observation.text,
        texts={
            "text": observation.text,
            "sources": lines_of(observation.sources),
            "conflict": observation.conflict,
        },
        facts={
            **facts_of(subject),
            "voice": (Voice.OBSERVATORY if body else Voice.ORGANIZATION).value,
            **{name: value for name, value in later.items() if value},
        },
        links=(link_of(subject),),
    )


def facts_of(subject: Subject) -> dict[str, str]:
    return {"subject": subject.id, "subject_kind": subject.kind}


def link_of(subject: Subject) -> Link:
    return Link(Relation.OBSERVES, subject.key)
