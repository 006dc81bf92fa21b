"""The demo is loaded whole, once, and never touches what people changed afterwards."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Page, Site
from wagtail_localize.models import Translation

from portal.accounts.models import User
from portal.cms.routing import resolve
from portal.common.actors import person
from portal.common.languages import CODES
from portal.conclusions.enums import Outcome, PartKind
from portal.conclusions.evidence_queries import text_at
from portal.conclusions.models import (
    Conclusions,
    Disposition,
    Evidence,
    Objection,
    Part,
    PartText,
    PublicConclusions,
    PublicDisposition,
    PublicEvidence,
)
from portal.conclusions.publishing.domain import publishing_problems
from portal.conclusions.support import Force
from portal.consultations.models import (
    Attendance,
    ConsultationPage,
    GuidingQuestionPage,
    LaterDeadline,
    SegmentPage,
    TypeDeadline,
)
from portal.consultations.page_queries import summaries
from portal.demo.accounts import ACCOUNTS, DEMO_PASSWORD
from portal.demo.content import key_of, read
from portal.demo.loading import load_demo
from portal.demo.sizes import SMALL, WHOLE, Size
from portal.followup.changes.queries import audit
from portal.followup.models import ReviewCycle
from portal.followup.queries import seats_of
from portal.interventions.models import Intervention, MadeInRoom
from portal.joint.models import Signature
from portal.moderation.models import Decision
from portal.networks.models import Network
from portal.organizations.enums import OrganizationState
from portal.organizations.member_models import Invitation, JoinRequest
from portal.organizations.members.queries import out_of_reach
from portal.organizations.models import Membership, Organization, ProfileChange
from portal.organizations.rules import may_speak_for
from portal.organizations.verifying.cases import Case
from portal.organizations.verifying.vouching import counting, vouches_of
from portal.organizations.verifying.yearly import tend_confirmations
from portal.pages.models import ContentPage, HomePage
from portal.pledges.models import PledgeParty
from portal.pledges.public_facts import parties_in
from portal.publication.enums import Relation
from portal.publication.models import Record, RecordLink
from portal.records.stages import PLURALS, Stage
from portal.submissions.models import Measure, SubmittedVersion
from portal.submissions.states import SubmissionState
from portal.taxonomy.queries import organization_type_names
from portal.work.models import Job
from tests.thinning import rarely

# Loading it takes as long as a thousand tests. Each verb that it uses has tests of its own, its texts have
# `test_content.py`; to be run by whoever changes the demo, or what a submission must have.
pytestmark = pytest.mark.long
NOW = timezone.now()
PARTS = [
    *("pages", "accounts", "records", "practices", "participation", "conclusions"),
    *("plan", "networks", "pledges", "bodies", "reports", "assessments", "changes"),
    *("observations", "help", "verification", "profiles", "withheld", "writing", "members", "library"),
]


@dataclass(frozen=True)
class Figures:
    """What a size of the demo holds; those that end in `over` hold more.

    `is_asked`: somebody names the focal point's organization as a party.
    """

    pledges: int
    parts: int
    changes: int
    replies: int
    reported_over: int
    silent_over: int
    goals_over: int
    assessed_over: int
    against_over: int
    taken_up_over: int
    is_asked: bool


FIGURES = {
    SMALL: Figures(
        pledges=56,
        parts=18,
        changes=4,
        replies=8,
        reported_over=30,
        silent_over=3,
        goals_over=1,
        assessed_over=10,
        against_over=0,
        taken_up_over=20,
        is_asked=False,
    ),
    WHOLE: Figures(
        pledges=140,
        parts=21,
        changes=4,
        replies=14,
        reported_over=60,
        silent_over=5,
        goals_over=4,
        assessed_over=20,
        against_over=2,
        taken_up_over=40,
        is_asked=True,
    ),
}


@pytest.fixture(scope="module", params=[pytest.param(SMALL, id="small"), rarely(WHOLE, name="whole")])
def size(request: pytest.FixtureRequest) -> Size:
    return request.param


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, size: Size
) -> Iterator[list[tuple[str, str]]]:
    """One load of a size for all tests of this module, undone after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield list(load_demo(now=NOW, size=size))
        transaction.set_rollback(True)


