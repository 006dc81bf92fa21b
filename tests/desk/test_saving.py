"""Steps that save themselves, two texts of one step, the history of a text, copies: as browsers ask."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.models import KeptForm
from portal.files.domain import store_file
from portal.interventions.models import Intervention
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.submissions import history
from portal.submissions.history import Way
from portal.submissions.models import SavedText
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, make_report, make_user
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY, make_pledge, publish_pledge
from tests.thinning import rarely

CANARY = "zqprivate words of an hour"
OURS = ("revision", "base", "opened_by", "opened_page", "earlier_page", "turn")


@pytest.fixture
def writer(client: Client, focal_point: User, organization: Organization) -> Client:
    client.force_login(focal_point)
    return client


@pytest.fixture
def draft(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> Intervention:
    return make_intervention(
        organization,
        questions=consultation_pages.questions[:1],
        title="First",
        language="en",
        author=focal_point,
    )


def url(draft: Any, name: str) -> str:
    with translation.override("en"):
        return reverse(f"{draft.kind}s_desk:{name}", args=[draft.key])


def opened(client: Client, draft: Any, **changes: str) -> dict[str, str]:
    """What a browser would send from the step as it stands now."""
    html = client.get(url(draft, "answer")).text
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', html)[1] for name in OURS}  # type: ignore[index]
    typed = {"title": "First", "form": "intervention", "country": "MX", "language": "en", "body": BODY}
    return {**hidden, **typed, **changes}


def autosave(client: Client, draft: Any, typed: dict[str, str]) -> Any:
    return save(client, url(draft, "answer"), typed)


def save(client: Client, address: str, typed: dict[str, str]) -> Any:
    """As the page does it by itself."""
    return client.post(address, typed | {"autosave": "1"}, HTTP_ACCEPT="text/html, application/json")


def colleague(organization: Organization) -> Client:
    other, client = make_user(email="colleague@example.org", language="en"), Client()
    add_member(organization, other, Role.EDITOR)
    client.force_login(other)
    return client


def test_a_page_saves_itself_and_goes_on(writer: Client, draft: Intervention) -> None:
    page = opened(writer, draft, title="Second", turn="1")
    told = autosave(writer, draft, page).json()
    draft.refresh_from_db()
    assert (told["state"], draft.title, told["fields"]["revision"]) == ("saved", "Second", "2")
    told = autosave(writer, draft, page | told["fields"] | {"title": "Third", "turn": "2"}).json()
    assert told["state"] == "saved"
    saved = writer.post(url(draft, "answer"), page | told["fields"] | {"title": "Fourth", "turn": "3"})
    draft.refresh_from_db()
    assert (saved.status_code, draft.title, draft.state) == (302, "Fourth", SubmissionState.DRAFT)
    ways = [row.way for row in history.texts_of("intervention", draft.key)]
    assert ways == [Way.BEFORE, Way.AUTOSAVED, Way.AUTOSAVED, Way.SAVED]


def test_what_says_nothing_new_changes_nothing(writer: Client, draft: Intervention) -> None:
    told = autosave(writer, draft, opened(writer, draft)).json()
    draft.refresh_from_db()
    assert (told["state"], told["fields"]["revision"], draft.revision) == ("saved", "1", 1)
    assert SavedText.objects.count() == 0


def test_an_answer_that_got_lost_is_no_clash_and_an_earlier_text_never_comes_last(
    writer: Client, draft: Intervention
) -> None:
    page = opened(writer, draft)
    for turn, title in (("1", "One"), ("3", "Three")):
        assert autosave(writer, draft, page | {"title": title, "turn": turn}).json()["state"] == "saved"
    late = autosave(writer, draft, page | {"title": "Two", "turn": "2"})
    draft.refresh_from_db()
    assert (late.status_code, late.json()["state"], draft.title) == (409, "conflict", "Three")


@pytest.mark.long
def test_what_a_lost_page_had_typed_is_saved_by_the_next_one(writer: Client, draft: Intervention) -> None:
    lost = opened(writer, draft, title="Half", turn="1")
    autosave(writer, draft, lost)
    back = lost | opened(writer, draft) | {name: lost[name] for name in ("revision", "base")}
    back |= {"title": "Half and more", "earlier_page": f"aa11:7 {lost['opened_page']}:1", "turn": "1"}
    assert autosave(writer, draft, back).json()["state"] == "saved"
    draft.refresh_from_db()
    assert draft.title == "Half and more"


@pytest.mark.long
def test_two_at_once_see_both_texts_and_choose(writer: Client, draft: Intervention) -> None:
    other = colleague(draft.organization)
    mine, hers = opened(writer, draft, title="Mine is this"), opened(other, draft, title="Hers is that")
    assert autosave(other, draft, hers).json()["state"] == "saved"
    told = autosave(writer, draft, mine)
    assert (told.status_code, told.json()["state"]) == (409, "conflict")
    page = writer.post(url(draft, "answer"), mine).text
    both = ("Hers is that", 'value="Mine is this"', "<p>Mine is this</p>", "data-paused")
    assert [words for words in (*both, "<del>Hers</del>", "<ins>Mine</ins>") if words not in page] == []
    kept = writer.post(url(draft, "answer"), mine | {"keep_stored": "1"}, follow=True)
    draft.refresh_from_db()
    assert (draft.title, 'value="Hers is that"' in kept.text) == ("Hers is that", True)
    past = writer.get(url(draft, "history")).text
    assert "Set aside" in past
    assert "Mine is this" in past


def test_who_has_two_texts_to_choose_from_is_not_told_what_is_still_to_write(
    writer: Client, draft: Intervention
) -> None:
    other = colleague(draft.organization)
    mine = opened(writer, draft, title="Mine is this", body="Short.")
    autosave(other, draft, opened(other, draft, title="Hers is that"))
    page = writer.post(url(draft, "answer"), mine).text
    assert ("Hers is that" in page, "more word" in page, "has-error" in page) == (True, False, False)
    page = writer.post(url(draft, "answer"), opened(writer, draft, body="Short.")).text
    assert ("more word" in page, "has-error" in page) == (True, True)


def test_what_does_not_fit_is_said_and_the_rest_is_saved(writer: Client, draft: Intervention) -> None:
    told = autosave(writer, draft, opened(writer, draft, title="x" * 300, body=f"{BODY} more"))
    draft.refresh_from_db()
    assert (told.json()["state"], draft.title, draft.body) == ("partly", "First", f"{BODY} more")


def test_what_is_submitted_is_not_changed_by_an_open_page(writer: Client, draft: Intervention) -> None:
    page = opened(writer, draft, title="Late")
    Intervention.objects.filter(pk=draft.pk).update(state="submitted", submitted_at=draft.updated_at)
    told = autosave(writer, draft, page)
    draft.refresh_from_db()
    assert (told.status_code, told.json()["state"], draft.title) == (409, "refused", "First")
    assert "already been submitted" in told.json()["told"]


def test_signed_out_the_text_waits_for_its_writer_alone(
    writer: Client, draft: Intervention, other_org_member: User, focal_point: User
) -> None:
    page = opened(writer, draft, title=CANARY)
    writer.logout()
    gone = autosave(writer, draft, page)
    assert (gone.status_code, gone["Location"].startswith("/accounts/login/")) == (302, True)
    assert KeptForm.objects.get().user_id == focal_point.pk
    writer.force_login(other_org_member)
    refused = autosave(writer, draft, page)
    assert (refused.status_code, CANARY in refused.text) == (403, False)
    draft.refresh_from_db()
    assert (draft.title, SavedText.objects.count()) == ("First", 0)


@pytest.mark.parametrize(
    ("who", "status"), [("viewer_member", 403), ("other_org_member", 404), ("moderator", 404)]
)
def test_others_save_nothing(
    client: Client, draft: Intervention, request: pytest.FixtureRequest, who: str, status: int
) -> None:
    client.force_login(request.getfixturevalue(who))
    typed = {"title": CANARY, "revision": "1"}
    assert autosave(client, draft, typed).status_code == status
    assert client.post(url(draft, "answer"), typed | {"keep_stored": "1"}).status_code == status
    assert SavedText.objects.count() == 0


def test_a_document_is_left_out_by_hand_only(
    writer: Client, organization: Organization, focal_point: User
) -> None:
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED)
    publish_pledge(pledge)
    report = make_report(pledge)
    paper = store_file(b"What was done.", "done.txt", actor=person(focal_point), now=report.updated_at)
    report.evidence.create(file=paper)
    typed = {"stage": "in_progress", "day": "2025-03-31", "text": "Done.", "tier": "1"}
    typed |= {"revision": "1", "drop": str(paper.key)}
    told = save(writer, url(report, "report"), typed).json()
    assert (told["state"], report.evidence.count()) == ("saved", 1)
    writer.post(url(report, "report"), typed | told["fields"])
    assert report.evidence.count() == 0


@pytest.mark.long
def test_a_step_loads_its_script_and_says_who_writes(writer: Client, draft: Intervention) -> None:
    page = writer.get(url(draft, "answer")).text
    keys = re.findall(r'data-account="([0-9a-f]{16})"', page)
    assert len(keys) == 1
    assert "js/writing.js" in page
    other = colleague(draft.organization).get(url(draft, "answer")).text
    assert keys[0] not in other
    assert "js/writing.js" in writer.get(url(draft, "check")).text
    assert "js/writing.js" not in writer.get(url(draft, "detail")).text


def stored_in(page: str) -> dict[str, str]:
    told: dict[str, str] = json.loads(unescape(re.search(r'data-stored="([^"]*)"', page)[1]))  # type: ignore[index]
    return told


def test_the_page_that_comes_back_says_what_is_stored_and_no_other_does(
    writer: Client, draft: Intervention
) -> None:
    """Up to which turn of which opened page; a refused save, or a redirect of an old link, says nothing."""
    place, sent = f"intervention/{draft.key}/answer", opened(writer, draft, title="Sent", turn="4")
    refused = writer.post(url(draft, "answer"), sent | {"title": "x" * 300})
    assert stored_in(refused.text) == {}
    old = writer.get(url(draft, "answer").rstrip("/"), follow=True)
    assert (stored_in(old.text), old.redirect_chain != []) == ({}, True)
    sent |= {"revision": str(Intervention.objects.get().revision)}
    writer.post(url(draft, "answer"), sent)
    told = {place: f"{sent['opened_page']}:4"}
    pages = [writer.get(url(draft, name)).text for name in ("answer", "marks", "check")]
    assert [stored_in(page) for page in pages] == [told] * 3
    writer.post(url(draft, "marks"), {"turn": "0", "opened_page": "aa"})
    assert stored_in(writer.get(url(draft, "marks")).text) == told
    other = colleague(draft.organization).get(url(draft, "answer")).text
    assert stored_in(other) == {}


@pytest.mark.parametrize("rows", [rarely(1), 12])
def test_the_history_tells_who_when_and_what(
    writer: Client, draft: Intervention, rows: int, django_assert_num_queries: Any
) -> None:
    page = opened(writer, draft)
    for number in range(rows):
        told = autosave(writer, draft, page | {"title": f"Title {number}", "turn": str(number)})
        page |= told.json()["fields"]
    with django_assert_num_queries(11):
        told = writer.get(url(draft, "history")).text
    assert told.count("Saved by the page itself") == rows
    assert "stands now" in told


@pytest.mark.long
def test_the_first_of_many_texts_is_on_the_last_page(writer: Client, draft: Intervention) -> None:
    writer.post(url(draft, "answer"), opened(writer, draft, title="Second"))
    last = history.texts_of("intervention", draft.key).latest("pk")
    rows = [
        SavedText(
            kind="intervention",
            submission_key=draft.key,
            step="answer",
            revision=number,
            values=last.values.replace("Second", f"Title {number}"),
            way=Way.AUTOSAVED,
            saved_at=last.saved_at,
        )
        for number in range(10, 1010)
    ]
    SavedText.objects.bulk_create(rows)
    page = writer.get(url(draft, "history"), {"page": "51"})
    first = history.texts_of("intervention", draft.key)[0]
    assert f'name="text" value="{first.pk}"' in page.text
    asked = {"text": str(first.pk), "revision": "2"}
    writer.post(url(draft, "history"), asked)
    draft.refresh_from_db()
    assert draft.title == "First"


@pytest.mark.long
def test_any_text_is_restored_and_what_it_replaces_stays(writer: Client, draft: Intervention) -> None:
    writer.post(url(draft, "answer"), opened(writer, draft, title="Second"))
    first = history.texts_of("intervention", draft.key)[0]
    asked = {"text": str(first.pk), "revision": "2"}
    page = writer.post(url(draft, "history"), asked, follow=True)
    draft.refresh_from_db()
    assert (draft.title, "Restored." in page.text) == ("First", True)
    assert history.lines_of("intervention", draft.key)[-1].way == Way.RESTORED
    stale = writer.post(url(draft, "history"), asked)
    draft.refresh_from_db()
    assert (stale.status_code, "This changed after you opened the page" in stale.text) == (200, True)
    assert draft.revision == 3
    for strange in ("", "x", "9" * 30, "0"):
        assert writer.post(url(draft, "history"), {"text": strange, "revision": "3"}).status_code == 404


def test_the_history_is_read_by_the_organization_alone(
    writer: Client, draft: Intervention, moderator: User, viewer_member: User, other_org_member: User
) -> None:
    """Also of what was submitted: who decides reads what was submitted, not what was written on the way."""
    writer.post(url(draft, "answer"), opened(writer, draft, title=CANARY))
    writer.post(url(draft, "answer"), opened(writer, draft, title="Submitted"))
    Intervention.objects.filter(pk=draft.pk).update(state="submitted", submitted_at=draft.updated_at)
    row = history.texts_of("intervention", draft.key)[1]
    told = {}
    for who in (viewer_member, moderator, other_org_member):
        client = Client()
        client.force_login(who)
        page = client.get(url(draft, "history"))
        told[who.email] = (page.status_code, CANARY in page.text, "Restore this text" in page.text)
        tried = client.post(url(draft, "history"), {"text": str(row.pk), "revision": "3"})
        assert tried.status_code in {403, 404, 409}
    assert list(told.values()) == [(200, True, False), (404, False, False), (404, False, False)]
    draft.refresh_from_db()
    assert draft.title == "Submitted"


@pytest.mark.long
def test_a_text_is_copied_into_a_draft_of_its_own(
    writer: Client, draft: Intervention, viewer_member: User
) -> None:
    page = writer.get(url(draft, "duplicate")).text
    key = re.search(r'name="draft_key" value="([^"]*)"', page)[1]  # type: ignore[index]
    for _twice in range(2):
        assert writer.post(url(draft, "duplicate"), {"draft_key": key}).status_code == 302
    copy = Intervention.objects.exclude(pk=draft.pk).get()
    assert (str(copy.key), copy.title, copy.body, copy.state) == (key, "First", draft.body, "draft")
    assert [row.question_key for row in copy.answers.all()] == [draft.answers.get().question_key]
    viewer = Client()
    viewer.force_login(viewer_member)
    assert viewer.get(url(draft, "duplicate")).status_code == 302
    assert viewer.post(url(draft, "duplicate")).status_code == 403
    assert url(draft, "duplicate") not in viewer.get(url(draft, "detail")).text


def test_signing_out_empties_what_pages_keep_in_the_browser(writer: Client) -> None:
    assert writer.get("/accounts/logout/").has_header("Clear-Site-Data") is False
    assert writer.post("/accounts/logout/")["Clear-Site-Data"] == '"storage"'
