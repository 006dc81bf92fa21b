"""What conclusions hold of a person: who drafted, decided and published, and who objected."""

from django.utils.translation import gettext_lazy as _

from portal.common.personal import Held, Topic, deletes, forgets

PERSONAL: tuple[Held, ...] = (
    forgets("conclusions.Conclusions", Topic.STAFF, "author", shown=("consultation_key", "created_at")),
    forgets(
        "conclusions.Conclusions", Topic.STAFF, "published_by", shown=("consultation_key", "published_at")
    ),
    deletes(
        "conclusions.Conclusions_writers",
        Topic.STAFF,
        "user",
        shown=("conclusions",),
        label=_("conclusions you helped to write"),
    ),
    forgets("conclusions.ForceChoice", Topic.STAFF, "chosen_by", shown=("category", "force", "note")),
    forgets("conclusions.Evidence", Topic.STAFF, "attached_by", shown=("stance", "note", "attached_at")),
    forgets("conclusions.Disposition", Topic.STAFF, "decided_by", shown=("outcome", "reason", "decided_at")),
    forgets("conclusions.Objection", Topic.WRITTEN, "filed_by", shown=("text", "state", "filed_at")),
    forgets("conclusions.Objection", Topic.STAFF, "disposed_by", shown=("state",)),
    forgets("conclusions.Objection", Topic.STAFF, "decided_by", shown=("state", "reason", "decided_at")),
)
