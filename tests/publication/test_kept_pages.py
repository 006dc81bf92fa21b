"""Visitors get a page that is kept only as long as it is the page that would be made."""

import gzip
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal.accounts.models import User
from portal.common.actors import system
from portal.consultations.page_models import ConsultationPage
from portal.interventions.models import Intervention
from portal.library.models import LibraryDocument, LibraryPassage
from portal.networks.models import Network
from portal.organizations.models import Organization
from portal.pages.models import HomePage, SiteFrame
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind
from portal.publication.models import Record, RecordLink, RecordTranslation
from portal.submissions.states import SubmissionState
from portal.taxonomy.models import OrganizationType
from tests.factories import make_intervention, publish_intervention
from tests.factories.library import make_document
from tests.factories.networks import make_network
from tests.factories.pages import ConsultationTree

pytestmark = pytest.mark.usefixtures("kept_pages")
CANARY = "kanarienvogel"
QUESTION = "/en/consultations/brasilia/segment-1/area-1/question-1/"
Change = Callable[[], object]


def asked(path: str, **given: Any) -> tuple[int, bytes, int]:
    """Status, content and number of queries, by a visitor who never came before."""
    client = Client()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path, **given)
    return answer.status_code, answer.getvalue(), len(captured)


def made(path: str, settings: Any) -> tuple[int, bytes]:
    """What somebody would get who finds nothing kept."""
    settings.KEEP_PAGES = False
    status, content, _queries = asked(path)
    settings.KEEP_PAGES = True
    return status, content


@pytest.fixture
def intervention(organization: Organization, consultation_pages: ConsultationTree) -> Intervention:
    made = make_intervention(
        organization,
        state=SubmissionState.PUBLISHED,
        title=CANARY,
        questions=consultation_pages.questions[:1],
    )
    publish_intervention(made)
    return made


def places_of(record: Record) -> list[str]:
    owner = Record.objects.get(kind=RecordKind.ORGANIZATION)
    return [
        *("/en/", "/es/", "/en/consultations/", "/en/consultations/brasilia/", QUESTION),
        *("/en/interventions/", "/fr/interventions/", record.path("en"), "/en/organizations/"),
        *(owner.path("en"), "/en/library/", "/en/networks/", "/en/plan/", "/en/follow-up/", "/en/countries/"),
        *("/en/pledges/", "/en/practices/", "/en/recommendations/", "/en/calendar/", "/en/privacy/"),
    ]


def test_every_type_of_page_is_kept_and_costs_one_query(intervention: Intervention, settings: Any) -> None:
    for path in places_of(Record.objects.get(source_key=intervention.key)):
        first = asked(path)
        again = asked(path)
        assert (path, again) == (path, (200, first[1], 1))
        assert made(path, settings) == (200, first[1])


def test_a_page_that_is_kept_is_compressed_and_marked_as_one_that_is_made(
    intervention: Intervention, settings: Any
) -> None:
    def answers() -> list[tuple[bytes, dict[str, str]]]:
        given = [Client().get("/en/", headers=headers) for headers in ({}, {"accept-encoding": "gzip"})]
        assert gzip.decompress(given[1].content) == given[0].content
        # Compressed by another hand it has another length.
        given[1].headers.pop("Content-Length")
        return [(given[0].content, dict(answer.items())) for answer in given]

    first, again = answers(), answers()
    settings.KEEP_PAGES = False
    assert first == again == answers()


def test_whether_a_page_still_stands_costs_one_query(consultation_pages: ConsultationTree) -> None:
    first = Client().get("/en/", headers={"accept-encoding": "gzip"})
    client = Client()
    with CaptureQueriesContext(connection) as captured:
        again = client.get("/en/", headers={"if-none-match": first["ETag"], "accept-encoding": "gzip"})
    assert (again.status_code, again.content, len(captured)) == (304, b"", 1)
    HomePage.objects.update(title="Another title")
    assert Client().get("/en/", headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "given",
    [
        {"headers": {"cookie": "sessionid=any"}},
        {"headers": {"cookie": "any=thing"}},
        {"headers": {"authorization": "Bearer any"}},
    ],
    ids=["a session", "any cookie", "authorization"],
)
def test_who_is_known_gets_no_page_that_is_kept(
    consultation_pages: ConsultationTree, given: dict[str, Any]
) -> None:
    asked("/en/")
    assert asked("/en/")[2] == 1
    assert asked("/en/", **given)[2] > 1


