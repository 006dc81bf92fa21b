"""Assessments without the name of who replied to them; the app's configuration names the function."""

import json
from dataclasses import replace
from uuid import UUID

from portal.publication.projections import Projection


def without_reply_of(face: Projection, key: UUID) -> Projection:
    """The same whose replies do not say that they are by the organization with this key."""
    if not face.facts.get("replies"):
        return face
    told = [
        row | {"organization": ""} if row["organization"] == str(key) else row
        for row in json.loads(face.facts["replies"])
    ]
    replies = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return replace(face, facts=face.facts | {"replies": replies})
