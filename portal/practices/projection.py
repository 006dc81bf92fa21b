"""What of a good practice becomes public, field by field; its type names it."""

from datetime import UTC

from portal.attachments.public import facts_of as attachment_facts
from portal.interventions.queries import zone_of
from portal.joint.public import joint_part
from portal.practices.models import Practice
from portal.practices.queries import question_keys
from portal.practices.records import TEXTS
from portal.publication.enums import Relation
from portal.publication.projections import Link, Projection, about_facts, about_links
from portal.publication.wholes import page_keys
from portal.submissions.contents import public_face


def project(practice: Practice) -> Projection:
    """The public face. At most three queries, six more of a joint statement."""
    questions = question_keys(practice)
    at = practice.submitted_at or practice.created_at
    joint, signed = joint_part(practice)
    about = [Link(Relation.ANSWERS, str(key)) for key in questions]
    done = [Link(Relation.CARRIED_OUT_IN, code) for code in countries_of(practice)]
    return public_face(
        practice,
        year=at.astimezone(zone_of([*questions, *page_keys(practice.wholes)]) or UTC).year,
        text=practice.measure,
        texts={name: getattr(practice, name) for name in TEXTS},
        facts={
            "countries": " ".join(countries_of(practice)),
            **about_facts(practice.wholes),
            **attachment_facts(practice.attachments.select_related("file")),
            **joint,
        },
        links=(*about, *done, *about_links(practice.wholes), *signed),
    )


def countries_of(practice: Practice) -> list[str]:
    """All of them, the first one first."""
    return [code for code in dict.fromkeys([practice.country, *practice.countries]) if code]
