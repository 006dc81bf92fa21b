"""Tells who proposed a document what an editor decided; `deciding` calls it in the same transaction.

A mail holds the title and a link; the reason stays in the portal.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

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
    language = reader.language if reader.language in CODES else DEFAULT
    page = f"/{language}/desk/proposed-documents/{proposal.key}/"
    with translation.override(language):
        context = {
            "name": reader.name,
            "title": " ".join(proposal.title.split()),
            "is_accepted": proposal.state == ProposalState.ACCEPTED,
            "url": f"{settings.SITE_URL}/accounts/login/?next={page}",
        }
        body = render_to_string("library/mails/decided.txt", context)
        EmailMessage(SUBJECTS[proposal.state](), body, to=[reader.email]).send()
    return 1
