"""The public page that verifies a receipt: yes for number and file, no for others, and nothing more."""

import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.accounts.limits import take
from portal.accounts.models import User
from portal.common.actors import person
from portal.common.languages import CODES
from portal.organizations.models import Organization
from portal.submissions import domain
from portal.submissions.models import ReceiptFile, SubmittedVersion
from portal.submissions.queries import versions_of
from portal.submissions.verifying.forms import LARGEST
from portal.submissions.verifying.queries import Verdict, Verified, code_in, number_in, verified
from portal.submissions.verifying.views import TRIES
from tests.factories import make_intervention
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY
from tests.submissions.kinds import Kind
from tests.thinning import thinned

NOW = timezone.now() - timedelta(hours=1)
CANARY = "zunzuncanario"
TEXTS = (
    "La pareja dijo: «no».",
    "👩‍👩‍👧 familias 🇭🇹 en tránsito",
    "نص عربي داخل النص",
    "עברית וגם English",
    "e\u0301 no es \u00e9",
    "=1+1\t\u2028línea",
    "\U0001f9d1\U0001f3fe\u200d\U0001f3eb maestra",
)


@pytest.fixture
def version(organization: Organization, focal_point: User) -> SubmittedVersion:
    row = make_intervention(organization, title=CANARY, body=CANARY)
    return domain.keep_version(row, {"title": CANARY}, actor=person(focal_point), now=NOW)


def sent(client: Client, number: str, content: bytes | None = None, code: str = "") -> Any:
    file = {} if content is None else {"file": SimpleUploadedFile("sent.json", content)}
    return client.post("/en/verify/", {"number": number, "code": code, **file})


def test_number_and_file_or_code_are_good(client: Client, version: SubmittedVersion) -> None:
    number, content = version.receipt_number, version.content.encode()
    for answer in (
        sent(client, number, content),
        sent(client, number.lower().replace("-", " "), content, "not read"),
        sent(client, number, code=f" {version.digest.upper()[:32]} {version.digest[32:]}"),
    ):
        page = answer.content.decode()
        assert (answer.status_code, "This receipt is good" in page, number in page) == (200, True, True)
        assert "Kind: Intervention" in page


def test_another_file_or_number_is_told_apart_and_tells_nothing(
    client: Client, version: SubmittedVersion
) -> None:
    number, content = version.receipt_number, version.content.encode()
    other = sent(client, number, content + b" ").content.decode()
    unknown = sent(client, "AAAAA-AAAAA", content).content.decode()
    assert "This is not what was submitted under this number" in other
    assert "We did not issue a receipt with this number" in unknown
    told = ("Kind: Intervention", "Received on", CANARY, version.digest)
    assert [word for word in told for page in (other, unknown) if word in page] == []


def test_the_receipt_itself_is_known_and_the_right_file_named(
    client: Client, version: SubmittedVersion
) -> None:
    """Its PDF as it was made, and a mail that breaks the lines; of others no more is told than before."""
    number, code = version.receipt_number, version.digest
    pdf = b"%PDF-1.7 of the receipt"
    ReceiptFile.objects.create(version=version, form="pdf", content=pdf, made_at=NOW)
    mail = f"Number: {number}\n\n> {code[:40]}=\n> {code[40:]}\n".encode()
    own = [sent(client, number, content).text for content in (pdf, mail)]
    other = [
        sent(client, number, content).text for content in (pdf + b" ", b"%PDF", b"Number: " + number.encode())
    ]
    words = ("This is the receipt itself", "Kind: Intervention", f"{number}.json")
    assert [[word in page for word in words] for page in own] == [[True, True, True]] * 2
    assert [[word in page for word in words] for page in other] == [[False, False, True]] * 3
    assert "We did not issue a receipt" in sent(client, "AAAAA-AAAAA", mail).text
    assert [page for page in (*own, *other) if CANARY in page] == []


def test_nothing_is_told_of_who_submitted_what(
    client: Client, organization: Organization, version: SubmittedVersion
) -> None:
    page = sent(client, version.receipt_number, version.content.encode()).content.decode()
    private = (CANARY, organization.name, str(version.submission_key), "Focal point", "focal@example.org")
    assert [word for word in private if word in page] == []