@pytest.fixture
def figures(size: Size) -> Figures:
    return FIGURES[size]


@pytest.fixture
def demo(loaded: list[tuple[str, str]], db: None) -> list[tuple[str, str]]:
    return loaded


def test_every_part_is_loaded_and_says_what_it_did(demo: list[tuple[str, str]]) -> None:
    assert [name for name, _ in demo] == PARTS
    assert dict(demo)["records"] == "42 organizations, 84 interventions, 6 pledges"


def test_every_public_pledge_that_speaks_is_reported_on(demo: object, figures: Figures) -> None:
    rows = Record.objects.filter(kind="report")
    pledges = Record.objects.filter(kind="pledge", state="published")
    reported = {row.facts["pledge"] for row in rows}
    silent = {row.public_id for row in pledges} - reported
    assert (len(reported) > figures.reported_over, len(silent) > figures.silent_over) == (True, True)
    assert reported <= {row.public_id for row in Record.objects.filter(kind="pledge")}
    assert rows.filter(facts__unchanged="yes").exists()
    claimed = rows.filter(facts__stage="fulfilled").first()
    assert claimed is not None
    assert claimed.facts["papers"] != ""
    for row in pledges.exclude(pk__in=[int(number[2:]) for number in silent]):
        days = [each.facts["reported_on"] for each in rows if each.facts["pledge"] == row.public_id]
        assert row.facts["last_report_on"] == max(days)


def test_goals_were_changed_each_with_its_reason(demo: object, figures: Figures) -> None:
    told = audit()
    assert dict(demo)["changes"] == f"{told.pledges} changed goals"  # type: ignore[call-overload]
    assert (told.changes, told.unexplained) == (figures.changes, ())


def test_bodies_assess_what_others_pledged_and_one_cycle_is_frozen(
    demo: object, size: Size, figures: Figures
) -> None:
    rows = Record.objects.filter(kind="assessment", state="published")
    number = 2 * size.assessments
    assert dict(demo)["assessments"] == f"{number} assessments"  # type: ignore[call-overload]
    pledges = {row.public_id: row for row in Record.objects.filter(kind="pledge")}
    on_pledges = [row for row in rows if "pledge" in row.facts]
    own = [row for row in on_pledges if row.organization_id == pledges[row.facts["pledge"]].organization_id]
    kinds = Counter(row.facts["subject"] for row in rows)
    assert kinds["action"] == 6
    assert (kinds["goal"] > figures.goals_over, kinds["pledge"] > figures.assessed_over) == (True, True)
    assert any("papers" in row.facts for row in rows)
    assert any("kept_papers" in row.facts for row in rows)
    claims = [(row.facts["claimed"], row.facts["completion"]) for row in on_pledges]
    against = [claim for claim in claims if claim == ("fulfilled", "limited")]
    assert (rows.count(), own, len(against) > figures.against_over) == (number, [], True)
    assert any(row.facts.get("replies") for row in rows)
    claimed = [row for row in pledges.values() if row.is_published and row.facts.get("stage") == "fulfilled"]
    assert any(not row.facts.get("assessed") for row in claimed)
    states = dict(ReviewCycle.objects.values_list("slug", "state"))
    assert (states["hlom-2025"], states["grf-2027"]) == ("frozen", "open")
    cycles = set(Record.objects.filter(kind="report").values_list("facts__cycle", flat=True))
    assert cycles >= {"hlom-2025", "grf-2027"}
    for name, right in (("commissioner", "runs_cycles"), ("observatory", "may_assess")):
        user = User.objects.get(email=f"{name}@demo.invalid")
        assert [getattr(seat.body, right) for seat in seats_of(person(user), NOW.date())] == [True]