def test_what_somebody_signed_in_sees_is_not_kept(
    consultation_pages: ConsultationTree, focal_point: User
) -> None:
    client = Client()
    client.force_login(focal_point)
    assert client.get("/en/").status_code == client.get("/en/desk/").status_code == 200
    assert asked("/en/")[2] > 1


@pytest.mark.parametrize(
    "path",
    [
        *("/en/search/", "/en/search/?q=asylum", "/en/?q=asylum", "/en/moderation/", "/en/verify/"),
        *("/en/interventions/feed/", "/en/interventions/?format=csv", "/en/interventions/I-99999/"),
    ],
)
def test_what_does_not_follow_from_watched_tables_is_not_kept(
    consultation_pages: ConsultationTree, path: str
) -> None:
    asked(path)
    assert caches["pages"]._cache == {}


def test_another_host_gets_its_own_addresses(consultation_pages: ConsultationTree) -> None:
    asked("/en/")
    other = Client().get("/en/", headers={"host": "localhost"})
    assert "http://localhost/en/" in other.text
    assert "http://testserver/en/" not in other.text
    assert Client().get("/en/", headers={"host": "evil.example"}).status_code == 400


def _changes(one: Intervention) -> dict[str, Change]:
    record = Record.objects.get(source_key=one.key)
    page = HomePage.objects.get(slug="home-en")
    now = timezone.now()
    return {
        "withdrawn": lambda: withdraw(RecordKind.INTERVENTION, one.key, actor=system("tests"), now=now),
        "words of a record": lambda: Record.objects.filter(pk=record.pk).update(title="Another"),
        "translation": lambda: RecordTranslation.objects.filter(record=record).update(title="Another"),
        "links": lambda: RecordLink.objects.filter(record=record).delete(),
        "organization renamed": lambda: Record.objects.filter(kind="organization").update(title="Another"),
        "page published": lambda: Page.objects.get(pk=page.pk).specific.save_revision().publish(),
        "page taken down": lambda: Page.objects.get(
            slug="question-1", locale__language_code="en"
        ).unpublish(),
        "page closed": lambda: PageViewRestriction.objects.create(
            page=Page.objects.get(slug="segment-1", locale__language_code="en"), restriction_type="login"
        ),
        "type renamed": lambda: OrganizationType.objects.update(name="Another"),
        "network": lambda: Network.objects.filter(slug="alliance").update(name_en="Another"),
        "document": lambda: LibraryDocument.objects.update(title="Another"),
        "document away": lambda: LibraryDocument.objects.all().delete(),
        "passage": lambda: LibraryPassage.objects.update(text="Another"),
        "dates": lambda: ConsultationPage.objects.update(deadline=now - timedelta(days=1)),
    }


CHANGES = [
    *("withdrawn", "words of a record", "translation", "links", "organization renamed", "page published"),
    *("page taken down", "page closed", "type renamed", "network", "document", "document away", "passage"),
    "dates",
]


@pytest.mark.few(5)
@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_every_page_is_the_one_that_is_made_then(
    intervention: Intervention, settings: Any, change: str
) -> None:
    make_network(slug="alliance", is_public=True)
    document = make_document(title=CANARY)
    record = Record.objects.get(source_key=intervention.key)
    places = [*places_of(record), f"/en/library/{document.public_id}/", "/en/networks/alliance/"]
    before = {path: asked(path)[:2] for path in places}
    with transaction.atomic():
        _changes(intervention)[change]()
    after = {path: asked(path)[:2] for path in places}
    assert after == {path: made(path, settings) for path in places}
    assert after != before or change in {"translation", "page published"}


