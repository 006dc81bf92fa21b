"""Addresses of mail on pages and in mails: the secretariat's, and one's own as one writes it."""

from email.utils import parseaddr

import idna
from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def secretariat_address() -> str:
    """That of the setting `PRIVACY_CONTACT`, without a name."""
    return parseaddr(settings.PRIVACY_CONTACT)[1]


@register.filter
def own_address(address: str) -> str:
    """One's own, its domain in its own letters: `ana@xn--exmple-cua.org` is `ana@exämple.org`."""
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{idna.decode(domain)}"
    except UnicodeError:
        return address
