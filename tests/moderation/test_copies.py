"""Near-copies as one group, decided about together; what is ready published in one go or not at all."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.interventions.drafts import InterventionFields
from portal.interventions.models import Intervention
from portal.moderation import copies, ready
from portal.moderation.copies import sign, sign_waiting
from portal.moderation.models import Decision, ReadyMark, TextSignature
from portal.moderation.signatures import likeness, marks_of, packed, unpacked
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions import domain as submissions
from portal.submissions.states import SubmissionState
from portal.work.models import Job
from tests.factories import make_intervention, make_organization, make_user, publish_organization
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely

QUEUE = "/en/desk/moderation/"
READY_QUERIES, GROUP_QUERIES = 16, 19
NOW = timezone.now()
LETTER = (
    "Every week we receive families who have crossed two borders without anybody telling them their rights. "
    "We ask that no person be sent back before somebody has listened to why they left their country. "
    "Children who arrive alone need a guardian on the first day and not when a judge happens to have time. "
)
OTHER = (
    "The registry of our town writes down births on Saturdays in the market, with two witnesses and no "
    "fee, and since then the school takes in every child that lives in the valley, whatever papers they show."
)


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


@pytest.fixture(autouse=True)
def keep_mails(settings: Any) -> None:
    """Stored in the transaction that sends them."""
    settings.EMAIL_BACKEND = "portal.work.mail_backend.EmailBackend"


def mails() -> int:
    return Job.objects.filter(kind="mail").count()


def verified(name: str) -> Organization:
    made = make_organization(name=name, state=OrganizationState.VERIFIED, owner=make_user())
    publish_organization(made)
    return made


def waiting(organization: Organization, body: str, days: int = 1, **fields: Any) -> Intervention:
    at = NOW - timedelta(days=days)
    row = make_intervention(
        organization, state=SubmissionState.SUBMITTED, body=body, submitted_at=at, **fields
    )
    sign(row.kind, row.key, row.language, body)
    return row


@pytest.fixture
def campaign(organization: Organization) -> list[Intervention]:
    """Three copies of a letter of three organizations, the oldest first, and a text of its own."""
    senders = [organization, verified("Red Tres"), verified("Red Cuatro")]
    rows = [
        waiting(sender, f"{LETTER}We are {sender.name}.", days=9 - at, title=f"Letter {at}")
        for at, sender in enumerate(senders)
    ]
    return [*rows, waiting(organization, OTHER, days=5, title="Own")]


def group_of(row: Intervention) -> UUID:
    return TextSignature.objects.get(object_key=row.key).group


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def chosen_on(page: Any) -> list[str]:
    """The values of the boxes that stand on a page, as a browser sends them."""
    return re.findall(r'name="chosen"\s+value="([^"]+)"', page.content.decode())


def test_marks_know_a_text_without_case_accents_and_signs() -> None:
    assert marks_of("¡Dos Niños, y su madre!") == marks_of("dos ninos y su madre")
    assert (marks_of(" … "), len(marks_of("Dos niños"))) == (frozenset(), 1)
    marks = marks_of(LETTER)
    assert unpacked(packed(marks)) == marks
    assert (likeness(marks, marks), likeness(marks, marks_of(OTHER))) == (1.0, 0.0)


def test_copies_of_one_language_and_kind_are_one_group(campaign: list[Intervention]) -> None:
    *letters, own = campaign
    groups = {group_of(row) for row in letters}
    assert (len(groups), group_of(own) in groups) == (1, False)
    translated = sign("intervention", letters[0].organization.key, "pt", LETTER)
    practice = sign("practice", letters[0].organization.key, "es", LETTER)
    assert translated is not None
    assert practice is not None
    assert {translated.group, practice.group}.isdisjoint(groups)


def test_a_text_that_becomes_another_one_leaves_the_group(campaign: list[Intervention]) -> None:
    first, second, *_others = campaign
    sign(first.kind, first.key, first.language, f"{LETTER}And more.")
    assert group_of(first) == group_of(second)
    sign(first.kind, first.key, first.language, "Nothing of the letter is left in this text any more.")
    assert group_of(first) != group_of(second)
    assert sign(first.kind, first.key, first.language, " – ") is None
    assert not TextSignature.objects.filter(object_key=first.key).exists()


def test_a_text_is_signed_when_it_is_submitted(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    draft = make_intervention(organization, author=focal_point, questions=consultation_pages.questions[:1])
    actor = person(focal_point)
    draft = submissions.save_draft(
        draft, fields=InterventionFields(body=LETTER), revision=1, actor=actor, now=NOW
    )
    assert not TextSignature.objects.exists()
    submissions.submit(draft, submit_key=draft.submit_key, actor=actor, now=NOW)
    row = TextSignature.objects.get()
    assert (row.object_key, row.language, unpacked(row.marks)) == (draft.key, "es", marks_of(LETTER))


def test_what_waits_without_a_signature_is_signed_by_the_clock(organization: Organization) -> None:
    for _ in range(2):
        make_intervention(organization, state=SubmissionState.SUBMITTED, body=LETTER)
    make_intervention(organization, state=SubmissionState.RETURNED, body=LETTER)
    assert (sign_waiting(), sign_waiting()) == (2, 0)
    assert len({*TextSignature.objects.values_list("group")}) == 1


def test_the_number_of_queries_does_not_grow_with_the_copies(
    organization: Organization, django_assert_num_queries: Any
) -> None:
    for number in (1, 12):
        for _ in range(number):
            waiting(organization, LETTER)
        with django_assert_num_queries(6):
            sign("intervention", uuid4(), "es", f"{LETTER}{OTHER}")
    assert TextSignature.objects.count() > copies.COMPARED


def test_a_group_is_one_row_of_the_queue(desk: Client, campaign: list[Intervention]) -> None:
    rows = desk.get(QUEUE).context["rows"]
    assert [(row.title, row.copies) for row in rows] == [("Letter 0", 3), ("Own", 1)]
    assert [row.title for row in desk.get(f"{QUEUE}?copies=yes").context["rows"]] == ["Letter 0"]
    page = desk.get(f"{QUEUE}intervention/{campaign[1].key}/")
    assert [row.title for row in page.context["copies"]] == ["Letter 0", "Letter 2"]
    assert page.context["following"]["title"] == "Own"


def test_a_group_shows_what_each_says_otherwise_and_marks_who_may_be_named(
    desk: Client, organization: Organization, other_organization: Organization
) -> None:
    """The first, one with a telephone number, one that is the same letter for letter."""
    first = waiting(organization, LETTER, days=3)
    waiting(other_organization, f"{LETTER} Llame al +52 961 123 4567.")
    waiting(other_organization, LETTER)
    page = " ".join(desk.get(f"{QUEUE}group/{group_of(first)}/").text.split())
    marks = re.findall(r"<ins>(.*?)</ins>", page)
    assert [("Llame al" in each, 'class="pointed"' in each) for each in marks] == [(True, True)]
    assert page.count("Word for word the same as the first.") == 1


@pytest.mark.long
def test_a_group_names_each_of_its_texts(desk: Client, campaign: list[Intervention]) -> None:
    page = desk.get(f"{QUEUE}group/{group_of(campaign[0])}/").content.decode()
    links = [f'href="{QUEUE}intervention/{row.key}/"' in page for row in campaign]
    assert links == [True, True, True, False]
    assert "3 texts from 3 organizations" in page
    assert desk.get(f"{QUEUE}group/{campaign[0].key}/").status_code == 404


@pytest.mark.long
def test_a_group_is_decided_about_together(desk: Client, campaign: list[Intervention]) -> None:
    path = f"{QUEUE}group/{group_of(campaign[0])}/returned/"
    page = desk.get(path)
    response = desk.post(
        path, {"chosen": chosen_on(page)[:2], "reason": "Say what you saw yourselves."}, follow=True
    )
    assert (response.redirect_chain, said(response)) == (
        [(QUEUE, 302)],
        ["2 texts: returned with a reason."],
    )
    told = [(row.object_key, row.action, row.reason) for row in Decision.objects.all()]
    assert told == [(row.key, "returned", "Say what you saw yourselves.") for row in campaign[:2]]
    assert mails() == 2
    assert Intervention.objects.get(key=campaign[2].key).state == "submitted"


@pytest.mark.long
def test_a_group_is_decided_about_as_a_whole_or_not_at_all(
    desk: Client, campaign: list[Intervention], moderator: User
) -> None:
    """One was submitted anew while the page stood open, another one is of the moderator's organization."""
    path = f"{QUEUE}group/{group_of(campaign[0])}/approved/"
    chosen = chosen_on(desk.get(path))
    Intervention.objects.filter(key=campaign[1].key).update(submitted_at=NOW)
    add_member(campaign[2].organization, moderator, Role.VIEWER)
    response = desk.post(path, {"chosen": chosen})
    assert said(response) == [
        "Nothing was decided, because of some of them.",
        "Letter 1: This changed after you opened the page. Read it once more, then submit it.",
        "Letter 2: Somebody else has to decide about it.",
    ]
    assert (Decision.objects.count(), mails()) == (0, 0)
    assert not Record.objects.filter(kind="intervention").exists()
    assert "You belong to this organization" in response.content.decode()


