"""What a decision about a proposed document writes; `proposals` and the worker's `intakes` call it."""

from datetime import datetime

from django.db import transaction

from portal.common import events
from portal.common.actors import Actor
from portal.common.commits import after_commit
from portal.library.enums import ProposalState
from portal.library.mails import tell_proposer
from portal.library.models import DocumentProposal, LibraryDocument, library_storage

KIND = "document_proposal"


def decide(
    locked: DocumentProposal, state: ProposalState, reason: str = "", *, actor: Actor, now: datetime
) -> None:
    """Inside the transaction that locked the row. The file goes; who proposed it reads a mail."""
    name = str(locked.file.name)
    locked.state, locked.reason, locked.file = state, reason, ""
    locked.decided_by_id, locked.decided_at = actor.user_id, now
    locked.save()
    events.record(state.value, kind=KIND, key=locked.key, actor=actor, now=now)
    tell_proposer(locked)
    after_commit(library_storage().delete, name)


@transaction.atomic
def put_accepted(
    proposal: DocumentProposal, document: LibraryDocument, *, actor: Actor, now: datetime
) -> None:
    """The worker has read the file that an editor accepted. One that was decided about stays as it is."""
    locked = DocumentProposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.is_waiting:
        locked.document = document
        decide(locked, ProposalState.ACCEPTED, actor=actor, now=now)
