"""Which submitted texts are near-copies of one another, such as letters of a campaign.

A text is signed when it is submitted, and joins the group of the text that it is most like; one that is like
none begins a group of its own. Texts of one kind and language alone are compared.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count

from portal.common.reviews import ReviewType
from portal.moderation.models import SignatureMark, TextSignature
from portal.moderation.signatures import ALIKE, likeness, marks_of, packed, sketch_of, unpacked
from portal.submissions.models import Submission, SubmittedVersion
from portal.submissions.queries import content_of
from portal.submissions.types import submission_type, submission_types

# So many hashes of the sketch are shared at least, and so many texts are compared as a whole.
SHARED, COMPARED = 4, 10


def sign_submitted(submission: Submission, version: SubmittedVersion) -> None:
    """Declared as `after_submission`."""
    of, content = submission_type(submission.kind), content_of(version)
    if of.is_signed_alike and content is not None:
        sign(of.kind, submission.key, str(content["language"]), text_of(of, content))


@transaction.atomic
def sign(kind: str, key: UUID, language: str, text: str) -> TextSignature | None:
    """In place of its signature so far; None for a text without words. Five queries."""
    TextSignature.objects.filter(kind=kind, object_key=key).delete()
    marks = marks_of(text)
    if not marks:
        return None
    near = nearest(kind, language, marks)
    row = TextSignature.objects.create(
        kind=kind,
        object_key=key,
        language=language,
        group=near.group if near else uuid4(),
        marks=packed(marks),
    )
    SignatureMark.objects.bulk_create(SignatureMark(signature=row, value=value) for value in sketch_of(marks))
    return row


def nearest(kind: str, language: str, marks: frozenset[int]) -> TextSignature | None:
    """The signed text that is most like one with these hashes, where it is a copy. One query."""
    sketch = sketch_of(marks)
    rows = TextSignature.objects.filter(kind=kind, language=language, sketch__value__in=sketch)
    rows = rows.annotate(shared=Count("sketch")).filter(shared__gte=min(SHARED, (len(sketch) + 1) // 2))
    told = [(likeness(marks, unpacked(row.marks)), row) for row in rows.order_by("-shared", "pk")[:COMPARED]]
    best = max(told, key=lambda each: each[0], default=(0.0, None))
    return best[1] if best[0] >= ALIKE else None


def text_of(of: ReviewType, content: Mapping[str, Any]) -> str:
    """All its texts; the title, which the senders of one letter choose themselves, is none."""
    said = (content.get(row.name, "") for row in of.fields if row.is_text)
    return "\n".join(text if isinstance(text, str) else "\n".join(text) for text in said)


def sign_waiting() -> int:
    """What waits without a signature, such as what was submitted before there were any; how many."""
    number = 0
    for of in submission_types():
        if of.is_signed_alike:
            signed = TextSignature.objects.filter(kind=of.kind).values("object_key")
            for row in of.model._default_manager.filter(state__in=of.states.waiting).exclude(key__in=signed):
                content = of.content(row)
                if content is not None:
                    number += sign(of.kind, row.key, row.language, text_of(of, content)) is not None
    return number


def likenesses(group: UUID, first: UUID) -> dict[UUID, int]:
    """How much of each text of a group is that of one of them, in per cent, by key. One query."""
    marks = {row.object_key: unpacked(row.marks) for row in TextSignature.objects.filter(group=group)}
    one = marks.get(first, frozenset())
    return {key: round(100 * likeness(one, other)) for key, other in marks.items()}