@pytest.mark.long
def test_a_group_form_says_what_is_missing_and_keeps_what_was_chosen(
    desk: Client, campaign: list[Intervention]
) -> None:
    path = f"{QUEUE}group/{group_of(campaign[0])}/returned/"
    chosen = chosen_on(desk.get(path))
    page = desk.post(path, {"chosen": chosen[:1], "reason": ""})
    assert "Say why, so that the authors know what to correct." in page.content.decode()
    assert len(re.findall(r"\schecked", page.content.decode())) == 1
    page = desk.post(path, {"reason": "Kept words."})
    assert said(page) == ["Nothing was decided: choose at least one of them."]
    assert ("Kept words." in page.content.decode(), Decision.objects.count()) == (True, 0)
    assert desk.get(path.replace("returned", "nonsense")).status_code == 404


def mark(client: Client, row: Intervention) -> Any:
    page = client.get(f"{QUEUE}intervention/{row.key}/")
    return client.post(f"{QUEUE}intervention/{row.key}/ready/", {"seen": page.context["seen"]})


def test_what_is_ready_is_published_in_one_go(desk: Client, campaign: list[Intervention]) -> None:
    *_letters, third, own = campaign
    assert mark(desk, third).url == f"{QUEUE}intervention/{own.key}/#top"
    mark(desk, own)
    page = desk.get(f"{QUEUE}ready/")
    assert ("Publish these 2" in page.content.decode(), desk.get(QUEUE).context["ready"]) == (True, 2)
    response = desk.post(f"{QUEUE}ready/publish/", {"chosen": chosen_on(page)}, follow=True)
    assert (response.redirect_chain, said(response)) == (
        [(f"{QUEUE}ready/", 302)],
        ["2 texts are public now."],
    )
    published = Record.objects.filter(kind="intervention", state="published")
    assert {*published.values_list("source_key", flat=True)} == {third.key, own.key}
    assert (Decision.objects.count(), ReadyMark.objects.count(), mails()) == (2, 0, 2)