def test_organizations_observe_in_the_open_cycle_and_the_observatory_takes_notes(demo: object) -> None:
    rows = list(Record.objects.filter(kind="observation", state="published"))
    voices = Counter((row.facts["voice"], row.type_code == "refugee_led") for row in rows)
    assert voices == {("organization", True): 2, ("organization", False): 4, ("observatory", False): 2}
    assert Counter(row.facts["subject_kind"] for row in rows) == {
        "pledge": 5,
        "plan_action": 2,
        "recommendation": 1,
    }
    assert {row.facts["cycle"] for row in rows} == {"grf-2027"}


def test_an_umbrella_pledge_has_parties_and_members_and_counts_once(
    demo: object, figures: Figures, client: Client
) -> None:
    umbrella = Record.objects.get(facts__pledge_kind="umbrella")
    members = RecordLink.objects.filter(relation=Relation.PART_OF)
    assert set(members.values_list("target", flat=True)) == {str(umbrella.source_key)}
    assert members.count() > 6
    states = Counter(party.state for party in parties_in(umbrella.facts))
    assert (states["confirmed"] > 5, states["named"] > 1) == (True, True)
    page = client.get(umbrella.path("pt")).context["blocks"]
    named = next(block["context"] for block in page if block["context"].get("anchor") == "part")
    assert len(named["rows"]) == figures.parts
    listed = [
        client.get(f"/api/v1/pledges{query}").json()["count"] for query in ("", "?pledge_kind=umbrella")
    ]
    assert listed == [Record.objects.filter(kind="pledge", state="published").count(), 1]
    asked = PledgeParty.objects.filter(organization__memberships__user__email="focal-point@demo.invalid")
    assert asked.filter(state="named").exists() == figures.is_asked


def test_links_of_the_plan_make_sense_by_theme(demo: object, figures: Figures) -> None:
    """A pledge takes up a recommendation that leads to an action it carries out."""
    leads: defaultdict[str, set[str]] = defaultdict(set)
    for source, target in _links(Relation.LEADS_TO):
        leads[str(source)].add(target)
    carried: defaultdict[Any, set[str]] = defaultdict(set)
    for source, target in _links(Relation.CARRIES_OUT):
        carried[source].add(target)
    taken_up = _links(Relation.TAKES_UP)
    assert len(taken_up) > figures.taken_up_over
    assert [pair for pair in taken_up if not carried[pair[0]] & leads[pair[1]]] == []


def _links(relation: str) -> list[tuple[Any, str]]:
    rows = RecordLink.objects.filter(relation=relation, record__state="published")
    return list(rows.values_list("record__source_key", "target"))


def test_some_mechanisms_and_networks_have_members_and_a_presidency(demo: object, client: Client) -> None:
    page = client.get("/en/mechanisms/mirps/").text
    assert page.count("Demo: ministerio inventado (Honduras)") > 1
    assert ("facts not checked" in page, "Who presided before" in page) == (True, True)
    cities = client.get("/en/networks/solidarity-cities/").text
    assert "Demo: town help desks that take turns" in cities
    assert "How it orders its own work" in client.get("/en/mechanisms/quito-process/").text


def test_every_page_stands_live_in_four_languages(demo: object) -> None:
    pages = Page.objects.filter(depth__gt=1)
    languages = Counter(pages.values_list("locale__language_code", flat=True))
    assert set(languages) == set(CODES)
    assert len(set(languages.values())) == 1
    assert pages.filter(live=False).count() == pages.filter(has_unpublished_changes=True).count() == 0
    assert pages.filter(live_revision=None).count() == 0


def test_every_translation_knows_its_original(demo: object) -> None:
    keys = Counter(Page.objects.filter(depth__gt=1).values_list("translation_key", flat=True))
    assert set(keys.values()) == {4}


