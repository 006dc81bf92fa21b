"""What of an intervention becomes public, field by field; its type names it."""

from collections.abc import Sequence
from datetime import UTC
from uuid import UUID

from portal.attachments.public import facts_of as attachment_facts
from portal.interventions.models import Intervention, MadeInRoom
from portal.interventions.queries import question_keys, zone_of
from portal.joint.public import joint_part
from portal.publication.enums import Relation
from portal.publication.projections import Link, Projection, Translated, about_facts, about_links
from portal.publication.wholes import page_keys
from portal.submissions.contents import public_face


def project(intervention: Intervention) -> Projection:
    """The public face. At most three queries, six more of a joint statement."""
    questions = question_keys(intervention)
    joint, signed = joint_part(intervention)
    return public_face(
        intervention,
        year=year_of(intervention, questions),
        text=intervention.body,
        texts={"body": intervention.body, "recommendations": list(intervention.recommendations)},
        facts={
            "form": str(intervention.form),
            **room_facts(intervention),
            **about_facts(intervention.wholes),
            **attachment_facts(intervention.attachments.select_related("file")),
            **joint,
        },
        links=[
            *(Link(Relation.ANSWERS, str(key)) for key in questions),
            *about_links(intervention.wholes),
            *signed,
        ],
        translations=[_translated(row) for row in intervention.translations],
    )


def room_facts(intervention: Intervention) -> dict[str, str]:
    """Of one that was made in the room: where, how, by whom, and whether its organization confirmed it.

    Nothing of any other, so that its digest stays. One query, none of any other.
    """
    if not intervention.is_from_room:
        return {}
    room = MadeInRoom.objects.select_related("session").get(intervention=intervention)
    return {
        "made_in": str(room.session.key),
        "manner": room.manner,
        "speaker_role": room.speaker_role,
        "confirmed_on": room.confirmed_at.date().isoformat() if room.confirmed_at else "",
    }


def year_of(intervention: Intervention, questions: Sequence[UUID]) -> int:
    """The year in which it was submitted, by the clock of the consultation it answers, else by UTC."""
    at = intervention.submitted_at or intervention.created_at
    about = [*questions, *page_keys(intervention.wholes)]
    return at.astimezone(zone_of(about) or UTC).year


def _translated(row: dict[str, object]) -> Translated:
    """A row of `Intervention.translations`: `{language, title, body, recommendations}`."""
    texts: dict[str, str | list[str]] = {
        "body": str(row.get("body", "")),
        "recommendations": [str(text) for text in row.get("recommendations", [])],  # type: ignore[attr-defined]
    }
    return Translated(language=str(row["language"]), title=str(row["title"]), texts=texts)
