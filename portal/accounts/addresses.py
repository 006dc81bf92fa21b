"""One spelling for each e-mail address, so that one mailbox has one account; forms and models call it."""

import unicodedata

import idna


def folded_address(address: str) -> str:
    """In lower case, its domain in the letters of the DNS: `Ana@Exämple.org` is `ana@xn--exmple-cua.org`.

    Two domains never become one: `straße.de` is not `strasse.de` (IDNA 2008). What is no address comes back
    in lower case, for a validator to refuse.
    """
    local, at, domain = unicodedata.normalize("NFKC", address.strip()).lower().rpartition("@")
    return f"{local}{at}{_in_ascii(domain)}"


def _in_ascii(domain: str) -> str:
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except UnicodeError:
        return _of_2003(domain)


def _of_2003(domain: str) -> str:
    """Domains that are older than IDNA 2008, such as those of signs; only where nothing is lost."""
    try:
        ascii_domain = domain.encode("idna")
        return ascii_domain.decode("ascii") if ascii_domain.decode("idna") == domain else domain
    except UnicodeError:
        return domain
