"""Every form of the desk: `BUILDERS` makes what its address needs, by the name of the address.

A new address of the desk that takes a POST needs a line here; `test_refused_forms.py` says which is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.common.models import KeptForm
from portal.common.typed.kept import keep
from portal.conclusions.models import Conclusions, Objection
from portal.consultations.models import LaterDeadline
from portal.files.domain import store_file
from portal.followup.cycles.domain import freeze_cycle, open_cycle
from portal.followup.models import Assessment, Body, ContactNote, Observation, Reply
from portal.interventions.models import Intervention, MadeInRoom
from portal.joint.models import DraftShare
from portal.library.models import DocumentProposal, LibraryDocument
from portal.matching.models import HelpOffer
from portal.moderation.amendment_views import shown_mark
from portal.moderation.copies import sign
from portal.moderation.models import Assignment, Decision, InternalNote, ReadyMark
from portal.moderation.ready import mark_ready
from portal.networks.models import Network
from portal.observatory.dossiers import domain as dossiers
from portal.observatory.dossiers import sharing
from portal.observatory.dossiers.drafts import DossierFields
from portal.observatory.dossiers.enums import Role
from portal.observatory.dossiers.models import Dossier, Item, Share
from portal.observatory.dossiers.passages import public_passage
from portal.observatory.saved import domain as saved
from portal.observatory.saved.enums import Telling
from portal.observatory.saved.models import SavedSearch
from portal.organizations.enums import OrganizationState
from portal.organizations.enums import Role as OrganizationRole
from portal.organizations.member_models import Invitation, JoinRequest
from portal.organizations.members import inviting, joining
from portal.organizations.members.inviting import Invited
from portal.organizations.merging import domain as merging
from portal.organizations.models import (
    Membership,
    Merge,
    Organization,
    OrganizationClaim,
    ProfileChange,
    Vouch,
)
from portal.organizations.protecting import protect
from portal.organizations.verifying.cases import Case as ShownOf
from portal.organizations.verifying.files import add_proof
from portal.plan.domain import assert_link
from portal.plan.enums import NodeKind
from portal.plan.models import ActionLink, PlanNode
from portal.pledges.duplicates.domain import Judging, call_different
from portal.pledges.models import Pledge
from portal.practices.models import Practice
from portal.publication.models import Record
from portal.publication.translating import original_digest
from portal.reports.models import Report
from portal.submissions import history
from portal.submissions.domain import keep_version, recall
from portal.submissions.history import Said
from portal.submissions.models import Amendment, Appeal, Measure, Readmission
from portal.submissions.redress_enums import Act
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from portal.translations.desk import seen_mark
from portal.translations.models import TranslationRequest
from portal.work.models import Job
from search.results.service import Question
from tests.desk import joint_forms
from tests.factories import (
    backed_conclusions,
    make_claim,
    make_consultation,
    make_intervention,
    make_listed,
    make_organization,
    make_pledge,
    make_practice,
    make_report,
    make_user,
    publish_intervention,
    publish_organization,
    publish_pledge,
    publish_practice,
)
from tests.factories.amendments import make_amendment
from tests.factories.conclusions import make_conclusions
from tests.factories.followup import (
    make_assessment,
    make_body,
    make_cycle,
    make_observation,
    make_reply,
    make_seat,
    open_cycle_now,
    publish_assessment,
)
from tests.factories.library import make_document, make_proposal
from tests.factories.networks import make_network, make_network_member, make_project
from tests.factories.objections import make_objection, publish_with_disposition
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.factories.plan import make_framework, make_node, make_recommendation
from tests.factories.pledge_pairs import make_pair, make_public_pledge
from tests.factories.redress import make_measure
from tests.factories.sessions import make_room, make_session
from tests.files.builders import picture

WORDS = "zqremembered words of an hour"
JOINT = ("interventions", "practices")


@dataclass
class Case:
    """A form: who sends it, the page it stands on, where it is sent, what is typed, whether it was taken.

    `shows_again`: it is taken from who has just shown who they are. `is_shown_first`: what was typed is shown
    once more before it is taken, after signing in too.
    """

    user: User
    page: str
    is_saved: Callable[[], bool]
    typed: dict[str, Any] = field(default_factory=dict)
    action: str = ""
    shows_again: bool = False
    is_shown_first: bool = False

    @property
    def words(self) -> list[str]:
        return [str(value) for value in self.typed.values() if WORDS in str(value)]


class Stage:
    """The owner of a verified organization, and what else a case asks for."""

    def __init__(self) -> None:
        self.user = make_user(Group.OBSERVATORY, email="owner@example.org", language="en")
        self.organization = make_organization(state=OrganizationState.VERIFIED, owner=self.user)
        publish_organization(self.organization)
        self.actor, self.now = person(self.user), timezone.now()

    def url(self, name: str, *args: object) -> str:
        return reverse(name, args=args)

    @cached_property
    def tree(self) -> ConsultationTree:
        return make_consultation()

    def questions(self) -> list[Any]:
        return self.tree.questions[:1]

    def draft(self, **fields: Any) -> Intervention:
        return make_intervention(
            self.organization, questions=self.questions(), language="en", author=self.user, **fields
        )

    def dossier(self, owner: User | None = None) -> Dossier:
        actor = person(owner) if owner else self.actor
        return dossiers.create_dossier(fields=DossierFields("Papers", "en"), actor=actor, now=self.now)

    def passage(self) -> Any:
        record = publish_intervention(make_intervention(self.organization, state=SubmissionState.PUBLISHED))
        passage = public_passage(f"{record.public_id}/es", 1)
        assert passage is not None
        return passage

    def item(self, dossier: Dossier) -> Item:
        return dossiers.collect(
            dossier, original=self.passage(), question="", comment="", actor=self.actor, now=self.now
        ).item

    def share(self, dossier: Dossier, user: User, owner: User | None = None) -> Share:
        actor = person(owner) if owner else self.actor
        return sharing.share(
            dossier, email=user.email, role=Role.EDITOR, language="en", actor=actor, now=self.now
        )

    def search(self) -> SavedSearch:
        return saved.keep_search(
            question=Question("asylum", "en"),
            name="Asylum",
            telling=Telling.NONE,
            actor=self.actor,
            now=self.now,
        )


def _is(row: Any, **fields: Any) -> Callable[[], bool]:
    """Whether the row says this now."""
    return lambda: type(row).objects.filter(pk=row.pk, **fields).exists()


def _gone(row: Any) -> Callable[[], bool]:
    return lambda: not type(row).objects.filter(pk=row.pk).exists()


def _intervention_step(name: str, typed: dict[str, Any], **saved_as: Any) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        draft = stage.draft()
        return Case(
            stage.user, stage.url(f"interventions_desk:{name}", draft.key), _is(draft, **saved_as), typed
        )

    return build


def _questions(stage: Stage) -> Case:
    draft = stage.draft()
    page = stage.url("interventions_desk:questions", draft.key)
    return Case(stage.user, page, _is(draft, revision__gt=draft.revision), {})


def _start(name: str, model: type[Intervention | Pledge | Practice]) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        typed: dict[str, Any] = {"language": "fr"}
        if model is Intervention:
            typed["questions"] = [str(key) for key in stage.questions()]
        return Case(stage.user, stage.url(name), model.objects.filter(language="fr").exists, typed)

    return build


def _check(stage: Stage) -> Case:
    draft = stage.draft()
    return Case(stage.user, stage.url("interventions_desk:check", draft.key), _is(draft, state="submitted"))


def _withdraw(stage: Stage) -> Case:
    draft = stage.draft(state=SubmissionState.SUBMITTED)
    return Case(
        stage.user, stage.url("interventions_desk:withdraw", draft.key), _is(draft, state="withdrawn")
    )


def _pledge_step(name: str, typed: dict[str, Any], **saved_as: Any) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        pledge = make_pledge(stage.organization, author=stage.user, language="en")
        return Case(stage.user, stage.url(f"pledges_desk:{name}", pledge.key), _is(pledge, **saved_as), typed)

    return build


def _practice_step(name: str, typed: dict[str, Any], **saved_as: Any) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        row = make_practice(stage.organization, author=stage.user, language="en")
        return Case(stage.user, stage.url(f"practices_desk:{name}", row.key), _is(row, **saved_as), typed)

    return build


def _practice_withdraw(stage: Stage) -> Case:
    row = make_practice(stage.organization, state="submitted", author=stage.user)
    return Case(stage.user, stage.url("practices_desk:withdraw", row.key), _is(row, state="withdrawn"))


def _anew(path: str, name: str, make: Callable[[Stage, str], Any]) -> Callable[[Stage], Case]:
    """Taken back, replaced, or taken up again."""

    def build(stage: Stage) -> Case:
        before, after = {
            "recall": ("submitted", "correcting"),
            "correct": ("published", "correcting"),
            "take_up": ("withdrawn", "draft"),
        }[name]
        row = make(stage, before)
        return Case(stage.user, stage.url(f"{path}_desk:{name}", row.key), _is(row, state=after))

    return build


def _give_up(path: str, make: Callable[[Stage, str], Any]) -> Callable[[Stage], Case]:
    """What was taken back waits again."""

    def build(stage: Stage) -> Case:
        row = make(stage, "submitted")
        recall(row, actor=person(stage.user), now=timezone.now())
        return Case(stage.user, stage.url(f"{path}_desk:give_up", row.key), _is(row, state="submitted"))

    return build


def _intervention_in(stage: Stage, state: str) -> Any:
    return stage.draft(state=state)


def _practice_in(stage: Stage, state: str) -> Any:
    return make_practice(stage.organization, state=state, author=stage.user)


def _pledge_in(stage: Stage, state: str) -> Any:
    return make_pledge(stage.organization, state=state, author=stage.user)


def _report_in(stage: Stage, state: str) -> Any:
    return make_report(_public_pledge(stage), state=state, author=stage.user)


def _assessment_in(stage: Stage, state: str) -> Any:
    pledge, body = _assessable(stage)
    return make_assessment(pledge, stage.organization, body, state=state)


def _reply_in(stage: Stage, state: str) -> Any:
    return make_reply(_assessed(stage), stage.organization, state=state)


def _observation_in(stage: Stage, state: str) -> Any:
    return make_observation(stage.organization, record=_observed(stage), state=state)


def _party(name: str, state: str, *, has_page: bool = False) -> Callable[[Stage], Case]:
    """The organization is named as a party of a public pledge of another one; `has_page`: it asks first."""

    def build(stage: Stage) -> Case:
        pledge = make_pledge(make_organization(name="Keeper"))
        party = pledge.parties.create(organization=stage.organization, role="partner")
        publish_pledge(pledge)
        action = stage.url(f"desk:{name}", party.key)
        page = action if has_page else stage.url("desk:parties")
        return Case(stage.user, page, _is(party, state=state), action=action)

    return build


def _ask_to_join(stage: Stage) -> Case:
    pledge = make_pledge(make_organization(name="Keeper"))
    page = stage.url("desk:ask_to_join", publish_pledge(pledge).public_id)
    typed = {"organization": str(stage.organization.key), "role": "funder"}
    return Case(stage.user, page, lambda: pledge.parties.filter(role="funder").exists(), typed)


def _offer_help(stage: Stage) -> Case:
    """To a pledge of another organization that says what it needs."""
    keeper = make_organization(name="Keeper", owner=make_user(email="keeper@example.org"))
    need = make_pledge(keeper, needs=["financial"])
    page = stage.url("matches:help", publish_pledge(need).public_id)
    offer = make_pledge(stage.organization, pledge_kind="matching", contributions=["financial"])
    publish_pledge(offer)
    typed = {"offer": str(offer.key), "note": WORDS}
    return Case(stage.user, page, need.help_offered.filter(note=WORDS).exists, typed)


def _move_help(name: str, state: str) -> Callable[[Stage], Case]:
    """Between a pledge of the organization and one of another; who offered alone takes it back."""

    def build(stage: Stage) -> Case:
        own, other = make_pledge(stage.organization), make_pledge(make_organization(name="Keeper"))
        publish_pledge(own)
        publish_pledge(other)
        need, offer = (other, own) if name == "take_back" else (own, other)
        given = HelpOffer.objects.create(need=need, offer=offer, offered_at=timezone.now())
        page, action = stage.url("matches:list"), stage.url(f"matches:{name}", given.key)
        return Case(stage.user, page, _is(given, state=state), action=action)

    return build


def _link_pledge(stage: Stage) -> Case:
    """By an editor of the secretariat."""
    umbrella = make_pledge(stage.organization, pledge_kind="umbrella", state="published")
    pledge = make_pledge(stage.organization, state="published")
    publish_pledge(umbrella)
    publish_pledge(pledge)
    editor = make_user(Group.EDITOR, email="links@example.org", language="en")
    page, action = stage.url("desk:unlinked_pledges"), stage.url("desk:link_pledge", pledge.key)
    typed = {"relation": "part_of", "target": str(umbrella.key)}
    return Case(editor, page, _is(pledge, part_of=umbrella), typed, action)


def _judge(decision: str, typed: dict[str, Any]) -> Callable[[Stage], Case]:
    """By an editor of the secretariat."""

    def build(stage: Stage) -> Case:
        one = make_public_pledge(
            stage.organization, pledge_kind="umbrella" if "part" in typed else "individual"
        )
        pair = make_pair(one, make_public_pledge(stage.organization))
        editor = make_user(Group.EDITOR, email="pairs@example.org", language="en")
        page = stage.url("pledge_duplicates:pair", pair.key)
        action = stage.url(f"pledge_duplicates:{decision}", pair.key)
        told = {"reason": WORDS, **typed}
        return Case(editor, page, _is(pair, decision=decision, reason=WORDS), told, action)

    return build


def _undo_pair(stage: Stage) -> Case:
    pair = make_pair(make_public_pledge(stage.organization), make_public_pledge(stage.organization))
    editor = make_user(Group.EDITOR, email="pairs@example.org", language="en")
    call_different(pair, judging=Judging(reason="", actor=person(editor), now=stage.now))
    page = stage.url("pledge_duplicates:decided")
    return Case(editor, page, _is(pair, decision=""), {}, stage.url("pledge_duplicates:undo", pair.key))


REPORTED = {"stage": "in_progress", "day": "2025-03-31", "text": WORDS, "tier": "1"}


def _public_pledge(stage: Stage) -> Pledge:
    pledge = make_pledge(stage.organization, state=SubmissionState.PUBLISHED, author=stage.user)
    publish_pledge(pledge)
    return pledge


def _report_step(name: str, typed: dict[str, Any], **saved_as: Any) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        row = make_report(_public_pledge(stage), author=stage.user)
        return Case(stage.user, stage.url(f"reports_desk:{name}", row.key), _is(row, **saved_as), typed)

    return build


def _report_start(stage: Stage) -> Case:
    pledge = _public_pledge(stage)
    page = f"{stage.url('reports_desk:new')}?pledge={pledge.key}"
    return Case(stage.user, page, Report.objects.filter(language="fr").exists, {"language": "fr"})


def _start_unchanged(stage: Stage) -> Case:
    page = f"{stage.url('reports_desk:new')}?pledge={_public_pledge(stage).key}"
    is_saved = Report.objects.filter(is_unchanged=True, state="submitted").exists
    return Case(stage.user, page, is_saved, action=stage.url("progress:start_unchanged"))


def _unchanged(stage: Stage) -> Case:
    row = make_report(_public_pledge(stage), text="", author=stage.user)
    page, action = stage.url("reports_desk:report", row.key), stage.url("progress:unchanged", row.key)
    return Case(stage.user, page, _is(row, is_unchanged=True, state="submitted"), action=action)


def _report_withdraw(stage: Stage) -> Case:
    row = make_report(_public_pledge(stage), state=SubmissionState.SUBMITTED, author=stage.user)
    return Case(stage.user, stage.url("reports_desk:withdraw", row.key), _is(row, state="withdrawn"))


def _pledge_withdraw(stage: Stage) -> Case:
    pledge = make_pledge(stage.organization, state="submitted", author=stage.user)
    return Case(stage.user, stage.url("pledges_desk:withdraw", pledge.key), _is(pledge, state="withdrawn"))


def _delete(name: str, make: Callable[[Stage], Any]) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        draft = make(stage)
        is_gone = type(draft).objects.filter(pk=draft.pk).exists
        return Case(stage.user, stage.url(f"{name}_desk:delete", draft.key), lambda: not is_gone())

    return build


def _appeal_of(name: str, make: Callable[[Stage], Any]) -> Callable[[Stage], Case]:
    """Against having been declined."""

    def build(stage: Stage) -> Case:
        row = make(stage)
        type(row).objects.filter(pk=row.pk).update(state="declined", submitted_at=stage.now)
        measure = make_measure(row)
        page = stage.url(f"{name}_desk:appeal", row.key, measure.key)
        return Case(stage.user, page, Appeal.objects.filter(text=WORDS).exists, {"text": WORDS})

    return build


WRITTEN: dict[str, Callable[[Stage], Any]] = {
    "interventions": lambda stage: stage.draft(),
    "pledges": lambda stage: make_pledge(stage.organization, author=stage.user),
    "practices": lambda stage: make_practice(stage.organization, author=stage.user),
    "reports": lambda stage: make_report(_public_pledge(stage), author=stage.user),
    "assessments": lambda stage: make_assessment(_assessable(stage)[0], stage.organization),
    "observations": lambda stage: make_observation(stage.organization, record=_observed(stage)),
    "replies": lambda stage: make_reply(_assessed(stage), stage.organization, author=stage.user),
}


def _restore(name: str) -> Callable[[Stage], Case]:
    """What the first step of a draft said before is asked for again."""

    def build(stage: Stage) -> Case:
        draft = WRITTEN[name](stage)
        step = submission_type(draft.kind).steps[0]
        form = step.form(None, draft=draft)
        said = Said(step=step.name, values_of=form.values_of, before={}, seen=0)
        row = history.set_aside(draft, said, form.values_of(draft), actor=stage.actor, now=stage.now)
        page = stage.url(f"{name}_desk:history", draft.key)
        typed = {"text": str(row.pk), "revision": str(draft.revision)}
        return Case(stage.user, page, _is(draft, revision__gt=draft.revision), typed)

    return build


def _duplicate(name: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        draft = WRITTEN[name](stage)
        rows = type(draft).objects.exclude(pk=draft.pk).filter(author=stage.user)
        return Case(stage.user, stage.url(f"{name}_desk:duplicate", draft.key), rows.exists)

    return build


def _new_organization(stage: Stage) -> Case:
    typed = {"name": "Red Tres", "description": WORDS, "leave": "1"}
    is_saved = Organization.objects.filter(description=WORDS).exists
    return Case(stage.user, stage.url("organizations:new"), is_saved, typed)


def _organization_profile(stage: Stage) -> Case:
    page = stage.url("organizations:profile", stage.organization.key)
    typed = {"description": WORDS, "leave": "1"}
    return Case(stage.user, page, stage.organization.changes.filter(profile__description=WORDS).exists, typed)


def _organization_identity(stage: Stage) -> Case:
    page = stage.url("organizations:identity", stage.organization.key)
    is_saved = stage.organization.changes.filter(profile__name="Red Otra", note=WORDS).exists
    return Case(stage.user, page, is_saved, {"name": "Red Otra", "note": WORDS})


def _with_logo(stage: Stage) -> Organization:
    stored = store_file(b"bridge", "bridge.txt", actor=stage.actor, now=stage.now)
    return make_organization(owner=stage.user, logo=stored, logo_text="A bridge")


def _organization_logo(stage: Stage) -> Case:
    draft = _with_logo(stage)
    page = stage.url("organizations:logo", draft.key)
    return Case(stage.user, page, _is(draft, logo_text=WORDS), {"logo_text": WORDS})


def _remove_logo(stage: Stage) -> Case:
    draft = _with_logo(stage)
    page, action = (stage.url(f"organizations:{name}", draft.key) for name in ("logo", "remove_logo"))
    return Case(stage.user, page, _is(draft, logo=None), action=action)


def _change_withdraw(stage: Stage) -> Case:
    change = ProfileChange.objects.create(organization=stage.organization, submitted_at=stage.now)
    key = stage.organization.key
    page, action = (stage.url(f"organizations:{name}", key) for name in ("detail", "change_withdraw"))
    return Case(stage.user, page, _is(change, state="withdrawn"), action=action)


def _organization_submit(stage: Stage) -> Case:
    draft = make_organization(owner=stage.user, evidence="Register 12")
    page = stage.url("organizations:detail", draft.key)
    action = stage.url("organizations:submit", draft.key)
    return Case(stage.user, page, _is(draft, state="submitted"), action=action)


def _list_new(stage: Stage) -> Case:
    typed = {
        "name": "Ministry",
        "type_code": "state",
        "country": "BZ",
        "language": "en",
        "description": WORDS,
    }
    is_saved = Organization.objects.filter(description=WORDS, state="listed").exists
    return Case(make_user(Group.EDITOR), stage.url("organizations:list_new"), is_saved, typed)


def _list_change(stage: Stage) -> Case:
    listed = make_listed()
    typed = {"name": listed.name, "type_code": "state", "language": "en", "description": WORDS}
    page = stage.url("organizations:list_change", listed.key)
    return Case(make_user(Group.EDITOR), page, _is(listed, description=WORDS), typed)


def _claim(stage: Stage) -> Case:
    listed = make_listed()
    number = Record.objects.get(source_key=listed.key).public_id
    typed = {
        "name": listed.name,
        "type_code": "state",
        "country": "BZ",
        "language": "en",
        "description": WORDS,
        "evidence": WORDS,
    }
    page = stage.url("organizations:claim", number)
    return Case(stage.user, page, listed.claims.filter(profile__description=WORDS).exists, typed)


def _claim_withdraw(stage: Stage) -> Case:
    claim = make_claim(make_listed(), stage.user)
    page = stage.url("organizations:claimed", claim.key)
    action = stage.url("organizations:claim_withdraw", claim.key)
    return Case(stage.user, page, _is(claim, state="withdrawn"), action=action)


def _organization_that_shows(stage: Stage) -> Organization:
    return make_organization(owner=stage.user, evidence="Register 12")


def _word_of(voucher: Organization, asking: Organization, **fields: Any) -> Vouch:
    return Vouch.objects.create(
        organization=asking, voucher=voucher, asked_at=timezone.now(), **{"state": "asked", **fields}
    )


def _ask_to_vouch(of: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        voucher = make_organization(name="Red Testigo", state=OrganizationState.VERIFIED)
        page, _row = _shown(stage, of)
        return Case(stage.user, page, voucher.vouched.exists, {"voucher": "Red Testigo"})

    return build


def _shown(stage: Stage, of: str) -> tuple[str, Organization | OrganizationClaim]:
    row = make_claim(make_listed(), stage.user) if of else _organization_that_shows(stage)
    return stage.url(f"organizations:{of}proofs", row.key), row


def _cancel_ask(of: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        voucher = make_organization(name="Red Testigo", state=OrganizationState.VERIFIED)
        page, row = _shown(stage, of)
        asking = row.organization if isinstance(row, OrganizationClaim) else row
        claim = row if isinstance(row, OrganizationClaim) else None
        asked = _word_of(voucher, asking, claim=claim, reach=claim.pk if claim else 0)
        action = stage.url(f"organizations:{of}cancel_ask", row.key, asked.key)
        return Case(stage.user, page, _gone(asked), action=action)

    return build


def _remove_proof(of: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        page, row = _shown(stage, of)
        organization = row.organization if isinstance(row, OrganizationClaim) else row
        shown = ShownOf(organization, row if isinstance(row, OrganizationClaim) else None)
        proof = add_proof(shown, picture("PNG"), "a.png", actor=stage.actor, now=stage.now)
        action = stage.url(f"organizations:{of}remove_proof", row.key, proof.key)
        return Case(stage.user, page, _gone(proof), action=action)

    return build


def _vouch(stage: Stage) -> Case:
    asked = _word_of(stage.organization, make_organization(name="Asking"))
    typed = {"vouches": "yes", "sentence": WORDS}
    return Case(stage.user, stage.url("organizations:vouch", asked.key), _is(asked, sentence=WORDS), typed)


def _take_word_back(stage: Stage) -> Case:
    said = _word_of(stage.organization, make_organization(name="Asking"), state="given", sentence="Yes.")
    page, action = stage.url("organizations:vouch", said.key), stage.url("organizations:take_back", said.key)
    return Case(stage.user, page, _is(said, state="taken_back"), action=action)


def _confirm_organization(stage: Stage) -> Case:
    page = stage.url("organizations:detail", stage.organization.key)
    action = stage.url("organizations:confirm", stage.organization.key)
    return Case(stage.user, page, _is(stage.organization, confirmed_at__isnull=False), action=action)


def _ask_for_two(stage: Stage) -> Case:
    draft = _organization_that_shows(stage)
    page, action = (stage.url(f"organizations:{name}", draft.key) for name in ("detail", "ask_for_two"))
    return Case(stage.user, page, _is(draft, is_at_risk=True), action=action)


def _appeal(stage: Stage) -> Case:
    declined = make_organization(
        owner=stage.user, state=OrganizationState.DECLINED, decided_at=timezone.now()
    )
    page = stage.url("organizations:appeal", declined.key)
    return Case(stage.user, page, declined.appeals.filter(text=WORDS).exists, {"text": WORDS})


def _risk(stage: Stage) -> Case:
    waiting = make_organization(state=OrganizationState.SUBMITTED)
    user, page = make_user(Group.PROTECTION), stage.url("organizations:risk", waiting.key)
    return Case(user, page, _is(waiting, risk_reason=WORDS), {"is_at_risk": "on", "reason": WORDS})


def _twins() -> tuple[Organization, Organization, User]:
    one, other = (make_organization(state=OrganizationState.SUBMITTED) for _at in range(2))
    return one, other, make_user(Group.MODERATOR)


def _merge_organizations(stage: Stage) -> Case:
    one, other, moderator = _twins()
    page = stage.url("organizations:merge", one.key, other.key)
    typed = {"keep": "one", "reason": WORDS}
    return Case(moderator, page, Merge.objects.filter(reason=WORDS).exists, typed)


def _merge_step(name: str, **saved_as: Any) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        one, other, moderator = _twins()
        first = make_user(Group.MODERATOR)
        row = Merge.objects.create(
            merged=one, kept=other, reason="Twins", proposed_at=stage.now, proposed_by=first
        )
        if name == "part":
            row = merging.confirm(row, actor=person(moderator), now=stage.now)
        page, action = (stage.url(f"organizations:{each}", row.key) for each in ("merged", name))
        typed = {"reason": WORDS} if name == "part" else {}
        return Case(moderator, page, _is(row, **saved_as), typed, action)

    return build


def _protect(stage: Stage) -> Case:
    own = make_organization(owner=stage.user)
    return Case(stage.user, stage.url("organizations:protection", own.key), _is(own, is_protected=True))


def _unprotect(stage: Stage) -> Case:
    own = make_organization(owner=stage.user)
    protect(own, actor=person(stage.user), now=timezone.now())
    page = stage.url("organizations:unprotect", own.key)
    return Case(stage.user, page, _is(own, is_protected=False), shows_again=True)


def _reveal(stage: Stage) -> Case:
    """The page asks again who one is, and then why."""
    other = make_organization(owner=make_user(), state=OrganizationState.SUBMITTED)
    user, page = make_user(Group.PROTECTION), stage.url("organizations:reveal", other.key)
    protect(other, actor=person(user), now=timezone.now())
    is_saved = other.reveals.filter(reason=WORDS).exists
    return Case(user, page, is_saved, {"reason": WORDS}, shows_again=True)


def _assignment(name: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        moderator, now = make_user(Group.MODERATOR), timezone.now()
        key = stage.draft(state=SubmissionState.SUBMITTED).key
        rows = Assignment.objects.filter(object_key=key)
        if name == "give_back":
            rows.create(kind="intervention", object_key=key, moderator=moderator, since=now)
        page, action = (stage.url(f"moderation:{each}", "intervention", key) for each in ("subject", name))
        return Case(moderator, page, lambda: rows.exists() == (name == "take"), action=action)

    return build


def _members(stage: Stage, name: str = "members", *args: object) -> str:
    return stage.url(f"organizations:{name}", stage.organization.key, *args)


def _member(stage: Stage) -> Membership:
    return add_member(stage.organization, make_user(), OrganizationRole.VIEWER)


def _role(stage: Stage) -> Case:
    member = _member(stage)
    return Case(
        stage.user, _members(stage, "member", member.pk), _is(member, role="editor"), {"role": "editor"}
    )


def _member_remove(stage: Stage) -> Case:
    member = _member(stage)
    return Case(stage.user, _members(stage, "member_remove", member.pk), _gone(member))


def _leave_organization(stage: Stage) -> Case:
    add_member(stage.organization, make_user(), OrganizationRole.OWNER)
    own = stage.organization.memberships.get(user=stage.user)
    return Case(stage.user, _members(stage, "leave"), _gone(own))


def _invite(stage: Stage) -> Case:
    typed = {"email": "guest@example.org", "role": "viewer", "language": "fr"}
    is_saved = stage.organization.invitations.filter(email="guest@example.org", language="fr").exists
    return Case(stage.user, _members(stage, "invite"), is_saved, typed)


def _invited(stage: Stage) -> Invitation:
    to = Invited("guest@example.org", OrganizationRole.VIEWER, "fr")
    return inviting.invite(stage.organization, to=to, actor=stage.actor, now=stage.now)


def _invitation(verb: str, **saved_as: Any) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        row = _invited(stage)
        action = _members(stage, f"invitation_{verb}", row.key)
        return Case(stage.user, _members(stage), _is(row, **saved_as), action=action)

    return build


def _accept_invitation(stage: Stage) -> Case:
    row, guest = _invited(stage), make_user(email="guest@example.org")
    code = str(mail.outbox[-1].body).partition("?code=")[2].split()[0]
    page = f"{stage.url('organizations:invitation')}?code={code}"
    return Case(guest, page, _is(row, used_at__isnull=False))


def _join(stage: Stage) -> Case:
    guest = make_user()
    number = Record.objects.get(source_key=stage.organization.key).public_id
    is_saved = stage.organization.join_requests.filter(text=WORDS).exists
    return Case(guest, stage.url("organizations:join", number), is_saved, {"text": WORDS})


def _asked(stage: Stage, guest: User | None = None) -> JoinRequest:
    by = person(guest or make_user())
    return joining.ask(stage.organization, text="I work there.", actor=by, now=stage.now)


def _join_withdraw(stage: Stage) -> Case:
    guest = make_user()
    row, number = _asked(stage, guest), Record.objects.get(source_key=stage.organization.key).public_id
    page, action = (stage.url(f"organizations:{name}", number) for name in ("join", "join_withdraw"))
    return Case(guest, page, _is(row, state="withdrawn"), action=action)


def _decide_request(name: str, typed: dict[str, Any], **saved_as: Any) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        row = _asked(stage)
        action = _members(stage, name, row.key)
        return Case(stage.user, _members(stage, "asked", row.key), _is(row, **saved_as), typed, action)

    return build


def _appoint(stage: Stage) -> Case:
    member = _member(stage)
    User.objects.filter(pk=stage.user.pk).update(is_active=False)
    typed = {"who": str(member.pk), "language": "fr", "reason": WORDS}
    page = stage.url("organizations:appoint", stage.organization.key)
    return Case(make_user(Group.MODERATOR), page, _is(member, role="owner"), typed)


NETWORK = {"name_es": "Red", "name_pt": "Rede", "name_fr": "Réseau", "name_en": WORDS}


ASSESSED = {
    "completion": "limited",
    "confidence": "low",
    "basis": "1",
    "text": WORDS,
    "sources": "",
    "conflict": "None.",
}


OBSERVED = {
    "title": "Closed",
    "language": "en",
    "text": WORDS,
    "sources": "Visit in May",
    "conflict": "None.",
}


def _assessable(stage: Stage) -> tuple[Pledge, Body]:
    """A public pledge of somebody else, and a body in which the organization holds a seat."""
    other = make_organization(name="Pledger", state=OrganizationState.VERIFIED)
    pledge = make_pledge(other, state=SubmissionState.PUBLISHED)
    publish_organization(other)
    publish_pledge(pledge)
    body = make_body(may_assess=True)
    make_seat(body, stage.organization)
    return pledge, body


def _assessment_start(stage: Stage) -> Case:
    pledge, _body = _assessable(stage)
    page = f"{stage.url('assessments_desk:new')}?pledge={pledge.key}"
    return Case(stage.user, page, Assessment.objects.filter(language="fr").exists, {"language": "fr"})


def _assessment_step(name: str, typed: dict[str, Any], **saved_as: Any) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        pledge, body = _assessable(stage)
        row = make_assessment(pledge, stage.organization, body, author=stage.user)
        return Case(stage.user, stage.url(f"assessments_desk:{name}", row.key), _is(row, **saved_as), typed)

    return build


def _assessment_withdraw(stage: Stage) -> Case:
    pledge, body = _assessable(stage)
    row = make_assessment(pledge, stage.organization, body, state=SubmissionState.SUBMITTED)
    return Case(stage.user, stage.url("assessments_desk:withdraw", row.key), _is(row, state="withdrawn"))


def _assessed(stage: Stage) -> Assessment:
    """A pledge of the organization, by somebody else."""
    row = make_assessment(
        _public_pledge(stage), make_organization(name="Assessor", state=OrganizationState.VERIFIED)
    )
    publish_assessment(row)
    return row


def _reply_start(stage: Stage) -> Case:
    page = f"{stage.url('replies_desk:new')}?assessment={_assessed(stage).key}"
    return Case(stage.user, page, Reply.objects.filter(language="fr").exists, {"language": "fr"})


def _reply_step(name: str, typed: dict[str, Any], **saved_as: Any) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        row = make_reply(_assessed(stage), stage.organization, author=stage.user)
        return Case(stage.user, stage.url(f"replies_desk:{name}", row.key), _is(row, **saved_as), typed)

    return build


def _reply_withdraw(stage: Stage) -> Case:
    row = make_reply(_assessed(stage), stage.organization, state=SubmissionState.SUBMITTED)
    return Case(stage.user, stage.url("replies_desk:withdraw", row.key), _is(row, state="withdrawn"))


def _observed(stage: Stage) -> Record:
    """A pledge of somebody else, while a cycle is open."""
    open_cycle_now()
    other = make_organization(name="Pledger", state=OrganizationState.VERIFIED)
    publish_organization(other)
    return publish_pledge(make_pledge(other, state=SubmissionState.PUBLISHED))


def _observation_start(stage: Stage) -> Case:
    page = f"{stage.url('observations_desk:new')}?subject={_observed(stage).public_id}"
    return Case(stage.user, page, Observation.objects.filter(language="fr").exists, {"language": "fr"})


def _observation_step(name: str, typed: dict[str, Any], **saved_as: Any) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        row = make_observation(stage.organization, record=_observed(stage), author=stage.user)
        return Case(stage.user, stage.url(f"observations_desk:{name}", row.key), _is(row, **saved_as), typed)

    return build


def _observation_withdraw(stage: Stage) -> Case:
    row = make_observation(stage.organization, record=_observed(stage), state=SubmissionState.SUBMITTED)
    return Case(stage.user, stage.url("observations_desk:withdraw", row.key), _is(row, state="withdrawn"))


def _cycle_move(before: str, after: str) -> Callable[[Stage], Case]:
    """By who holds a seat in a body that runs cycles."""
    names = {"planned": "open", "open": "freeze", "frozen": "close"}

    def build(stage: Stage) -> Case:
        make_seat(make_body(runs_cycles=True), stage.organization)
        cycle = make_cycle("moved")
        for verb in (open_cycle, freeze_cycle)[: list(names).index(before)]:
            verb(cycle, actor=system("tests"), now=stage.now)
        # The worker freezes.
        is_saved = _is(cycle, freeze_job__isnull=False) if after == "frozen" else _is(cycle, state=after)
        early = {"sure": "on", "reason": WORDS}
        typed = {} if after == "open" else early
        return Case(stage.user, stage.url(f"followup_desk:{names[before]}", "moved"), is_saved, typed)

    return build


def _pack(stage: Stage) -> Case:
    """Any seat asks the worker for the pack of an open cycle."""
    make_seat(make_body(), stage.organization)
    open_cycle(make_cycle("packed"), actor=system("tests"), now=stage.now)
    is_noted = Job.objects.filter(kind="make_review_pack", key="packed:draft").exists
    return Case(stage.user, stage.url("followup_desk:pack", "packed"), is_noted)


def _contact_note(stage: Stage) -> Case:
    """By who holds a seat in a body that runs cycles, of a pledge of somebody else."""
    make_seat(make_body(runs_cycles=True), stage.organization)
    record = publish_pledge(make_pledge(make_organization(name="Silent")))
    typed = {"on": "2026-01-31", "way": "mail", "whom": WORDS, "said": WORDS}
    is_saved = ContactNote.objects.filter(said=WORDS, whom=WORDS).exists
    return Case(stage.user, stage.url("followup_desk:contact", record.public_id), is_saved, typed)


def _network_new(stage: Stage) -> Case:
    is_saved = Network.objects.filter(name_en=WORDS).exists
    return Case(make_user(Group.EDITOR), stage.url("networks:new"), is_saved, {**NETWORK})


def _network_change(stage: Stage) -> Case:
    network = make_network()
    page = stage.url("networks:change", network.key)
    return Case(make_user(Group.EDITOR), page, _is(network, name_en=WORDS), {**NETWORK})


def _network_add(stage: Stage) -> Case:
    network = make_network()
    typed = {"organization": stage.organization.name, "role": "lead"}
    page = stage.url("networks:add", network.key)
    return Case(make_user(Group.EDITOR), page, network.memberships.filter(role="lead").exists, typed)


def _network_member(stage: Stage) -> Case:
    member = make_network_member(make_network(), stage.organization)
    typed = {"organization": stage.organization.name, "role": "observer"}
    page = stage.url("networks:member", member.network.key, member.pk)
    return Case(make_user(Group.EDITOR), page, _is(member, role="observer"), typed)


def _network_remove(stage: Stage) -> Case:
    member = make_network_member(make_network(), stage.organization)
    page = stage.url("networks:remove", member.network.key, member.pk)
    return Case(make_user(Group.EDITOR), page, _gone(member))


def _project_new(stage: Stage) -> Case:
    network = make_network()
    is_saved = network.projects.filter(title_en=WORDS).exists
    page = stage.url("networks:add_project", network.key)
    return Case(make_user(Group.EDITOR), page, is_saved, {"title_en": WORDS, "state": "planned"})


def _project_change(stage: Stage) -> Case:
    project = make_project(make_network())
    page = stage.url("networks:project", project.network.key, project.key)
    typed = {"title_en": WORDS, "state": "ended"}
    return Case(make_user(Group.EDITOR), page, _is(project, title_en=WORDS), typed)


def _project_remove(stage: Stage) -> Case:
    project = make_project(make_network())
    page = stage.url("networks:remove_project", project.network.key, project.key)
    return Case(make_user(Group.EDITOR), page, _gone(project))


def _lead_new(stage: Stage) -> Case:
    network, segment = make_network(), stage.tree.segment["es"].translation_key
    page = stage.url("networks:add_lead", network.key)
    is_saved = network.leads.filter(segment_key=segment).exists
    return Case(make_user(Group.EDITOR), page, is_saved, {"segment": str(segment)})


def _lead_change(stage: Stage) -> Case:
    network, segment = make_network(), stage.tree.segment["es"].translation_key
    row = network.leads.create(segment_key=segment)
    typed = {"segment": str(segment), "until": "2024-05-17"}
    page = stage.url("networks:lead", network.key, row.pk)
    return Case(make_user(Group.EDITOR), page, _is(row, until="2024-05-17"), typed)


def _lead_remove(stage: Stage) -> Case:
    row = make_network().leads.create(segment_key=uuid4())
    page = stage.url("networks:remove_lead", row.network.key, row.pk)
    return Case(make_user(Group.EDITOR), page, _gone(row))


def _action(stage: Stage) -> Case:
    record = make_recommendation()
    action = _action_node()
    is_saved = ActionLink.objects.filter(node=action).exists
    page = stage.url("plan_desk:recommendation", record.public_id)
    return Case(make_user(Group.EDITOR), page, is_saved, {"wanted": action.key})


def _action_confirm(stage: Stage) -> Case:
    link = _asserted()
    is_saved = ActionLink.objects.filter(pk=link.pk, confirmed_at__isnull=False).exists
    return Case(make_user(Group.EDITOR), stage.url("plan_desk:confirm", link.pk), is_saved)


def _action_remove(stage: Stage) -> Case:
    link = _asserted()
    return Case(make_user(Group.EDITOR), stage.url("plan_desk:remove", link.pk), _gone(link))


def _asserted() -> ActionLink:
    editor = person(make_user(Group.EDITOR))
    return assert_link(make_recommendation(), _action_node(), actor=editor, now=timezone.now())


def _action_node() -> PlanNode:
    framework = make_framework()
    return make_node(framework, "1.1", make_node(framework, "1", kind=NodeKind.AXIS))


def _profile(stage: Stage) -> Case:
    return Case(stage.user, stage.url("desk:profile"), _is(stage.user, name=WORDS), {"name": WORDS})


def _discard(stage: Stage) -> Case:
    page = stage.url("desk:profile")
    row = keep(user_id=stage.user.pk, page=page, action=page, pairs=[("name", "Ann Lee")], now=stage.now)
    assert row is not None
    action = stage.url("desk:discard_kept", row.pk)
    return Case(stage.user, page, lambda: not KeptForm.objects.filter(pk=row.pk).exists(), action=action)


def _new_dossier(stage: Stage) -> Case:
    is_saved = Dossier.objects.filter(description=WORDS).exists
    return Case(stage.user, stage.url("dossiers:new"), is_saved, {"title": "Papers", "description": WORDS})


def _add_passage(stage: Stage) -> Case:
    dossier, passage = stage.dossier(), stage.passage()
    page = f"{stage.url('dossiers:add')}?document={passage.document.id}&position=1"
    typed = {"dossier": str(dossier.key), "comment": WORDS}
    return Case(stage.user, page, Item.objects.filter(comment=WORDS).exists, typed)


def _edit_dossier(stage: Stage) -> Case:
    dossier = stage.dossier()
    typed = {"description": WORDS}
    return Case(stage.user, stage.url("dossiers:edit", dossier.key), _is(dossier, description=WORDS), typed)


def _delete_dossier(stage: Stage) -> Case:
    dossier = stage.dossier()
    return Case(stage.user, stage.url("dossiers:delete", dossier.key), _gone(dossier))


def _comment(stage: Stage) -> Case:
    item = stage.item(stage.dossier())
    page = stage.url("dossiers:comment", item.dossier.key, item.pk)
    return Case(stage.user, page, _is(item, comment=WORDS), {"comment": WORDS})


def _remove_item(stage: Stage) -> Case:
    item = stage.item(stage.dossier())
    return Case(stage.user, stage.url("dossiers:remove", item.dossier.key, item.pk), _gone(item))


def _move(name: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        dossier = stage.dossier()
        first, second = stage.item(dossier), stage.item(dossier)
        moved = first if name == "down" else second
        page = stage.url("dossiers:dossier", dossier.key)
        action = stage.url(f"dossiers:{name}", dossier.key, moved.pk)
        return Case(stage.user, page, lambda: not _is(moved, order=moved.order)(), action=action)

    return build


def _people(stage: Stage) -> Case:
    page = stage.url("dossiers:people", stage.dossier().key)
    typed = {"email": "friend@example.org", "role": "editor"}
    return Case(stage.user, page, Share.objects.filter(email="friend@example.org").exists, typed)


def _share_page(name: str, **saved_as: Any) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        dossier = stage.dossier()
        given = stage.share(dossier, make_user())
        is_saved = _is(given, **saved_as) if saved_as else _gone(given)
        return Case(stage.user, stage.url(f"dossiers:{name}", dossier.key, given.pk), is_saved)

    return build


def _keep_dossier(stage: Stage) -> Case:
    dossier = stage.dossier()
    given = stage.share(dossier, make_user())
    sharing.offer(given, actor=stage.actor, now=stage.now)
    page = stage.url("dossiers:people", dossier.key)
    action = stage.url("dossiers:keep", dossier.key, given.pk)
    return Case(stage.user, page, _is(given, offered_at=None), action=action)


def _accept(stage: Stage) -> Case:
    other = make_user()
    dossier = stage.dossier(other)
    given = stage.share(dossier, stage.user, other)
    given.refresh_from_db()
    sharing.offer(given, actor=person(other), now=stage.now)
    return Case(stage.user, stage.url("dossiers:accept", dossier.key), _is(dossier, owner=stage.user))


def _leave(stage: Stage) -> Case:
    other = make_user()
    dossier = stage.dossier(other)
    given = stage.share(dossier, stage.user, other)
    return Case(stage.user, stage.url("dossiers:leave", dossier.key), _gone(given))


def _new_search(stage: Stage) -> Case:
    is_saved = SavedSearch.objects.filter(name=WORDS).exists
    return Case(
        stage.user, f"{stage.url('saved:new')}?q=asylum", is_saved, {"name": WORDS, "telling": "none"}
    )


def _change_search(stage: Stage) -> Case:
    row = stage.search()
    return Case(stage.user, stage.url("saved:change", row.key), _is(row, name=WORDS), {"name": WORDS})


def _delete_search(stage: Stage) -> Case:
    row = stage.search()
    return Case(stage.user, stage.url("saved:delete", row.key), _gone(row))


def _of_search(name: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        row = stage.search()
        before = row.opened_at if name == "open" else row.token
        same = {"opened_at": before} if name == "open" else {"token": before}
        page, action = stage.url("saved:detail", row.key), stage.url(f"saved:{name}", row.key)
        return Case(stage.user, page, lambda: not _is(row, **same)(), action=action)

    return build


def _redaction(stage: Stage) -> Case:
    subject = make_intervention(make_organization(), state="submitted", body=f"{WORDS} and more.")
    page = stage.url("moderation:redaction", "intervention", subject.key)
    typed = {"field": "all", "words": WORDS, "ground": "name", "reason": WORDS}
    is_saved = Measure.objects.filter(act="redacted", reason=WORDS).exists
    return Case(make_user(Group.MODERATOR, language="en"), page, is_saved, typed)


def _amendment(stage: Stage) -> Case:
    """The second step: what was shown is sent."""
    subject = _public_text(stage, "interventions", make_organization(owner=make_user()))
    page = stage.url("moderation:propose_amendment", "intervention", subject.key, "text")
    seen = shown_mark(subject, {"title": WORDS})
    typed = {"title": WORDS, "body": subject.body, "reason": WORDS, "seen": seen}
    is_saved = Amendment.objects.filter(reason=WORDS).exists
    return Case(make_user(Group.MODERATOR, language="en"), page, is_saved, typed, is_shown_first=True)


def _amendment_taken_back(stage: Stage) -> Case:
    user = make_user(Group.MODERATOR, language="en")
    row = make_amendment(_public_text(stage, "interventions", make_organization()), proposed_by=user)
    page = stage.url("moderation:amendment", row.key)
    action = stage.url("moderation:take_amendment_back", row.key)
    return Case(user, page, _is(row, state="taken_back"), action=action)


def _amended(name: str, outcome: str) -> Callable[[Stage], Case]:
    """Accepted or refused by its organization."""

    def build(stage: Stage) -> Case:
        row = make_amendment(_public_text(stage, name, stage.organization))
        page = stage.url(f"{name}_desk:amendment", row.submission_key, row.key)
        action = stage.url(f"{name}_desk:accept_amendment", row.submission_key, row.key)
        is_settled = _is(row, state=outcome)
        if outcome == "refused":
            return Case(stage.user, page, is_settled, {"reason": WORDS})
        return Case(stage.user, page, is_settled, action=action)

    return build


def _public_text(stage: Stage, name: str, organization: Organization) -> Any:
    make, publish = {
        "interventions": (make_intervention, publish_intervention),
        "practices": (make_practice, publish_practice),
    }[name]
    row = make(organization, state=SubmissionState.PUBLISHED, author=stage.user, country="MX")
    publish(row)
    return row


def _redacted(name: str) -> Callable[[Stage], Case]:
    """What is left out of a version is put back, or left out again of the next one."""

    def build(stage: Stage) -> Case:
        subject = make_intervention(make_organization(), state="submitted", body=f"{WORDS} and more.")
        measure = make_measure(subject, Act.REDACTED, ground="name", state="provisional")
        measure.cuts.create(version=1, field="body", start=0, end=len(WORDS))
        if name == "again":
            of = submission_type("intervention")
            content = of.sent(subject, of.related(subject))
            keep_version(subject, content, actor=system("tests"), now=stage.now)
        page = stage.url("moderation:redaction", "intervention", subject.key)
        action = stage.url(f"moderation:{name}", "intervention", subject.key, measure.key)
        number = 2 if name == "again" else 0
        user = make_user(Group.MODERATOR, language="en")
        return Case(user, page, lambda: Measure.objects.count() == number, action=action)

    return build


def _readmitted(stage: Stage) -> Case:
    """What was left out of the version before may be public in this one."""
    again = _redacted("again")(stage)
    measure = Measure.objects.get()
    page = stage.url("moderation:subject", "intervention", measure.submission_key)
    action = stage.url("moderation:readmit", "intervention", measure.submission_key, measure.key)
    is_saved = Readmission.objects.filter(reason=WORDS).exists
    return Case(again.user, page, is_saved, {"reason": WORDS}, action)


def _decide(stage: Stage) -> Case:
    moderator = make_user(Group.MODERATOR)
    subject = stage.draft(state=SubmissionState.SUBMITTED)
    page = stage.url("moderation:subject", "intervention", subject.key)
    action = stage.url("moderation:decide", "intervention", subject.key, "returned")
    return Case(moderator, page, Decision.objects.filter(reason=WORDS).exists, {"reason": WORDS}, action)


def _note(stage: Stage) -> Case:
    moderator, key = make_user(Group.MODERATOR), stage.draft(state=SubmissionState.SUBMITTED).key
    page, action = (stage.url(f"moderation:{each}", "intervention", key) for each in ("subject", "note"))
    return Case(moderator, page, InternalNote.objects.filter(text=WORDS).exists, {"text": WORDS}, action)


def _delete_note(stage: Stage) -> Case:
    moderator, key = make_user(Group.MODERATOR), stage.draft(state=SubmissionState.SUBMITTED).key
    about: dict[str, Any] = {"kind": "intervention", "object_key": key}
    row = InternalNote.objects.create(**about, author=moderator, text="x", written_at=stage.now)
    page = stage.url("moderation:subject", "intervention", key)
    action = stage.url("moderation:delete_note", "intervention", key, row.pk)
    return Case(moderator, page, lambda: not InternalNote.objects.exists(), action=action)


def _ready(name: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        moderator, key = make_user(Group.MODERATOR), stage.draft(state=SubmissionState.SUBMITTED).key
        page, action = (stage.url(f"moderation:{each}", "intervention", key) for each in ("subject", name))
        if name == "unmark":
            mark_ready("intervention", key, actor=person(moderator), now=stage.now)
        return Case(
            moderator, page, lambda: ReadyMark.objects.exists() == (name == "mark_ready"), action=action
        )

    return build


def _release(stage: Stage) -> Case:
    moderator, key = make_user(Group.MODERATOR), stage.draft(state=SubmissionState.SUBMITTED).key
    mark = mark_ready("intervention", key, actor=person(moderator), now=stage.now)
    page, action = stage.url("moderation:ready"), stage.url("moderation:release")
    typed = {"chosen": f"intervention:{key}|{mark.seen}"}
    return Case(moderator, page, Decision.objects.exists, typed, action)


def _assign(stage: Stage) -> Case:
    moderator, key = make_user(Group.MODERATOR), stage.draft(state=SubmissionState.SUBMITTED).key
    page, action = stage.url("moderation:queue"), stage.url("moderation:assign")
    typed = {"chosen": f"intervention:{key}", "to": moderator.pk}
    return Case(moderator, page, Assignment.objects.exists, typed, action)


def _decide_group(stage: Stage) -> Case:
    moderator, row = make_user(Group.MODERATOR), stage.draft(state=SubmissionState.SUBMITTED)
    signed = sign(row.kind, row.key, row.language, row.body)
    page = stage.url("moderation:decide_group", signed.group if signed else None, "returned")
    typed = {"chosen": f"intervention:{row.key}", "reason": WORDS}
    return Case(moderator, page, Decision.objects.filter(reason=WORDS).exists, typed)


def _participants(name: str) -> Callable[[Stage], Case]:
    """A draft with three states by its document, and an editor."""

    def build(stage: Stage) -> Case:
        editor, draft = make_user(Group.EDITOR, language="en"), make_conclusions()
        page = stage.url("conclusions:participants", draft.key)
        if name == "participant_words":
            is_saved = draft.parts.filter(kind="participants").exists
            return Case(editor, page, is_saved, action=stage.url(f"conclusions:{name}", draft.key))
        form = stage.url(f"conclusions:{name}", draft.key, "state")
        is_saved = draft.participant_categories.filter(texts__note=WORDS).exists
        return Case(editor, form, is_saved, {"figure": "4", "unit": "bodies", "note": WORDS})

    return build


def _dispositions(stage: Stage) -> Case:
    said, draft, drafter = _spoken(stage)
    page = stage.url("conclusions:dispositions", draft.key)
    typed = {"interventions": [str(said.key)], "outcome": "out_of_scope", "reason_es": WORDS}
    return Case(drafter, page, draft.dispositions.filter(reason=WORDS).exists, typed)


def _disposition(stage: Stage) -> Case:
    said, draft, drafter = _spoken(stage)
    page = stage.url("conclusions:disposition", draft.key, said.key)
    typed = {"outcome": "carried_over", "reason_es": WORDS}
    return Case(drafter, page, draft.dispositions.filter(reason=WORDS).exists, typed)


def _objection(stage: Stage) -> Case:
    said = publish_with_disposition(stage.organization, author=stage.user)
    page = stage.url("became:objection", said.consultation_key, said.intervention.key)
    return Case(stage.user, page, Objection.objects.filter(text=WORDS).exists, {"text": WORDS})


def _decision(name: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        objection = make_objection(stage.organization, stage.user)
        page = stage.url("objections:detail", objection.key)
        typed = {"decision_reason": WORDS}
        if name == "uphold":
            typed |= {"outcome": "carried_over", "reason_es": WORDS}
        action = stage.url(f"objections:{name}", objection.key)
        decider = make_user(Group.MODERATOR, language="en")
        return Case(decider, page, _is(objection, reason=WORDS), typed, action)

    return build


def _enter_from_the_room(stage: Stage) -> Case:
    editor = make_user(Group.EDITOR, language="en")
    tree = make_consultation()
    session = make_session(tree.consultation["es"].translation_key)
    typed = {
        "organization": stage.organization.name,
        "manner": "spoken",
        "speaker_role": "minister",
        "source": WORDS,
        "country": "MX",
        "form": "intervention",
        "title": WORDS,
        "body": f"{WORDS} " * 8,
        "questions": [str(tree.questions[0])],
    }
    is_saved = MadeInRoom.objects.filter(source=WORDS).exists
    return Case(editor, f"{stage.url('room:new')}?session={session.key}", is_saved, typed)


def _enter_again(stage: Stage) -> Case:
    editor = make_user(Group.EDITOR, language="en")
    tree = make_consultation()
    returned = make_intervention(
        stage.organization,
        questions=tree.questions[:1],
        language="en",
        author=stage.user,
        state=SubmissionState.RETURNED,
    )
    make_room(returned, make_session(tree.consultation["es"].translation_key))
    return Case(editor, stage.url("room:again", returned.key), _is(returned, title=WORDS), {"title": WORDS})


def _from_the_room(name: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        said = stage.draft(state=SubmissionState.SUBMITTED)
        row, page = make_room(said), stage.url("room:tell", said.key)
        if name == "confirm":
            is_saved = _is(row, confirmed_at__isnull=False)
            return Case(stage.user, page, is_saved, action=stage.url("room:confirm", said.key))
        return Case(stage.user, page, _is(row, objection=WORDS), {"objection": WORDS})

    return build


def _describe_document(stage: Stage) -> Case:
    row = make_document()
    typed = {"title": WORDS, "language": "en", "kind": "other", "offer": "original"}
    is_saved = LibraryDocument.objects.filter(title=WORDS).exists
    return Case(_library_editor(), stage.url("library_desk:document", row.public_id), is_saved, typed)


def _withdraw_document(stage: Stage) -> Case:
    row = make_document()
    is_saved = LibraryDocument.objects.filter(withdrawn_reason=WORDS).exists
    url = stage.url("library_desk:withdraw", row.public_id)
    return Case(_library_editor(), url, is_saved, {"reason": WORDS})


def _decline_document(stage: Stage) -> Case:
    row = make_proposal(stage.organization, stage.user)
    is_saved = DocumentProposal.objects.filter(reason=WORDS, state="declined").exists
    url = stage.url("proposed_documents:decline", row.key)
    return Case(_library_editor(), url, is_saved, {"reason": WORDS})


def _library_editor() -> User:
    return make_user(Group.EDITOR, language="en")


def _give_later(stage: Stage) -> Case:
    page = make_consultation(deadline=stage.now - timedelta(days=1)).consultation["es"]
    typed = {
        "consultation": str(page.translation_key),
        "organization": stage.organization.name,
        "until": "2090-06-14 18:00",
        "reason": WORDS,
    }
    moderator = make_user(Group.MODERATOR, language="en")
    is_saved = LaterDeadline.objects.filter(reason=WORDS).exists
    return Case(moderator, stage.url("deadlines:new"), is_saved, typed)


def _revoke_later(stage: Stage) -> Case:
    row = LaterDeadline.objects.create(
        consultation_key=stage.tree.consultation["es"].translation_key,
        organization=stage.organization,
        until=stage.now,
        reason="Power",
        given_at=stage.now,
    )
    moderator = make_user(Group.MODERATOR, language="en")
    return Case(moderator, stage.url("deadlines:revoke", row.key), _is(row, revoked_at__isnull=False))


def _spoken(stage: Stage) -> tuple[Intervention, Conclusions, User]:
    """A published intervention, a draft of conclusions on it, and an editor."""
    tree = make_consultation()
    said = make_intervention(
        stage.organization, state=SubmissionState.PUBLISHED, questions=tree.questions[:1], author=stage.user
    )
    publish_intervention(said)
    return said, backed_conclusions.make_conclusions(tree), make_user(Group.EDITOR, language="en")


def _invite_signatories(path: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        draft = joint_forms.MAKERS[path](stage.organization, author=stage.user, language="en")
        typed = {"on_behalf_of": "", "signatories": "Signatory of the hour"}
        publish_organization(make_organization(name=typed["signatories"], state=OrganizationState.VERIFIED))
        return Case(
            stage.user, stage.url(f"{path}_desk:signatories", draft.key), _is(draft, is_joint=True), typed
        )

    return build


def _ask_to_sign(path: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        draft = joint_forms.own(stage, path)
        page, action = (stage.url(f"{path}_desk:{name}", draft.key) for name in ("signing", "ask_to_sign"))
        return Case(stage.user, page, _is(draft, state="awaiting_signatures"), action=action)

    return build


def _change_signed(path: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        draft = joint_forms.ask(joint_forms.own(stage, path))
        return Case(stage.user, stage.url(f"{path}_desk:change_signed", draft.key), _is(draft, state="draft"))

    return build


def _share_draft(path: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        draft, network = joint_forms.own(stage, path), joint_forms.led(stage)
        page, action = (stage.url(f"{path}_desk:{name}", draft.key) for name in ("sharing", "share"))
        rows = DraftShare.objects.filter(submission_key=draft.key, network=network)
        return Case(stage.user, page, rows.exists, {"network": network.slug}, action)

    return build


def _end_share(path: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        draft = joint_forms.own(stage, path)
        shared = joint_forms.shared(stage, draft)
        page = stage.url(f"{path}_desk:sharing", draft.key)
        action = stage.url(f"{path}_desk:end_share", draft.key, shared.key)
        return Case(stage.user, page, _gone(shared), action=action)

    return build


def _translation(stage: Stage) -> Case:
    """By who speaks for the organization of the text, beside its original."""
    text = stage.draft(state=SubmissionState.PUBLISHED, body=WORDS)
    record, into = publish_intervention(text), "es"
    page = stage.url("translations:enter", "intervention", text.key, into)
    words = {"text-title": "Papers", "text-body": WORDS, "source": WORDS}
    hidden = {"seen": seen_mark(record, into, None), "original": original_digest(record)}
    rows = TranslationRequest.objects.filter(texts__body=WORDS)
    return Case(stage.user, page, rows.exists, words | hidden)


def _take_translation_off(stage: Stage) -> Case:
    text, into = stage.draft(state=SubmissionState.PUBLISHED), "es"
    record = publish_intervention(text)
    record.translations.create(of_version=1, language=into, kind="machine", title="Papers")
    page = stage.url("translations:take_off", "intervention", text.key, into)
    rows = TranslationRequest.objects.filter(reason=WORDS)
    return Case(stage.user, page, rows.exists, {"reason": WORDS})


def _take_translation_back(stage: Stage) -> Case:
    text = stage.draft(state=SubmissionState.PUBLISHED)
    publish_intervention(text)
    given = {"kind": text.kind, "submission_key": text.key, "title": text.title, "language": text.language}
    given |= {"organization": text.organization, "entered_as": "organization", "submitted_at": timezone.now()}
    row = TranslationRequest.objects.create(**given, into="es", wants="publish")
    page, action = (stage.url(f"translations:{each}", row.key) for each in ("request", "take_back"))
    return Case(stage.user, page, _is(row, state="taken_back"), action=action)


def _signature(name: str, typed: dict[str, Any], **saved_as: Any) -> Callable[[Stage], Case]:
    """On the page with the text, which has a form for each."""

    def build(stage: Stage) -> Case:
        row = joint_forms.signed(stage) if name == "take_back" else joint_forms.asked(stage)
        page, action = (stage.url(f"signatures:{each}", row.key) for each in ("one", name))
        told = typed | ({"digest": row.statement.digest} if name == "sign" else {})
        return Case(stage.user, page, _is(row, **saved_as), told, action)

    return build


ANSWER = {"title": WORDS, "body": f"{WORDS} " * 8, "form": "intervention", "country": "MX"}
MEASURE = {"title": "Papers", "measure": WORDS, "country": "MX"}
PLEDGE = {"title": "Papers", "description": WORDS, "stage": "planning"}
BUILDERS: dict[str, Callable[[Stage], Case]] = {
    "desk:profile": _profile,
    "desk:discard_kept": _discard,
    "organizations:new": _new_organization,
    "organizations:profile": _organization_profile,
    "organizations:identity": _organization_identity,
    "organizations:logo": _organization_logo,
    "organizations:remove_logo": _remove_logo,
    "organizations:change_withdraw": _change_withdraw,
    "organizations:submit": _organization_submit,
    "organizations:list_new": _list_new,
    "organizations:list_change": _list_change,
    "organizations:claim": _claim,
    "organizations:claim_withdraw": _claim_withdraw,
    "organizations:member": _role,
    "organizations:member_remove": _member_remove,
    "organizations:leave": _leave_organization,
    "organizations:invite": _invite,
    "organizations:invitation_resend": _invitation("resend", is_replaced=True),
    "organizations:invitation_revoke": _invitation("revoke", revoked_at__isnull=False),
    "organizations:invitation": _accept_invitation,
    "organizations:join": _join,
    "organizations:join_withdraw": _join_withdraw,
    "organizations:let_in": _decide_request("let_in", {"role": "signatory"}, state="accepted"),
    "organizations:asked_decline": _decide_request("asked_decline", {"reason": WORDS}, state="declined"),
    "organizations:appoint": _appoint,
    "plan_desk:recommendation": _action,
    "plan_desk:confirm": _action_confirm,
    "plan_desk:remove": _action_remove,
    "assessments_desk:new": _assessment_start,
    "assessments_desk:assessment": _assessment_step("assessment", ASSESSED, text=WORDS),
    "assessments_desk:check": _assessment_step("check", {}, state="submitted"),
    "assessments_desk:withdraw": _assessment_withdraw,
    "assessments_desk:delete": _delete(
        "assessments", lambda stage: make_assessment(_assessable(stage)[0], stage.organization)
    ),
    "assessments_desk:appeal": _appeal_of(
        "assessments", lambda stage: make_assessment(_assessable(stage)[0], stage.organization)
    ),
    "observations_desk:new": _observation_start,
    "observations_desk:observation": _observation_step("observation", OBSERVED, text=WORDS),
    "observations_desk:check": _observation_step("check", {}, state="submitted"),
    "observations_desk:withdraw": _observation_withdraw,
    "observations_desk:delete": _delete(
        "observations", lambda stage: make_observation(stage.organization, record=_observed(stage))
    ),
    "observations_desk:appeal": _appeal_of(
        "observations", lambda stage: make_observation(stage.organization, record=_observed(stage))
    ),
    "replies_desk:delete": _delete(
        "replies", lambda stage: make_reply(_assessed(stage), stage.organization, author=stage.user)
    ),
    "replies_desk:appeal": _appeal_of(
        "replies", lambda stage: make_reply(_assessed(stage), stage.organization, author=stage.user)
    ),
    "replies_desk:new": _reply_start,
    "replies_desk:reply": _reply_step("reply", {"text": WORDS}, text=WORDS),
    "replies_desk:check": _reply_step("check", {}, state="submitted"),
    "replies_desk:withdraw": _reply_withdraw,
    "followup_desk:pack": _pack,
    "followup_desk:contact": _contact_note,
    "followup_desk:open": _cycle_move("planned", "open"),
    "followup_desk:freeze": _cycle_move("open", "frozen"),
    "followup_desk:close": _cycle_move("frozen", "closed"),
    "networks:new": _network_new,
    "networks:change": _network_change,
    "networks:add": _network_add,
    "networks:member": _network_member,
    "networks:remove": _network_remove,
    "networks:add_lead": _lead_new,
    "networks:lead": _lead_change,
    "networks:remove_lead": _lead_remove,
    "networks:add_project": _project_new,
    "networks:project": _project_change,
    "networks:remove_project": _project_remove,
    **{f"{name}_desk:history": _restore(name) for name in WRITTEN},
    **{f"{name}_desk:duplicate": _duplicate(name) for name in WRITTEN if name != "replies"},
    **{f"{path}_desk:signatories": _invite_signatories(path) for path in JOINT},
    **{f"{path}_desk:ask_to_sign": _ask_to_sign(path) for path in JOINT},
    **{f"{path}_desk:change_signed": _change_signed(path) for path in JOINT},
    **{f"{path}_desk:share": _share_draft(path) for path in JOINT},
    **{f"{path}_desk:end_share": _end_share(path) for path in JOINT},
    "translations:enter": _translation,
    "translations:take_off": _take_translation_off,
    "translations:take_back": _take_translation_back,
    "signatures:sign": _signature("sign", {"has_read": "on", "word": WORDS}, state="signed", word=WORDS),
    "signatures:decline": _signature("decline", {"word": WORDS}, state="declined", word=WORDS),
    "signatures:take_back": _signature("take_back", {}, state="taken_back"),
    "interventions_desk:new": _start("interventions_desk:new", Intervention),
    "interventions_desk:questions": _questions,
    "interventions_desk:answer": _intervention_step("answer", ANSWER, title=WORDS),
    "interventions_desk:recommendations": _intervention_step(
        "recommendations", {"recommendation_1": WORDS}, recommendations=[WORDS]
    ),
    "interventions_desk:naming": _intervention_step("naming", {"naming": "withheld"}, is_name_withheld=True),
    "interventions_desk:attachments": _intervention_step("attachments", {}, revision__gt=1),
    "interventions_desk:marks": _intervention_step("marks", {"marks": ["gender"]}, marks=["gender"]),
    "interventions_desk:check": _check,
    "interventions_desk:withdraw": _withdraw,
    "interventions_desk:delete": _delete("interventions", lambda stage: stage.draft()),
    "interventions_desk:appeal": _appeal_of("interventions", lambda stage: stage.draft()),
    "pledges_desk:new": _start("pledges_desk:new", Pledge),
    "pledges_desk:pledge": _pledge_step("pledge", PLEDGE, description=WORDS),
    "pledges_desk:links": _pledge_step(
        "links", {"outcomes": ["integration"]}, outcomes__outcome="integration"
    ),
    "pledges_desk:actions": _pledge_step("actions", {}, revision__gt=1),
    "pledges_desk:frame": _pledge_step(
        "frame", {"pledge_kind": "joint", "starts_on": "2024-01-01"}, pledge_kind="joint"
    ),
    "pledges_desk:parties": _pledge_step(
        "parties", {"parties_1_name": WORDS, "parties_1_role": "host"}, parties__name=WORDS
    ),
    "pledges_desk:places": _pledge_step(
        "places", {"places_1_country": "GT", "places_1_role": "origin"}, places__country="GT"
    ),
    "pledges_desk:marks": _pledge_step("marks", {"marks": ["gender"]}, marks=["gender"]),
    "pledges_desk:goals": _pledge_step("goals", {"goals_1_statement": WORDS}, goals__statement=WORDS),
    "pledges_desk:reason": _pledge_step("reason", {"change_reason": WORDS}, change_reason=WORDS),
    **{
        f"{path}_desk:{name}": _anew(path, name, make)
        for path, make in (
            ("interventions", _intervention_in),
            ("practices", _practice_in),
            ("pledges", _pledge_in),
        )
        for name in ("recall", "correct", "take_up")
    },
    "reports_desk:recall": _anew("reports", "recall", _report_in),
    "assessments_desk:recall": _anew("assessments", "recall", _assessment_in),
    "replies_desk:recall": _anew("replies", "recall", _reply_in),
    "observations_desk:recall": _anew("observations", "recall", _observation_in),
    **{
        f"{path}_desk:give_up": _give_up(path, make)
        for path, make in (
            ("interventions", _intervention_in),
            ("practices", _practice_in),
            ("pledges", _pledge_in),
            ("reports", _report_in),
            ("assessments", _assessment_in),
            ("replies", _reply_in),
            ("observations", _observation_in),
        )
    },
    "desk:confirm_party": _party("confirm_party", "confirmed"),
    "desk:decline_party": _party("decline_party", "declined", has_page=True),
    "desk:ask_to_join": _ask_to_join,
    "matches:help": _offer_help,
    "matches:accept": _move_help("accept", "accepted"),
    "matches:decline": _move_help("decline", "declined"),
    "matches:take_back": _move_help("take_back", "taken_back"),
    "desk:link_pledge": _link_pledge,
    "pledge_duplicates:same": _judge("same", {"keep": "other"}),
    "pledge_duplicates:part_of": _judge("part_of", {"part": "other"}),
    "pledge_duplicates:related": _judge("related", {}),
    "pledge_duplicates:different": _judge("different", {}),
    "pledge_duplicates:undo": _undo_pair,
    "pledges_desk:check": _pledge_step("check", {}, state="submitted"),
    "pledges_desk:withdraw": _pledge_withdraw,
    "pledges_desk:delete": _delete(
        "pledges", lambda stage: make_pledge(stage.organization, author=stage.user)
    ),
    "pledges_desk:appeal": _appeal_of(
        "pledges", lambda stage: make_pledge(stage.organization, author=stage.user)
    ),
    "practices_desk:new": _start("practices_desk:new", Practice),
    "practices_desk:measure": _practice_step("measure", MEASURE, measure=WORDS),
    "practices_desk:evidence": _practice_step("evidence", {"evidence": WORDS}, evidence=WORDS),
    "practices_desk:questions": _practice_step("questions", {}, revision__gt=1),
    "practices_desk:naming": _practice_step("naming", {"naming": "withheld"}, is_name_withheld=True),
    "practices_desk:attachments": _practice_step("attachments", {}, revision__gt=1),
    "practices_desk:marks": _practice_step("marks", {"marks": ["gender"]}, marks=["gender"]),
    "practices_desk:check": _practice_step("check", {}, state="submitted"),
    "practices_desk:withdraw": _practice_withdraw,
    "practices_desk:delete": _delete(
        "practices", lambda stage: make_practice(stage.organization, author=stage.user)
    ),
    "practices_desk:appeal": _appeal_of(
        "practices", lambda stage: make_practice(stage.organization, author=stage.user)
    ),
    "reports_desk:new": _report_start,
    "reports_desk:report": _report_step("report", REPORTED, text=WORDS),
    "reports_desk:check": _report_step("check", {}, state="submitted"),
    "reports_desk:withdraw": _report_withdraw,
    "reports_desk:delete": _delete(
        "reports", lambda stage: make_report(_public_pledge(stage), author=stage.user)
    ),
    "reports_desk:appeal": _appeal_of(
        "reports", lambda stage: make_report(_public_pledge(stage), author=stage.user)
    ),
    "progress:start_unchanged": _start_unchanged,
    "progress:unchanged": _unchanged,
    "dossiers:new": _new_dossier,
    "dossiers:add": _add_passage,
    "dossiers:edit": _edit_dossier,
    "dossiers:delete": _delete_dossier,
    "dossiers:comment": _comment,
    "dossiers:up": _move("up"),
    "dossiers:down": _move("down"),
    "dossiers:remove": _remove_item,
    "dossiers:people": _people,
    "dossiers:withdraw": _share_page("withdraw"),
    "dossiers:offer": _share_page("offer", offered_at__isnull=False),
    "dossiers:keep": _keep_dossier,
    "dossiers:accept": _accept,
    "dossiers:leave": _leave,
    "saved:new": _new_search,
    "saved:open": _of_search("open"),
    "saved:change": _change_search,
    "saved:renew": _of_search("renew"),
    "saved:delete": _delete_search,
    "moderation:decide": _decide,
    "moderation:assign": _assign,
    "moderation:decide_group": _decide_group,
    "moderation:delete_note": _delete_note,
    "moderation:mark_ready": _ready("mark_ready"),
    "moderation:note": _note,
    "moderation:release": _release,
    "moderation:propose_amendment": _amendment,
    "moderation:take_amendment_back": _amendment_taken_back,
    "interventions_desk:amendment": _amended("interventions", "refused"),
    "interventions_desk:accept_amendment": _amended("interventions", "accepted"),
    "practices_desk:amendment": _amended("practices", "refused"),
    "practices_desk:accept_amendment": _amended("practices", "accepted"),
    "moderation:redaction": _redaction,
    "moderation:put_back": _redacted("put_back"),
    "moderation:again": _redacted("again"),
    "moderation:readmit": _readmitted,
    "moderation:take": _assignment("take"),
    "moderation:unmark": _ready("unmark"),
    "moderation:give_back": _assignment("give_back"),
    **{f"organizations:{of}proofs": _ask_to_vouch(of) for of in ("", "claim_")},
    **{f"organizations:{of}cancel_ask": _cancel_ask(of) for of in ("", "claim_")},
    **{f"organizations:{of}remove_proof": _remove_proof(of) for of in ("", "claim_")},
    "organizations:vouch": _vouch,
    "organizations:take_back": _take_word_back,
    "organizations:confirm": _confirm_organization,
    "organizations:ask_for_two": _ask_for_two,
    "organizations:appeal": _appeal,
    "organizations:merge": _merge_organizations,
    "organizations:merge_confirm": _merge_step("merge_confirm", state="merged"),
    "organizations:merge_decline": _merge_step("merge_decline", state="declined"),
    "organizations:part": _merge_step("part", state="parted", parted_reason=WORDS),
    "organizations:risk": _risk,
    "organizations:protection": _protect,
    "organizations:unprotect": _unprotect,
    "organizations:reveal": _reveal,
    "room:new": _enter_from_the_room,
    "room:again": _enter_again,
    "room:tell": _from_the_room("tell"),
    "room:confirm": _from_the_room("confirm"),
    "proposed_documents:decline": _decline_document,
    "library_desk:document": _describe_document,
    "library_desk:withdraw": _withdraw_document,
    "deadlines:new": _give_later,
    "deadlines:revoke": _revoke_later,
    "conclusions:participant_figure": _participants("participant_figure"),
    "conclusions:participant_words": _participants("participant_words"),
    "conclusions:dispositions": _dispositions,
    "conclusions:disposition": _disposition,
    "became:objection": _objection,
    "objections:dismiss": _decision("dismiss"),
    "objections:uphold": _decision("uphold"),
}
# A file cannot be given back, a table's buttons and lists hold no text, and a mail program has no form.
TABLES = {f"pledge_tables:{name}" for name in ("list", "table", "take_all", "take_good")}
FILES = {
    "library_desk:add",
    "library_desk:replace",
    "proposed_documents:new",
    "offline:paper",
    "organizations:add_proof",
    "organizations:claim_add_proof",
}
# What is chosen there stands in the session alone.
WITHOUT_TEXT = (
    {"saved:batch", "saved:unsubscribe", "organizations:acting", "proposed_documents:accept"} | TABLES | FILES
)
