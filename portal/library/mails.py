"""Tells who proposed a document what an editor decided; `deciding` calls it in the same transaction.

A mail holds the title and a link; the reason stays in the portal.
"""

from collections.abc import Callable

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.common.desk import desk_link
from portal.common.languages import CODES, DEFAULT
from portal.library.enums import ProposalState
from portal.library.models import DocumentProposal

SUBJECTS: dict[str, Callable[[], str]] = {
    ProposalState.ACCEPTED: lambda: _("The document you proposed is in the library"),
    ProposalState.DECLINED: lambda: _("The document you proposed was not taken into the library"),
}


def tell_proposer(proposal: DocumentProposal) -> int:
    """One mail in the language of the person, none to a closed account; the number of mails."""
    reader = proposal.proposed_by
    if reader is None or not reader.is_active:
        return 0
    with translation.override(reader.language if reader.language in CODES else DEFAULT):
        context = {
            "name": reader.name,
            "title": " ".join(proposal.title.split()),
            "is_accepted": proposal.state == ProposalState.ACCEPTED,
            "url": desk_link("proposed_documents:proposal", proposal.key),
        }
        body = render_to_string("library/mails/decided.txt", context)
        EmailMessage(SUBJECTS[proposal.state](), body, to=[reader.email]).send()
    return 1