def test_each_answer_costs_the_same_one_query(db: None, version: SubmittedVersion) -> None:
    number, digest = version.receipt_number, version.digest
    asked = {
        Verdict.GOOD: (number, digest),
        Verdict.OTHER: (number, "0" * 64),
        Verdict.UNKNOWN: ("AAAAA-AAAAA", digest),
    }
    for verdict, given in asked.items():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = verified(*given)
        assert (answer.verdict, len(queries)) == (verdict, 1)
    assert verified(number, "0" * 64) == Verified(Verdict.OTHER, number)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"number": "", "code": "a" * 64}, "Type the number that stands on the receipt."),
        ({"number": "12345", "code": "a" * 64}, "This is not the number of a receipt"),
        ({"number": "7K3QX-9RT2M", "code": ""}, "Choose the file, or type its control code below."),
        ({"number": "7K3QX-9RT2M", "code": "xyz"}, "A control code has 64 characters"),
    ],
)
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(
    client: Client, db: None, typed: dict[str, str], message: str
) -> None:
    page = client.post("/en/verify/", typed).content.decode()
    assert (message in page, 'aria-invalid="true"' in page) == (True, True)
    assert [value for value in typed.values() if value and f'value="{value}"' not in page] == []


def test_a_file_that_is_too_large_is_refused_in_words(client: Client, version: SubmittedVersion) -> None:
    page = sent(client, version.receipt_number, b" " * (LARGEST + 1)).content.decode()
    assert ("This file is larger than 5 MB" in page, "at most 5 MB" in page) == (True, True)


def test_a_file_that_is_empty_is_another_one(client: Client, version: SubmittedVersion) -> None:
    page = sent(client, version.receipt_number, b"").content.decode()
    assert "This is not what was submitted under this number" in page


def test_too_many_tries_are_refused_in_words_and_nothing_typed_is_lost(
    client: Client, version: SubmittedVersion
) -> None:
    for _each in range(TRIES.amount - 1):
        take(TRIES, "127.0.0.1", now=timezone.now())
    assert sent(client, "AAAAA-AAAAA", code="0" * 64).status_code == 200
    answer = sent(client, version.receipt_number, code=version.digest)
    page = answer.content.decode()
    assert (answer.status_code, "This receipt is good" in page) == (429, False)
    assert f'value="{version.receipt_number}"' in page
    assert f'value="{version.digest}"' in page
    assert client.get("/en/verify/").status_code == 200


@pytest.mark.parametrize("language", thinned(CODES, lambda code: code == "pt"))
def test_the_page_speaks_its_language_sets_no_cookie_and_is_linked_from_every_page(
    client: Client, db: None, language: str
) -> None:
    with translation.override(language):
        title = translation.gettext("Verify a receipt")
    asked = urlencode({"number": "7K3QX-9RT2M", "code": "a" * 64})
    answer = client.get(f"/{language}/verify/?{asked}")
    page = answer.content.decode()
    assert (f">{title}</h1>" in page, 'value="7K3QX-9RT2M"' in page, answer.cookies) == (True, True, {})
    assert f'href="/{language}/verify/"' in client.get(f"/{language}/privacy/").content.decode()


def test_the_receipt_of_any_text_is_good(
    client: Client, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    """Submitted at the desk, downloaded there, verified by a stranger."""
    client.force_login(focal_point)
    pages = consultation_pages
    stranger, actor = Client(), person(focal_point)
    for text in TEXTS:
        row = make_intervention(organization, title=text, body=BODY + text, questions=pages.questions)
        domain.submit(row, submit_key=row.submit_key, actor=actor, now=NOW)
        (kept,) = versions_of(row)
        content = client.get(f"/en/desk/interventions/{row.key}/sent.json").content
        assert (hashlib.sha256(content).hexdigest(), text) == (kept.digest, text)
        assert "This receipt is good" in sent(stranger, kept.receipt_number, content).content.decode()


def test_each_version_of_every_kind_has_a_receipt_of_its_own(
    kind: Kind, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    row = kind.make(organization, consultation_pages)
    kept = [
        domain.keep_version(row, {"title": title}, actor=person(focal_point), now=NOW)
        for title in ("One", "Two")
    ]
    codes = [[verified(each.receipt_number, other.digest).verdict for other in kept] for each in kept]
    assert codes == [[Verdict.GOOD, Verdict.OTHER], [Verdict.OTHER, Verdict.GOOD]]
    assert verified(kept[0].receipt_number, kept[0].digest).label == kind.of.label


def test_numbers_and_codes_are_read_as_people_type_them() -> None:
    numbers = {
        "7K3QX-9RT2M": "7K3QX-9RT2M",
        " 7k3qx 9rt2m ": "7K3QX-9RT2M",
        "7K3QX\u20139RT2M": "7K3QX-9RT2M",
        "7K3QX9RT2M": "7K3QX-9RT2M",
        "0K3QX-9RT2M": "",
        "7K3QX-9RT2MM": "",
        "": "",
    }
    assert {typed: number_in(typed) for typed in numbers} == numbers
    assert (code_in("A" * 32 + " " + "a" * 32), code_in("g" * 64), code_in("a" * 63)) == ("a" * 64, "", "")