def test_an_editor_continues_from_what_is_live(demo: object) -> None:
    pages = list(Page.objects.filter(depth__gt=1).select_related("live_revision"))
    for page in pages:
        assert (page.live_revision_id, page.draft_title) == (page.latest_revision_id, page.title)
        assert page.live_revision.object_id == str(page.pk)
        assert page.live_revision.content["url_path"] == page.url_path
    assert len(pages) == 372


def test_readers_get_the_documents_of_segments(demo: object, client: Client) -> None:
    pages = SegmentPage.objects.filter(guidance__isnull=False).select_related("guidance", "practice_template")
    assert {page.locale.language_code for page in pages} == set(CODES)
    for document in {each for page in pages for each in (page.guidance, page.practice_template)}:
        assert client.get(document.url).getvalue().startswith(b"%PDF-")


def test_site_starts_at_the_spanish_home_page(demo: object) -> None:
    root = Site.objects.get(is_default_site=True).root_page
    assert (root.slug, root.locale.language_code) == ("home", "es")


def test_addresses_are_the_same_in_every_language(demo: object) -> None:
    path = "consultations/brasilia-2024/segment-1/area-4/question-4/"
    assert [resolve(path, code).content_language for code in CODES] == list(CODES)
    assert resolve(path, "fr").page.translation_key == key_of("brasilia.s1.a4.q1")


def test_deadline_lies_ahead_by_the_clock_of_brasilia(demo: object) -> None:
    zone = ZoneInfo("America/Sao_Paulo")
    day = NOW.astimezone(zone).date() + timedelta(days=45)
    rows = ConsultationPage.objects.filter(slug="brasilia-2024")
    assert {(row.deadline, row.time_zone) for row in rows} == {
        (datetime.combine(day, time(18), tzinfo=zone), zone.key)
    }


def test_consultations_are_in_the_states_that_their_dates_and_acts_tell(demo: object) -> None:
    assert [row.state.value for row in summaries("es")] == [
        "outcomes_published",
        "open",
        "meeting_held",
        "announced",
    ]


def test_accounts_have_their_role_and_a_verified_address(demo: object) -> None:
    for account in ACCOUNTS:
        user = User.objects.get(email=account.email)
        groups = {account.group.value} if account.group else set()
        assert set(user.groups.values_list("name", flat=True)) == groups
        assert user.check_password(DEMO_PASSWORD)
        assert EmailAddress.objects.get(user=user).verified


def test_nobody_whom_it_invents_is_told_by_mail(demo: object) -> None:
    assert SubmittedVersion.objects.count() > 1
    waiting = (
        Job.objects.filter(queue="mail").count(),
        SubmittedVersion.objects.filter(is_to_tell=True).count(),
    )
    assert waiting == (0, 0)


def test_only_its_accounts_can_sign_in(demo: object) -> None:
    able = {user.email for user in User.objects.all() if user.has_usable_password()}
    assert able == {account.email for account in ACCOUNTS}


def test_editor_reaches_the_pages_of_every_language(demo: object) -> None:
    editor = User.objects.get(email="editor@demo.invalid")
    assert [home.permissions_for_user(editor).can_publish() for home in HomePage.objects.all()] == [True] * 4


def test_focal_point_owns_a_verified_organization_with_a_draft(demo: object) -> None:
    focal_point = User.objects.get(email="focal-point@demo.invalid")
    organization = Organization.objects.get(memberships__user=focal_point)
    assert organization.state == OrganizationState.VERIFIED
    assert may_speak_for(person(focal_point), organization)
    assert organization.interventions.filter(state=SubmissionState.DRAFT).count() == 1


