"""What dossiers hold of a person: their own, those shared with them, whom they let in."""

from portal.common.personal import Erasure, Held, Topic, deletes, forgets

PERSONAL: tuple[Held, ...] = (
    # Without an owner a dossier passes to the editor who was let in first, else it goes (`sharing.inherit`).
    Held(
        model="dossiers.Dossier",
        topic=Topic.RESEARCH,
        at_erasure=Erasure.FORGET,
        by=("owner",),
        shown=("title", "description", "language", "created_at", "updated_at"),
    ),
    deletes(
        "dossiers.Share", Topic.RESEARCH, "person", "email", shown=("dossier", "email", "role", "given_at")
    ),
    forgets("dossiers.Share", Topic.RESEARCH, "given_by", shown=("dossier", "given_at")),
)