def test_a_change_by_another_connection_is_seen_with_the_next_question(
    intervention: Intervention,
) -> None:
    """The state stands in the database: a process that made no change asks for it as one that did."""
    path = Record.objects.get(source_key=intervention.key).path("en")
    assert CANARY.encode() in asked(path)[1]
    kept = caches["pages"]._cache.copy()
    withdraw(RecordKind.INTERVENTION, intervention.key, actor=system("tests"), now=timezone.now())
    assert caches["pages"]._cache == kept
    assert asked(path)[0] == 410


def test_a_menu_that_this_process_has_kept_for_a_time_stands_in_no_page_that_is_kept(
    consultation_pages: ConsultationTree, settings: Any
) -> None:
    SiteFrame.load().save()
    made("/en/", settings)
    # As another process writes: what this one keeps of the menu is not thrown away.
    SiteFrame.objects.update(hashtag=CANARY)
    assert CANARY.encode() not in made("/en/", settings)[1]
    assert CANARY.encode() in asked("/en/")[1]
    assert CANARY.encode() in asked("/en/")[1]


@pytest.mark.parametrize(
    ("opens", "deadline"),
    [(timedelta(seconds=5), timedelta(days=1)), (timedelta(days=-1), timedelta(seconds=5))],
    ids=["opening", "deadline"],
)
def test_a_page_changes_with_the_second(
    consultation_pages: ConsultationTree,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    opens: timedelta,
    deadline: timedelta,
) -> None:
    noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
    ConsultationPage.objects.update(opens_at=noon + opens, deadline=noon + deadline)
    pages = ["/en/", "/en/consultations/", "/en/consultations/brasilia/", QUESTION]

    def seen(at: datetime) -> list[tuple[int, bytes]]:
        monkeypatch.setattr(timezone, "now", lambda: at)
        given = [asked(path)[:2] for path in pages]
        assert given == [made(path, settings) for path in pages]
        return given

    before = seen(noon)
    assert seen(noon + timedelta(seconds=5, microseconds=-1)) == before
    after = seen(noon + timedelta(seconds=5))
    assert [path for path, old, new in zip(pages, before, after, strict=True) if old == new] == []


@pytest.mark.parametrize("zone", ["UTC", "America/Mexico_City", "Asia/Tokyo"])
def test_no_page_is_kept_over_midnight(
    consultation_pages: ConsultationTree, settings: Any, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    with timezone.override(zone):
        night = datetime(2026, 5, 4, tzinfo=UTC)
        local = night.replace(tzinfo=timezone.get_current_timezone()).astimezone(UTC)
    for midnight in (night, local):
        with timezone.override(zone):
            monkeypatch.setattr(timezone, "now", lambda at=midnight: at - timedelta(seconds=1))
            asked("/en/calendar/")
            assert asked("/en/calendar/")[2] == 1
            monkeypatch.setattr(timezone, "now", lambda at=midnight: at)
            assert asked("/en/calendar/")[2] > 1


class Watched(datetime):
    """A present moment that notes which module of ours compares it, as a moment, or writes it out."""

    users: ClassVar[set[str]] = set()


PORTAL = f"{settings.BASE_DIR / 'portal'}/"
COMPARED = (
    *("__lt__", "__le__", "__gt__", "__ge__", "__sub__", "__rsub__"),
    *("__format__", "isoformat", "strftime"),
)
# They tell until when it is so.
BY_THE_SECOND = {"consultations/course.py", "common/lasting.py"}


def _noting(name: str) -> Callable[..., Any]:
    plain = getattr(datetime, name)

    def used(self: Watched, *given: Any, **named: Any) -> Any:
        ours = [row.filename for row in traceback.extract_stack() if row.filename.startswith(PORTAL)]
        Watched.users.add(ours[-1].removeprefix(PORTAL) if ours else "")
        return plain(self, *given, **named)

    return used


for _name in COMPARED:
    setattr(Watched, _name, _noting(_name))


def test_only_what_tells_until_when_compares_with_the_second(
    intervention: Intervention, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else turns out otherwise at a second calls `changes_at` and is named here."""
    now = Watched(2026, 5, 4, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    for path in places_of(Record.objects.get(source_key=intervention.key)):
        assert asked(path)[0] == 200
    assert Watched.users == BY_THE_SECOND