def test_texts_were_signed_declined_cut_and_taken_down(demo: object, client: Client) -> None:
    texts = {row["key"]: Intervention.objects.get(title=row["title"]) for row in read("writing")["texts"]}
    signed = Counter(Signature.objects.values_list("statement__submission_key", "state"))
    joint, waiting = texts["una-ruta-comun"].key, texts["one-door-for-papers"].key
    assert signed == {(joint, "signed"): 4, (waiting, "signed"): 1, (waiting, "asked"): 2}
    public = {row.source_key: row for row in Record.objects.filter(kind="intervention")}
    assert len(public[joint].facts["signatories"].split()) == 4
    assert [len(texts[key].wholes) for key in ("o-eixo-inteiro", "toute-la-consultation")] == [1, 1]
    cut = public[texts["night-shelter-by-the-pier"].key]
    page = client.get(cut.path("en")).text
    assert ("555 0142" in page, "[… address, telephone or document number]" in page) == (False, True)
    assert client.get(public[texts["mapa-das-casas"].key].path("en")).status_code == 410
    measures = Measure.objects.values_list("act", "state", "appeal__state")
    assert set(measures) == {
        ("declined", "stands", "submitted"),
        ("redacted", "stands", None),
        ("taken_down", "provisional", None),
    }


def test_some_may_write_until_later(demo: object) -> None:
    types = TypeDeadline.objects.values_list("type_code", flat=True)
    later = LaterDeadline.objects.get()
    assert (set(types), later.organization.name) == ({"municipality", "state"}, "Fondation Trois Mornes")
    assert later.until > NOW + timedelta(days=45)


def test_members_show_what_may_happen_to_them(demo: object) -> None:
    own = Membership.objects.filter(user__email="colleague@demo.invalid")
    assert sorted(own.values_list("role", flat=True)) == ["editor", "signatory"]
    assert (Invitation.objects.count(), JoinRequest.objects.count()) == (1, 2)
    assert out_of_reach(NOW).count() == 1


def test_records_stand_in_their_states_and_only_published_ones_are_public(
    demo: object, size: Size, figures: Figures
) -> None:
    states = Counter(Intervention.objects.values_list("state", flat=True))
    other = dict.fromkeys(("draft", "submitted", "returned", "awaiting_signatures", "declined"), 1)
    assert states == {"published": 81 + 6 + 1 + 4, "taken_down": 1, **other}
    kinds = Counter(Record.objects.values_list("kind", flat=True))
    assert kinds == {
        "intervention": 81 + 6 + 1 + 4 + 1,
        "pledge": 5 + figures.pledges + 1,
        "report": size.reports,
        "assessment": 2 * size.assessments,
        "observation": 8,
        "organization": 42 + 8 + 2 + 2,
        "recommendation": 52,
        "practice": 3,
    }
    private = Intervention.objects.exclude(state=SubmissionState.PUBLISHED).values("key")
    public = Record.objects.filter(source_key__in=private)
    assert list(public.values_list("state", "withdrawn_for")) == [("withdrawn", "danger")]


def test_no_mail_waits_for_people_who_do_not_exist(demo: object) -> None:
    assert not Job.objects.filter(queue="mail").exists()


def test_decisions_are_the_moderators(demo: object, size: Size, figures: Figures) -> None:
    moderator = User.objects.get(email="moderator@demo.invalid")
    withheld = Decision.objects.filter(object_key=Organization.objects.get(is_protected=True).key)
    told = withheld.order_by("pk").values_list("decided_by__email", flat=True)
    assert list(told) == ["protection@demo.invalid", "protection2@demo.invalid"]
    others = Decision.objects.exclude(pk__in=withheld)
    assert set(others.values_list("decided_by", flat=True)) == {moderator.pk}
    followed = size.reports + 2 * size.assessments + figures.replies + figures.changes
    assert others.count() == 42 + 2 + 82 + 1 + 5 + 3 + 6 + figures.pledges + 1 + followed + 8 + 5 + 2 + 8


def test_conclusions_are_public_in_four_languages(demo: object, client: Client) -> None:
    for code in CODES:
        page = client.get(f"/{code}/consultations/mexico-city-2024/conclusions/")
        assert page.status_code == 200
        assert page.context["became"]["total"] == 72 + 6
    for record in Record.objects.filter(kind="recommendation"):
        assert sorted(record.translations.values_list("language", flat=True)) == ["en", "fr", "pt"]


