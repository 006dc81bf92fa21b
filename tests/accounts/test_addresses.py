"""Addresses are folded so that one mailbox has one account, and no two domains become one."""

import pytest
from django.core import mail
from django.test import Client

from portal.accounts.addresses import folded_address


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ana@straße.de", "ana@xn--strae-oqa.de"),
        ("Ana@STRAẞE.de", "ana@xn--strae-oqa.de"),
        ("ana@strasse.de", "ana@strasse.de"),
        ("ana@βόλος.gr", "ana@xn--nxasmm1c.gr"),
        ("ana@βόλοσ.gr", "ana@xn--nxasmq6b.gr"),
        ("ana@نامه\u200cای.com", "ana@xn--mgba3gch31f060k.com"),
        ("ana@نامهای.com", "ana@xn--mgba3gch31f.com"),
        ("ana@☕.org", "ana@xn--53h.org"),
        ("ana@a_b.org", "ana@a_b.org"),
        ("ana@", "ana@"),
        ("", ""),
    ],
)
def test_each_domain_stays_itself(typed: str, folded: str) -> None:
    assert (folded_address(typed), folded_address(folded)) == (folded, folded)


def test_a_mail_goes_to_the_domain_that_was_typed(client: Client, db: None) -> None:
    client.post("/accounts/signup/", {"name": "Ana", "email": "ana@straße.de"})
    assert [each.to for each in mail.outbox] == [["ana@xn--strae-oqa.de"]]


def test_a_domain_that_the_dns_cannot_name_is_refused_at_its_field(client: Client, db: None) -> None:
    page = client.post("/accounts/signup/?lang=en", {"name": "Ana", "email": "ana@xn--ß.de"}).text
    assert ("This does not look like an e-mail address." in page, "ana@xn--ß.de" in page) == (True, True)
    assert mail.outbox == []