def test_a_release_is_refused_as_a_whole_and_names_which_and_why(
    desk: Client, campaign: list[Intervention], moderator: User
) -> None:
    for row in campaign:
        mark(desk, row)
    chosen = chosen_on(desk.get(f"{QUEUE}ready/"))
    Organization.objects.filter(pk=campaign[1].organization_id).update(
        state=OrganizationState.SUSPENDED, reason="Asked for a day."
    )
    Intervention.objects.filter(key=campaign[2].key).update(state=SubmissionState.WITHDRAWN)
    response = desk.post(f"{QUEUE}ready/publish/", {"chosen": chosen})
    told = said(response)
    assert [line.split(":")[0] for line in told] == [
        "Nothing was decided, because of some of them.",
        "Letter 1",
        "Letter 2",
    ]
    assert "cannot submit" in told[1] or "verified" in told[1]
    assert (Decision.objects.count(), Record.objects.filter(kind="intervention").count()) == (0, 0)
    assert mails() == 0
    assert said(desk.post(f"{QUEUE}ready/publish/")) == [
        "Nothing was published: choose at least one of them."
    ]


def test_what_was_submitted_again_is_not_ready_any_more(desk: Client, campaign: list[Intervention]) -> None:
    mark(desk, campaign[0])
    Intervention.objects.filter(key=campaign[0].key).update(submitted_at=NOW)
    page = desk.get(f"{QUEUE}ready/")
    assert (chosen_on(page), [row["why"] for row in page.context["rows"]]) == (
        [],
        ["It was submitted again after it was marked. Read it once more."],
    )
    assert "submitted again" in desk.get(f"{QUEUE}intervention/{campaign[0].key}/").content.decode()


@pytest.mark.parametrize("number", [rarely(1), 4])
def test_pages_of_many_texts_cost_the_same_as_of_one(
    desk: Client,
    organization: Organization,
    moderator: User,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    """Also where half of them are of the moderator's own organization."""
    own = verified("Red Propia")
    add_member(own, moderator, Role.VIEWER)
    second = person(make_user(Group.MODERATOR))
    rows = [waiting(sender, LETTER) for sender in (organization, own) for _ in range(number)]
    for row in rows:
        ready.mark_ready(row.kind, row.key, actor=second, now=NOW)
    desk.get(QUEUE)
    for path, queries in (
        (f"{QUEUE}ready/", READY_QUERIES),
        (f"{QUEUE}group/{group_of(rows[0])}/", GROUP_QUERIES),
    ):
        with django_assert_num_queries(queries):
            page = desk.get(path).content.decode()
        assert page.count(f'href="{QUEUE}intervention/') == 2 * number


def test_marks_are_of_who_may_decide(
    desk: Client, campaign: list[Intervention], moderator: User, focal_point: User
) -> None:
    add_member(campaign[0].organization, moderator, Role.VIEWER)
    path = f"{QUEUE}intervention/{campaign[0].key}/"
    assert said(desk.post(f"{path}ready/", follow=True)) == ["Somebody else has to decide about it."]
    assert not desk.get(path).context["is_releasable"]
    second = make_user(Group.MODERATOR)
    ready.mark_ready("intervention", campaign[0].key, actor=person(second), now=NOW)
    assert chosen_on(desk.get(f"{QUEUE}ready/")) == []
    desk.post(f"{path}not-ready/")
    assert ReadyMark.objects.count() == 1
    desk.force_login(second)
    desk.post(f"{path}not-ready/")
    assert ReadyMark.objects.count() == 0
    desk.force_login(focal_point)
    addresses = ("ready/", f"group/{group_of(campaign[0])}/", f"group/{group_of(campaign[0])}/approved/")
    assert [desk.get(f"{QUEUE}{each}").status_code for each in addresses] == [403] * 3