def test_conclusions_have_five_segments_and_seventeen_areas(demo: object) -> None:
    parts = Part.objects.filter(conclusions__consultation_key=key_of("mexico"))
    areas = parts.filter(kind=PartKind.PRIORITY_AREA).values_list("parent__number", flat=True)
    assert Counter(areas) == {"1": 6, "2": 4, "3": 3, "4": 2, "5": 2}
    assert parts.filter(kind=PartKind.RECOMMENDATION).count() == 52
    texts = PartText.objects.filter(part__in=parts)
    assert Counter(texts.values_list("language", flat=True)) == dict.fromkeys(CODES, parts.count())
    assert [text for text in texts if not text.heading and not text.body] == []


def test_evidence_comes_from_organizations_of_every_type_and_many_countries(demo: object) -> None:
    keys = PublicEvidence.objects.filter(is_changed=False).values("intervention_key")
    records = Record.objects.filter(kind="intervention", state="published", source_key__in=keys)
    authors = Record.objects.filter(kind="organization", pk__in=records.values("organization_id"))
    assert (records.count(), authors.count()) == (69, 36)
    assert set(records.values_list("type_code", flat=True)) == set(organization_type_names("en"))
    assert len(set(authors.values_list("country", flat=True))) == 23
    assert PublicEvidence.objects.filter(is_changed=True).count() == 0


def test_every_disposition_and_every_force_of_support_occurs(demo: object) -> None:
    assert set(PublicDisposition.objects.values_list("outcome", flat=True)) == set(Outcome.values)
    rows = Record.objects.filter(kind="recommendation").values_list("facts__force", flat=True)
    assert set(rows) == set(Force.values)


def test_organizations_stand_on_every_way_of_verification(demo: object) -> None:
    states = Counter(Organization.objects.values_list("state", flat=True))
    others = {state: number for state, number in states.items() if state not in {"verified", "listed"}}
    assert others == {"submitted": 2, "info_requested": 1, "declined": 1, "suspended": 1, "lapsed": 1}
    asking = Organization.objects.get(name="Casa Dos Orillas")
    assert len(counting(Case(asking), vouches_of(Case(asking)))) == 2
    assert tend_confirmations(now=NOW) == 0


def test_a_change_of_a_verified_organization_waits_unread(demo: object) -> None:
    change = ProfileChange.objects.get(state="submitted")
    record = Record.objects.get(source_key=change.organization.key)
    assert (str(change), record.texts["description"] == change.profile["description"]) == (
        "Red Puente de Caña",
        False,
    )
    told = Record.objects.get(kind="organization", title="Colectivo Tres Maletas").facts
    assert (told["name_en"], told["refugee_led"], told["logo_text"]) == (
        *("Three Suitcases Collective", "confirmed"),
        "Tres maletas de colores",
    )


def test_two_organizations_object_and_one_was_right(demo: object) -> None:
    assert Counter(Objection.objects.values_list("state", flat=True)) == {"open": 1, "upheld": 1}
    upheld = Objection.objects.get(state="upheld")
    row = PublicDisposition.objects.get(intervention_key=upheld.intervention_key)
    assert row.outcome == Outcome.PARTLY
    assert sorted(row.translations) == ["en", "fr", "pt"]


def test_every_quote_is_what_the_public_record_says(demo: object) -> None:
    texts = dict(Record.objects.filter(kind="intervention").values_list("source_key", "texts"))
    rows = list(Evidence.objects.all())
    assert [row for row in rows if not row.words] == []
    lost = [
        row
        for row in rows
        if (text_at(texts[row.intervention_key], row.field) or "")[row.start : row.end] != row.words
    ]
    assert lost == []


