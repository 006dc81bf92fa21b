"""Tells somebody that a dossier was shared: a link and no word of the dossier, which may be sensitive."""

from uuid import UUID

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.common.desk import desk_link
from portal.common.languages import CODES, DEFAULT


def tell(email: str, key: UUID, language: str) -> None:
    """One mail, in the language of the person who has confirmed the address, else in `language`.

    Addresses without an account get the same mail, so that nobody can tell them apart.
    """
    spoken = User.objects.filter(emailaddress__email=email, emailaddress__verified=True)
    language = spoken.values_list("language", flat=True).first() or language
    with translation.override(language if language in CODES else DEFAULT):
        context = {"url": desk_link("dossiers:dossier", key), "email": email}
        body = render_to_string("dossiers/mails/shared.txt", context)
        EmailMessage(_("A dossier was shared with you"), body, to=[email]).send()
