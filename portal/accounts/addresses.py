"""One spelling for each e-mail address, so that one mailbox has one account; forms and models call it."""

import unicodedata


def folded_address(address: str) -> str:
    """In lower case, its domain in the letters of the DNS: `Ana@Exämple.org` is `ana@xn--exmple-cua.org`.

    What is no address comes back in lower case, for a validator to refuse.
    """
    local, at, domain = unicodedata.normalize("NFKC", address.strip()).lower().rpartition("@")
    return f"{local}{at}{_in_ascii(domain)}"


def _in_ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return domain