def test_brasilia_is_being_drafted_with_some_evidence(demo: object) -> None:
    draft = Conclusions.objects.get(consultation_key=key_of("brasilia"))
    assert draft.is_editable
    evidence = Counter(
        Evidence.objects.filter(part__conclusions=draft).values_list("part__number", flat=True)
    )
    assert evidence == {"1.3.1": 2, "1.4.1": 2, "2.2.1": 1}
    named = {problem.field.partition(":")[0] for problem in publishing_problems(draft)}
    assert named == {"recommendation", "intervention"}


def test_nothing_of_the_draft_is_public(demo: object, client: Client) -> None:
    parts = Part.objects.filter(conclusions__consultation_key=key_of("brasilia"))
    own = parts.filter(kind__in=(PartKind.INTRODUCTION, PartKind.SEGMENT, PartKind.RECOMMENDATION))
    words = [text.body for text in PartText.objects.filter(part__in=own)]
    reasons = Disposition.objects.filter(conclusions__consultation_key=key_of("brasilia")).exclude(reason="")
    words += reasons.values_list("reason", flat=True)
    assert len(words) == 4 * (1 + 2 + 4) + 1
    assert all(words)
    public = [
        *PublicConclusions.objects.values_list("content", flat=True),
        *Record.objects.values_list("texts", flat=True),
        *Record.objects.values_list("translations__texts", flat=True),
        *PublicDisposition.objects.values_list("reason", flat=True),
    ]
    said = json.dumps(public, ensure_ascii=False)
    for path in (
        *(f"/{code}/consultations/brasilia-2024/{rest}" for code in CODES for rest in ("", "segment-1/")),
        *(f"/{code}/recommendations/" for code in CODES),
        *(f"/api/v1/{name}" for name in ("recommendations", "consultations", "interventions")),
        "/en/recommendations/?format=csv",
        "/en/recommendations/?format=json",
    ):
        page = client.get(path, follow=True)
        assert page.status_code == 200
        said += page.getvalue().decode()
    assert [each for each in words if each in said or escape(each) in said] == []
    for code in CODES:
        assert client.get(f"/{code}/consultations/brasilia-2024/conclusions/").status_code == 404
    assert not Record.objects.filter(source_key__in=parts.values("key")).exists()


def test_a_question_leads_to_a_recommendation_and_back(demo: object, client: Client) -> None:
    record = Record.objects.get(facts__place="1.1.1", kind="recommendation")
    thread = client.get(f"/api/v1/trace/{record.public_id}").json()["thread"]
    stages = {stage["stage"]: [item["id"] for item in stage["items"]] for stage in thread}
    assert set(stages["guiding_question"]) == {
        str(key_of(f"mexico.s1.{name}")) for name in ("a1.q1", "a1.q2", "a6.q1")
    }
    assert len(stages["intervention"]) == 5


def test_who_took_part_is_public(demo: object, client: Client) -> None:
    listed = Organization.objects.filter(state=OrganizationState.LISTED)
    assert (listed.count(), len({*listed.values_list("type_code", flat=True)})) == (8, 5)
    own = Network.objects.filter(slug__startswith="demo-")
    assert [(row.name("fr")[:6], row.memberships.exists()) for row in own] == [("Demo :", True)] * 3
    assert Network.objects.filter(is_public=True).count() == 3 + 15
    page = client.get("/pt/consultations/mexico-city-2024/").text
    assert "Painel: quem paga a resposta" in page
    assert "Demo: banco regional inventado" in page
    told = client.get("/api/v1/consultations?ui=en").json()["results"]
    assert {row["id"]: len(row["sessions"]) for row in told}[str(key_of("mexico"))] == 5
    assert Attendance.objects.filter(consultation_key=key_of("mexico")).count() == 11
    assert Counter(MadeInRoom.objects.values_list("manner", flat=True)) == {
        "spoken": 3,
        "both": 2,
        "written": 1,
    }
    assert MadeInRoom.objects.filter(confirmed_at__isnull=False).count() == 1


