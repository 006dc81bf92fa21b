"""What the kinds that are about guiding questions declare alike: interventions and good practices name it."""

from collections.abc import Collection
from typing import Any

from portal.attachments.domain import name_changed, shown_again
from portal.attachments.pointed import notes as attachments_notes
from portal.interventions.models import QuestionLink
from portal.interventions.queries import deadlines_of
from portal.interventions.questions_step import still_open
from portal.interventions.sent import let_go, ready_for_public
from portal.joint.domain import restored, void_if_changed
from portal.joint.problems import joint_notes, joint_problems
from portal.joint.queries import rows_of
from portal.submissions.types import WayBack


def about_questions(links: type[QuestionLink], *, of_others: Collection[str] = ()) -> dict[str, Any]:
    """For a `SubmissionType` that has deadlines, attachments and signatories.

    `links` is the model of its guiding questions, `of_others` are columns that no step of it says.
    """
    relation: Any = next(field for field in links._meta.fields if field.is_relation)
    owner, name = relation.name, relation.remote_field.related_name
    return {
        "prefetch": (name,),
        "question_links": name,
        "deadlines": lambda rows, now: deadlines_of(links._default_manager.all(), owner, rows, now),
        "is_signed_alike": True,
        "is_translated": True,
        "is_correctable": True,
        "untimely": lambda row, related, now: joint_problems(row, related),
        "saved": void_if_changed,
        "still_good": still_open,
        "notes": lambda row, related: [*attachments_notes(row, related), *joint_notes(row, related)],
        "before_publishing": ready_for_public,
        "after_put_back": shown_again,
        "before_deletion": let_go,
        "name_changed": name_changed,
        "way_back": WayBack(
            parts=lambda row: (getattr(row, name).all(), row.attachments.all(), *rows_of(row)),
            not_said=lambda row: of_others,
            restored=restored,
        ),
    }
