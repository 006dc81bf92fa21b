"""A joint statement of twelve organizations from the invitation to its public page, without JavaScript."""

import csv
import json

import pytest
from django.core import mail
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.interventions.models import Intervention
from portal.joint.models import JointStatement, Signature
from portal.organizations.models import Organization
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.submissions.domain import publish
from portal.submissions.queries import newest_version
from tests.factories import make_intervention
from tests.factories.browser import Browser
from tests.factories.joint import make_signatories, owner_of, sign, signature
from tests.factories.pages import ConsultationTree
from tests.markup import dense

pytestmark = pytest.mark.django_db
NUMBER = 12
WORD = "zqword of a signatory"


def browser_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def number_of(organization: Organization) -> str:
    return Record.objects.get(kind=RecordKind.ORGANIZATION, source_key=organization.key).public_id


def states(draft: Intervention) -> list[str]:
    rows = Signature.objects.filter(statement__submission_key=draft.key)
    return [row.state for row in rows.order_by("position")]


def told() -> list[str]:
    """Who got a mail since this was asked last."""
    readers = sorted(address for message in mail.outbox for address in message.to)
    mail.outbox.clear()
    return readers


@pytest.mark.long
def test_twelve_organizations_sign_a_text_that_is_changed_once(
    organization: Organization,
    focal_point: User,
    moderator: User,
    consultation_pages: ConsultationTree,
) -> None:
    signatories = make_signatories(NUMBER)
    draft = make_intervention(organization, questions=consultation_pages.questions)
    authors, page = browser_of(focal_point), f"/en/desk/interventions/{draft.key}/"
    lines = "\n".join([*map(number_of, signatories[:-1]), signatories[-1].name])

    authors.send(authors.form_at(f"{page}signatories/"), signatories=lines)
    draft.refresh_from_db()
    assert (draft.is_joint, states(draft)) == (True, ["chosen"] * NUMBER)
    assert f'href="{page}signing/"' in authors.get(f"{page}check/").text
    everybody = sorted(owner_of(row).email for row in signatories)
    assert told() == []

    authors.send(authors.form_at(f"{page}signing/", f"{page}signing/ask/"))
    draft.refresh_from_db()
    assert (draft.state, states(draft), told()) == ("awaiting_signatures", ["asked"] * NUMBER, everybody)
    refused = authors.get(f"{page}answer/")
    assert (refused.status_code, refused["Location"]) == (302, page)

    first, second = signatories[0], signatories[1]
    reader = browser_of(owner_of(first))
    asked = f"/en/desk/signatures/{signature(draft, first).key}/"
    opened = reader.form_at(asked, f"{asked}sign/")
    assert draft.body.split(".")[0] in reader.get(asked).text
    late = browser_of(owner_of(second)).form_at(
        f"/en/desk/signatures/{signature(draft, second).key}/",
        f"/en/desk/signatures/{signature(draft, second).key}/sign/",
    )
    assert reader.send(opened, has_read="on").status_code == 302
    sign(draft, *signatories[1:])
    assert states(draft) == ["signed"] * NUMBER

    assert all(row.name in authors.get(f"{page}signing/change/").text for row in signatories)
    authors.send(authors.form_at(f"{page}signing/change/"))
    draft.refresh_from_db()
    assert (draft.state, states(draft), told()) == ("draft", ["void"] * NUMBER, everybody)
    assert "Your signature is void" in reader.get("/en/desk/").text
    assert draft.body.split(".")[0] not in reader.get(asked).text
    assert 'name="submit_key"' not in authors.get(f"{page}check/").text

    authors.send(authors.form_at(f"{page}answer/"), title="Offices at the crossing", country="BR")
    authors.send(authors.form_at(f"{page}signing/", f"{page}signing/ask/"))
    draft.refresh_from_db()
    assert (states(draft), told()) == (["asked"] * NUMBER, everybody)
    answered = browser_of(owner_of(second)).get("/en/desk/").text
    assert "Read the text, then sign or decline" in answered
    voided = _sent_again(second, late)
    assert states(draft) == ["asked"] * NUMBER
    assert "The text was changed after you opened this page" in voided
    assert WORD in voided
    assert "Offices at the crossing" in voided

    sign(draft, *signatories[:-1])
    unsigned = signatories[-1].name
    check = authors.get(f"{page}check/").text
    assert f"Not signed by: {unsigned}. If you submit now, they are not named." in check
    authors.send(authors.form_at(f"{page}check/"))
    draft.refresh_from_db()
    sent = json.loads(newest_version(draft).content)  # type: ignore[union-attr]
    named = [str(row.key) for row in signatories[:-1]]
    assert (draft.state, [each["organization"] for each in sent["signatories"]]) == ("submitted", named)
    frozen = JointStatement.objects.get()
    publish(draft, actor=person(moderator), now=timezone.now())
    # What was left out of it meanwhile stands in no frozen text either.
    assert [bool(row.content) for row in (frozen, JointStatement.objects.get())] == [True, False]
    _read_in_public(draft, signatories)


def _sent_again(organization: Organization, form: object) -> str:
    """The page that refuses a signature under the old text."""
    browser = browser_of(owner_of(organization))
    page = form.action.removesuffix("sign/")  # type: ignore[attr-defined]
    fresh = browser.form_at(page, f"{page}sign/")
    old = form.pairs()["digest"]  # type: ignore[attr-defined]
    response = browser.send(fresh, digest=old, has_read="on", word=WORD)
    assert response.status_code == 200
    return response.text


def _read_in_public(draft: Intervention, signatories: list[Organization]) -> None:
    """On the pages of both sides, in the API, in files and by search words; coverage counts the text once."""
    record, visitor = Record.objects.get(source_key=draft.key), Browser()
    numbers = [number_of(row) for row in signatories[:-1]]
    page = dense(visitor.get(record.path("en")).text)
    for row, number in zip(signatories, numbers, strict=False):
        assert f'<a href="/en/organizations/{number}/"' in page, row
    assert signatories[-1].name not in page
    assert f"Joint statement of {NUMBER} organizations" in dense(visitor.get("/en/interventions/").text)
    own = visitor.get(f"/en/organizations/{numbers[0]}/").text
    assert ("Texts of others that it signed" in own, record.path("en") in own) == (True, True)
    other = visitor.get(f"/en/organizations/{number_of(signatories[-1])}/").text
    assert record.path("en") not in other
    listed = visitor.get(f"/api/v1/interventions?signatory={numbers[3]}").json()["results"]
    assert [row["signatories"] for row in listed] == [numbers]
    assert visitor.get(f"/api/v1/interventions?signatory={number_of(signatories[-1])}").json()["count"] == 0
    table = visitor.get("/en/interventions/?format=csv")
    (line,) = csv.DictReader(b"".join(table.streaming_content).decode("utf-8-sig").splitlines())  # type: ignore[attr-defined]
    assert line["signatories"].split() == numbers
    (counted,) = visitor.get("/api/v1/coverage?consultation=brasilia").json()["results"][:1]
    assert sum(counted["by_type"].values()) == 1