def test_marks_stand_on_every_kind_that_bears_them(demo: object) -> None:
    marked = Record.objects.filter(
        pk__in=RecordLink.objects.filter(relation=Relation.MARKED).values("record")
    )
    kinds = Counter(marked.values_list("kind", flat=True))
    assert {kind: number > 2 for kind, number in kinds.items()} == {
        "intervention": True,
        "recommendation": True,
        "practice": True,
    }


def test_a_segment_continues_one_of_the_first_consultation(demo: object, client: Client) -> None:
    rows = {row["id"]: row for row in client.get("/api/v1/segments?ui=en&size=50").json()["results"]}
    earlier, later = str(key_of("mexico.s5")), str(key_of("brasilia.s5"))
    assert (rows[later]["continues"], rows[earlier]["continued_in"]) == (earlier, [later])


def test_pages_show_what_was_loaded(demo: object, client: Client) -> None:
    assert '<a href="/pt/consultations/brasilia-2024/">Inclusão' in client.get("/pt/").text
    question = GuidingQuestionPage.objects.get(
        translation_key=key_of("mexico.s1.a1.q1"), locale__language_code="en"
    )
    assert "Two witnesses in place of a document" in client.get(question.url).text


def test_editors_meet_finished_translations(demo: object) -> None:
    rows = list(Translation.objects.filter(source__specific_content_type__model="contentpage"))
    assert len(rows) == 12
    assert {row.get_progress() for row in rows if row.get_progress()[0] != row.get_progress()[1]} == set()


def _words(content: dict[str, Any]) -> dict[str, Any]:
    """The fields a translator fills; blocks whatever the order of their keys."""
    streams = {
        name: json.loads(content[name])
        for name in ("body", "entries", "columns", "notice")
        if name in content
    }
    plain = ("title", "slug", "introduction", "opening", "background", "theme", "place")
    return {name: content[name] for name in plain if name in content} | streams


@pytest.mark.parametrize("name", ["home", "pages.about", "timeline", "brasilia", "brasilia.s1.a4.q1"])
def test_saving_a_translation_again_keeps_every_word(demo: object, name: str) -> None:
    rows = list(Translation.objects.filter(source__object_id=key_of(name)))
    assert len(rows) == 3
    for row in rows:
        before = _words(row.get_target_instance().serializable_data())
        row.save_target(publish=False)
        saved = row.get_target_instance().get_latest_revision_as_object()
        assert _words(saved.serializable_data()) == before


def test_second_load_changes_nothing(demo: object) -> None:
    before = [model.objects.count() for model in (Page, User, Record, Intervention, Decision)]
    again = list(load_demo(now=NOW))
    assert again == [(name, "already there") for name in PARTS]
    assert [model.objects.count() for model in (Page, User, Record, Intervention, Decision)] == before


def test_second_load_keeps_what_people_did(demo: object) -> None:
    page = ContentPage.objects.get(slug="about", locale__language_code="en")
    page.title = "Changed by an editor"
    page.save_revision().publish()
    ContentPage.objects.get(slug="accessibility", locale__language_code="en").delete()
    Intervention.objects.filter(state="draft").update(title="Changed by its author")
    list(load_demo(now=NOW))
    assert ContentPage.objects.get(pk=page.pk).title == "Changed by an editor"
    assert not ContentPage.objects.filter(slug="accessibility", locale__language_code="en").exists()
    assert Intervention.objects.get(state="draft").title == "Changed by its author"


def test_command_tells_how_to_sign_in(demo: object, settings: LazySettings) -> None:
    settings.DEBUG = True
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert "focal-point@demo.invalid" in out.getvalue()
    assert DEMO_PASSWORD in out.getvalue()


def test_home_follows_one_example_through_all_stages(demo: object, client: Client) -> None:
    """The demo has one; each of its seven links answers."""
    rows = client.get("/en/").context["example"]
    assert [row["badge"] for row in rows] == [str(PLURALS[stage]) for stage in Stage]
    pages = [client.get(row["url"]) for row in rows]
    assert {page.status_code for page in pages} == {200}
    assert rows[1]["url"] in pages[0].text
