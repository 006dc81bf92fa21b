"""What is left out of a text and its files stands where it was written, and nowhere else."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from docx import Document

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person
from portal.common.errors import Incomplete
from portal.files.models import StoredFile
from portal.interventions.models import Intervention
from portal.interventions.submission import INTERVENTION
from portal.moderation import leaving_out
from portal.moderation.domain import decide
from portal.moderation.models import Decision, InternalNote
from portal.moderation.notes import write_note
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions import domain as submissions
from portal.submissions.models import Measure, SubmittedVersion
from portal.submissions.queries import versions_of
from portal.submissions.redress import appeals
from tests.empty_index import use_index
from tests.factories import make_intervention, make_user, publish_organization
from tests.factories.attachments import attach
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY as LONG
from tests.files.builders import picture
from tests.thinning import rarely
from tests.work.conftest import do_all

# Words that stand nowhere else, each in its own place of the text.
TITLE, BODY, ADVICE = "Zqtitular", "Zqesmerelda", "Zqadvice"
CAPTION, SHOWN = "Zqcaption", "Zqshown"
PAPER, INSIDE, NAMED = "Zqpaper", "Zqinside", "Zqnamed"
WORDS = [each.lower() for each in (TITLE, BODY, ADVICE, CAPTION, SHOWN, PAPER, INSIDE, NAMED)]
# Where the original may stand: what its authors wrote, what was submitted of it, its private files with
# their words, and the mail to its author, which calls it by its title.
ORIGINAL = {
    "interventions.Intervention.title",
    "interventions.Intervention.body",
    "interventions.Intervention.recommendations",
    "interventions.InterventionAttachment.title",
    "interventions.InterventionAttachment.alternative",
    "submissions.SubmittedVersion.content",
    "files.StoredFile.name",
    "files.FileText.blocks",
    "work.Job.data",
    "work.Job.payload",
}


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path, db: None) -> None:
    settings.PRIVATE_MEDIA_ROOT, settings.MEDIA_ROOT = tmp_path / "private", tmp_path / "media"


@pytest.fixture
def first(moderator: User) -> Actor:
    return person(moderator)


@pytest.fixture
def text(
    organization: Organization, focal_point: User, first: Actor, consultation_pages: ConsultationTree
) -> Intervention:
    """Submitted twice, with a picture and a paper; the second version has its words at other places."""
    row = make_intervention(
        organization,
        author=focal_point,
        language="en",
        country="MX",
        title=f"The door of {TITLE}",
        body=f"{BODY} keeps the door. {BODY} has the key. {LONG}",
        recommendations=[f"Ask {ADVICE}."],
        questions=consultation_pages.questions[:1],
    )
    attach(row, picture("PNG"), "a.png", focal_point, title=f"Photo of {CAPTION}", says=f"{SHOWN} waits.")
    attach(row, paper(), f"{NAMED}.docx", focal_point, title=f"Report of {PAPER}", says="A list.")
    submit(row, focal_point)
    decide("intervention", row.key, "returned", reason="Say more.", actor=first, now=timezone.now())
    Intervention.objects.update(title=f"{TITLE} and her door", body=f"The door is kept by {BODY}. {LONG}")
    row.refresh_from_db()
    submit(row, focal_point)
    publish_organization(organization)
    return row


def paper() -> bytes:
    document, written = Document(), io.BytesIO()
    document.add_paragraph(f"{INSIDE} registers at the river. {BODY} helps.")
    document.save(written)
    return written.getvalue()


def submit(row: Intervention, by: User) -> None:
    row.refresh_from_db()
    submissions.submit(row, submit_key=row.submit_key, actor=person(by), now=timezone.now())


def cut(row: Intervention, actor: Actor, field: str, words: str = "") -> Measure:
    why = {"ground": "name", "reason": "She has not agreed."}
    now = timezone.now()
    return leaving_out.redact(INTERVENTION, row, field=field, words=words, **why, actor=actor, now=now)


def cut_all(row: Intervention, actor: Actor) -> Measure:
    for words in (TITLE, BODY, ADVICE, CAPTION, SHOWN):
        cut(row, actor, "all", words)
    return cut(row, actor, f"attachments:{paper_of(row).key}")


def paper_of(row: Intervention) -> StoredFile:
    return StoredFile.objects.get(name=f"{NAMED}.docx")


def approve(row: Intervention, actor: Actor) -> Record:
    decide("intervention", row.key, "approved", actor=actor, now=timezone.now())
    return Record.objects.get(source_key=row.key)


def attached(record: Record) -> list[Any]:
    return json.loads(record.facts.get("attachments", "[]"))  # type: ignore[no-any-return]


def test_a_file_is_left_out_and_what_is_said_of_another_one_is_cut(text: Intervention, first: Actor) -> None:
    cut_all(text, first)
    ((title, says, kind, _size, _sha),) = attached(approve(text, first))
    name = "[… name of a person]"
    assert (title, says, kind) == (f"Photo of {name}", f"{name} waits.", "png")
    assert {row.kind: row.is_public for row in StoredFile.objects.all()} == {"png": True, "docx": False}


def test_what_is_public_already_loses_its_file_at_once(text: Intervention, first: Actor) -> None:
    record = approve(text, first)
    assert len(attached(record)) == 2
    cut(text, first, f"attachments:{paper_of(text).key}")
    record.refresh_from_db()
    assert ([row[2] for row in attached(record)], paper_of(text).is_public) == (["png"], False)
    assert record.facts["redacted"] == "name"


def test_its_authors_are_told_that_it_is_a_file_and_where_other_words_stood(
    text: Intervention, first: Actor, focal_point: User, client: Client
) -> None:
    approve(text, first)
    cut(text, first, f"attachments:{paper_of(text).key}")
    cut(text, first, "all", CAPTION)
    client.force_login(focal_point)
    page = " ".join(client.get(f"/en/desk/interventions/{text.key}/").text.split())
    file = "<h2>A file was left out</h2> <p> <strong>Name of a person.</strong>"
    assert (file in page, f'A whole file: <del lang="en">Report of {PAPER}</del>' in page) == (True, True)
    passage = f'Title of a file: <del lang="en">{CAPTION}</del>'
    assert ("<h2>A passage was left out</h2>" in page, passage in page) == (True, True)


def test_a_file_that_is_not_there_or_left_out_already_is_refused(text: Intervention, first: Actor) -> None:
    cut(text, first, f"attachments:{paper_of(text).key}")
    for field in (f"attachments:{paper_of(text).key}", f"attachments:{text.key}", "attachments:"):
        with pytest.raises(Incomplete):
            cut(text, first, field)


@pytest.mark.parametrize("state", ["correcting", rarely("published")])
def test_an_appeal_brings_the_file_back(
    text: Intervention, first: Actor, focal_point: User, state: str
) -> None:
    measure = cut_all(text, first)
    record = approve(text, first)
    Intervention.objects.update(state=state)
    row = appeals.appeal(measure, text="R", language="en", actor=person(focal_point), now=timezone.now())
    two = [person(make_user(Group.MODERATOR, email=f"{n}@example.org")) for n in (1, 2)]
    decide("appeal", row.key, "grant", reason="R", actor=two[0], now=timezone.now())
    decide("appeal", row.key, "granted", actor=two[1], now=timezone.now())
    record.refresh_from_db()
    assert [row[0] for row in attached(record)] == ["Photo of [… name of a person]", f"Report of {PAPER}"]
    assert paper_of(text).is_public


def test_a_moderator_leaves_a_file_out_and_reads_what_else_stands_in_it(
    text: Intervention, first: Actor, client: Client, moderator: User
) -> None:
    client.force_login(moderator)
    address = f"/en/desk/moderation/intervention/{text.key}/redaction/"
    given = {"field": "all", "words": BODY, "ground": "name", "reason": "R"}
    assert (
        "Words that you leave out stand in this file, too." in client.post(address, given, follow=True).text
    )
    file = f"attachments:{paper_of(text).key}"
    refused = client.post(address, {"field": file, "ground": "name", "reason": ""})
    assert (refused.status_code, f'value="{file}" selected' in refused.text) == (200, True)
    page = client.post(address, {"field": file, "ground": "name", "reason": "R"}, follow=True).text
    assert ("Left out as a whole." in page, f'value="{file}"' in page) == (True, False)
    again = Measure.objects.last()
    assert again is not None
    page = client.post(f"{address}{again.key}/put-back/", follow=True).text
    assert ("Left out as a whole." in page, f'value="{file}"' in page) == (False, True)


def rows_with_words() -> Iterator[str]:
    """Every column of every table in which one of the words stands."""
    for model in apps.get_models():
        if model._meta.proxy or not model._meta.managed:
            continue
        for row in model._default_manager.values():
            for name, value in row.items():
                if any(word in str(value).lower() for word in WORDS):
                    yield f"{model._meta.label}.{name}"


def public_places(record: Record) -> list[str]:
    number = record.public_id
    return [
        record.path("en"),
        record.path("es"),
        "/en/interventions/",
        "/en/interventions/feed/",
        "/en/interventions/?format=csv",
        "/en/interventions/?format=json",
        "/en/data/interventions/?format=csv",
        f"/api/v1/interventions/{number}",
        f"/api/v1/trace/{number}",
        *(f"/api/v1/search?q={word}" for word in WORDS),
    ]


def desk_places(text: Intervention) -> list[str]:
    desk, queue = f"/en/desk/interventions/{text.key}", "/en/desk/moderation"
    receipts = [f"{desk}/receipt/{row.receipt_number}" for row in versions_of(text)]
    files = [f"/en/desk/attachments/intervention/{text.key}/{row.key}/" for row in StoredFile.objects.all()]
    return [
        f"{queue}/intervention/{text.key}/",
        f"{queue}/intervention/{text.key}/redaction/",
        f"{desk}/",
        f"{desk}/sent.json",
        f"{desk}/receipts/",
        *(
            f"{receipt}/{page}"
            for receipt in receipts
            for page in ("", "changes/", "sent.json", "receipt.txt")
        ),
        *files,
        f"{queue}/",
        *(f"{queue}/?q={word}" for word in (TITLE, "door")),
        *(f"{queue}/decided/?q={word}&format=csv" for word in (TITLE, "door")),
        f"{queue}/decided/",
        f"{queue}/ready/",
        "/en/desk/",
    ]


def tells(client: Client, place: str) -> bool:
    response = client.get(place)
    body = response.getvalue() if response.streaming else response.content  # type: ignore[attr-defined]
    page = body.decode("utf-8", "replace").lower()
    if "search?q=" in place:
        return bool(json.loads(page)["total"])
    if place.endswith("/") and "/attachments/" in place:
        # The words of a DOCX are packed.
        return response.status_code == 200 and response["Content-Type"] != "image/png"
    if f"?q={TITLE}" in place:
        # It says again what was looked for.
        return "/intervention/" in page
    return any(word in page for word in WORDS)


@pytest.fixture
def index(db: None, settings: Any, tmp_path: Path) -> None:
    use_index(settings, tmp_path / "search")


def test_a_reason_that_is_given_after_the_cut_does_not_say_the_words_again(
    text: Intervention, first: Actor
) -> None:
    cut_all(text, first)
    told = f"Who is {BODY}? Say it otherwise."
    decide("intervention", text.key, "returned", reason=told, actor=first, now=timezone.now())
    text.refresh_from_db()
    without = "Who is [… name of a person]? Say it otherwise."
    assert (text.reason, Decision.objects.latest("pk").reason) == (without, without)


def test_a_cut_that_is_put_back_has_taken_nothing_from_what_others_wrote(
    text: Intervention, first: Actor
) -> None:
    told = f"Ask {BODY} first."
    note = write_note("intervention", text.key, told, actor=first, now=timezone.now())
    measure = cut(text, first, "all", BODY)
    leaving_out.put_back_cut(INTERVENTION, text, measure, actor=first, now=timezone.now())
    note.refresh_from_db()
    assert note.text == told


def test_notes_about_an_appeal_do_not_say_the_words_of_its_text(
    text: Intervention, first: Actor, focal_point: User
) -> None:
    measure = cut(text, first, "all", BODY)
    approve(text, first)
    now = timezone.now()
    appeal = appeals.appeal(measure, text="It was public.", language="en", actor=person(focal_point), now=now)
    other = person(make_user(Group.MODERATOR, email="other@example.org"))
    note = write_note("appeal", appeal.key, f"{BODY} again.", actor=other, now=now)
    assert note.text == "[… name of a person] again."


@pytest.mark.usefixtures("index")
def test_the_words_stay_with_the_author_and_are_nowhere_else(
    text: Intervention,
    first: Actor,
    moderator: User,
    focal_point: User,
    client: Client,
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = f"{BODY} and {TITLE}, {ADVICE}: ask them."
    write_note("intervention", text.key, told, actor=first, now=timezone.now())
    decide("intervention", text.key, "returned", reason=told, actor=first, now=timezone.now())
    submit(text, focal_point)
    cut_all(text, first)
    record = approve(text, first)
    write_note("intervention", text.key, told, actor=first, now=timezone.now())
    name = "[… name of a person]"
    without = f"{name} and {name}, {name}: ask them."
    reasons = list(Decision.objects.order_by("pk").values_list("reason", flat=True))
    assert reasons == ["Say more.", without, ""]
    assert [*InternalNote.objects.values_list("text", flat=True)] == [without, without]
    call_command("drain_outbox", verbosity=0)
    do_all("mail")
    assert set(rows_with_words()) - ORIGINAL == set()
    assert [place for place in public_places(record) if tells(client, place)] == []
    client.force_login(moderator)
    sent = {client.get(place).status_code for place in desk_places(text) if "sent.json" in place}
    changes = [place for place in desk_places(text) if place.endswith("/changes/")]
    assert (sent, [client.get(place).status_code for place in changes]) == ({404}, [200] * 3)
    people = [make_user(group, email=f"second.{group.name.lower()}@example.org") for group in readers()]
    for user in [moderator, *people]:
        client.force_login(user)
        is_reader = user != moderator and user.groups.filter(name=Group.MODERATOR).exists()
        places = desk_places(text) if is_reader else desk_places(text)[::6]
        told = [place for place in places if tells(client, place)]
        assert (user.email, told) == (user.email, [])
    files = [path for root in (settings.SEARCH_DIR, settings.MEDIA_ROOT) for path in Path(root).rglob("*")]
    assert [path.name for path in files if path.is_file() and says(path.read_bytes())] == []
    assert [row.message for row in caplog.records if says(row.getMessage().encode())] == []
    mails = [each for each in mail.outbox if says(f"{each.subject} {each.body}".encode())]
    assert {each.to[0] for each in mails} == {focal_point.email}


def readers() -> list[Group]:
    """Everybody of the staff but the protection focal point."""
    return [group for group in Group if group != Group.PROTECTION]


def says(content: bytes) -> bool:
    return any(word.encode() in content.lower() for word in WORDS)


@pytest.mark.parametrize("state", ["declined", rarely("withdrawn")])
def test_a_later_version_tells_them_neither_once_it_is_decided_about(
    text: Intervention, first: Actor, client: Client, moderator: User, focal_point: User, state: str
) -> None:
    """Nobody has cut the third version: what waits is read as it is, and not any more afterwards."""
    cut_all(text, first)
    approve(text, first)
    Intervention.objects.update(state="correcting", body=f"Now {BODY} has two keys. {LONG}")
    submit(text, focal_point)
    client.force_login(moderator)
    page = f"/en/desk/moderation/intervention/{text.key}/"
    assert BODY in client.get(page).text
    Intervention.objects.update(state=state, reason="R")
    assert [place for place in desk_places(text) if tells(client, place)] == []
    assert SubmittedVersion.objects.count() == 3


def test_a_release_that_is_refused_names_it_without_them(
    text: Intervention, first: Actor, client: Client, moderator: User
) -> None:
    cut(text, first, "title", TITLE)
    approve(text, first)
    client.force_login(moderator)
    page = client.post("/en/desk/moderation/ready/publish/", {"chosen": f"intervention:{text.key}|x"}).text
    assert (TITLE in page, "[… name of a person] and her door" in page) == (False, True)


def test_the_secretariat_opens_files_of_what_it_reads_now(
    text: Intervention, first: Actor, client: Client, moderator: User, focal_point: User
) -> None:
    approve(text, first)
    old = [row.key for row in StoredFile.objects.order_by("pk")]
    text.attachments.all().delete()
    Intervention.objects.update(state="correcting")
    attach(text, picture("JPEG"), "b.jpg", focal_point)
    submit(text, focal_point)
    keys = [*old, StoredFile.objects.latest("pk").key]
    client.force_login(moderator)

    def opened() -> list[int]:
        address = f"/en/desk/attachments/intervention/{text.key}"
        return [client.get(f"{address}/{key}/").status_code for key in keys]

    assert opened() == [200, 200, 200]
    decide("intervention", text.key, "approved", actor=first, now=timezone.now())
    assert opened() == [404, 404, 200]
    client.force_login(focal_point)
    assert opened() == [200, 200, 200]
