"""What no browser sends for a passkey is refused in words, wherever a passkey is taken."""

import json

import pytest
from django.test import Client

from portal.accounts.models import User
from tests.accounts.test_factors import STEP, step, with_app
from tests.accounts.test_signin import PASSWORD

NO_PASSKEY = "Your browser gave no passkey."
IN, AGAIN, ADD = (f"/accounts/2fa/webauthn/{each}/" for each in ("login", "reauthenticate", "add"))
ASSERTION = {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AA", "userHandle": "MQ"}
ATTESTATION = {"clientDataJSON": "e30", "attestationObject": "/w"}
MALFORMED = [
    "",
    "{",
    "null",
    "[]",
    "7",
    "[" * 100_000,
    json.dumps({"id": 1}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": []}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": 7}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": ASSERTION}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": ATTESTATION}),
]


def says_so(page: str) -> bool:
    return NO_PASSKEY in page or "This code is not right." in page


@pytest.mark.few(4)
@pytest.mark.parametrize("credential", MALFORMED, ids=range(len(MALFORMED)))
def test_a_stranger_signs_in_with_no_malformed_passkey(client: Client, db: None, credential: str) -> None:
    client.get(IN, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    answer = client.post(f"{IN}?lang=en", {"credential": credential}, follow=True)
    assert (answer.request["PATH_INFO"], says_so(answer.text)) == ("/accounts/login/", True)


def test_no_malformed_passkey_is_a_second_step(client: Client, focal_point: User) -> None:
    with_app(client, focal_point)
    browser = step(focal_point)
    for credential in MALFORMED[1:]:
        answer = browser.post(f"{STEP}?lang=en", {"credential": credential})
        assert (answer.status_code, says_so(answer.text)) == (200, True)
    assert browser.get("/en/desk/").status_code == 302


@pytest.mark.long
def test_no_malformed_passkey_is_added_or_shown_again(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for credential in MALFORMED:
        client.get(ADD)
        answer = client.post(f"{ADD}?lang=en", {"credential": credential, "name": "Key"})
        assert (answer.status_code, says_so(answer.text)) == (200, True)
        assert client.post(AGAIN, {"credential": credential}).status_code == 302
    assert not focal_point.authenticator_set.exists()
