"""Every address of the portal: the methods it takes, its answer where there is nothing or nothing of yours.

A view without a line in the tables below fails the first test. Wagtail, allauth and Django's admin test
their own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import timezone, translation

from portal.accounts.models import StaffChange, StaffInvitation, User
from portal.accounts.staff import inviting as staff_inviting
from portal.common.actors import Actor, Group, person, system
from portal.common.languages import CODES
from portal.common.models import KeptForm
from portal.conclusions.models import Conclusions, Disposition, Objection
from portal.consultations.models import LaterDeadline
from portal.files.domain import store_file
from portal.followup.models import Assessment, ContactNote, Observation, Reply, ReviewCycle
from portal.interventions.models import Intervention
from portal.matching.models import HelpOffer
from portal.networks.models import Network, NetworkMembership
from portal.observatory.dossiers import domain as dossiers
from portal.observatory.dossiers import sharing
from portal.observatory.dossiers.drafts import DossierFields
from portal.observatory.dossiers.enums import Role
from portal.observatory.dossiers.models import Dossier, Item, Share
from portal.observatory.saved import domain as searches
from portal.observatory.saved.enums import Telling
from portal.observatory.saved.models import BatchSearch, SavedSearch
from portal.organizations.enums import OrganizationState
from portal.organizations.enums import Role as OrganizationRole
from portal.organizations.member_models import Invitation, JoinRequest
from portal.organizations.members.inviting import Invited, invite
from portal.organizations.members.joining import ask
from portal.organizations.models import (
    Membership,
    Merge,
    Organization,
    OrganizationClaim,
    ProfileChange,
    Proof,
    Vouch,
)
from portal.organizations.verifying.cases import Case as Proving
from portal.plan.domain import assert_link
from portal.plan.models import ActionLink
from portal.pledges.models import Pledge, PledgeTable
from portal.reports.models import Report
from portal.submissions.states import SubmissionState
from portal.translations.models import TranslationRequest
from search.results.service import Question
from tests.factories import (
    make_claim,
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
)
from tests.factories.conclusions import make_conclusions
from tests.factories.followup import (
    make_assessment,
    make_body,
    make_contact_note,
    make_cycle,
    make_observation,
    make_reply,
    make_seat,
)
from tests.factories.joint import ask as ask_to_sign
from tests.factories.joint import invite as invite_to_sign
from tests.factories.joint import make_lead, make_share, signature
from tests.factories.library import make_document, make_proposal
from tests.factories.networks import make_network, make_network_member, make_project
from tests.factories.objections import make_objection
from tests.factories.plan import make_framework, make_node, make_recommendation
from tests.factories.pledge_pairs import make_pair, make_public_pledge
from tests.factories.sessions import make_room
from tests.thinning import rarely

CANARY = "zunzuncanario"
NOW = timezone.now()
pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OTHERS = ("admin/", "^admin/", "django-admin/", "documents/", "accounts/", "_util/", "^(?P<path>.*)$")
SERVE = r"^((?:[\w\-]+/)*)$"
# Addresses with a part that is no object of anybody: a form of an export, the token of a mail, the number of
# an organization that the secretariat has listed or that one asks to join, that of a public pledge to ask
# to be named in or to help.
OPEN = (
    "xx/desk/searches/export/",
    "xx/desk/searches/stop/",
    "xx/desk/organizations/claim/",
    "xx/desk/organizations/join/",
    "xx/desk/parties/ask/",
    "xx/desk/matches/help/",
)
# Nobody else's: asked below and in `tests/desk/test_members_desk.py`.
OF_MODERATORS = ("xx/desk/moderation/", "xx/desk/organizations/without-owner/")
# Read only.
PAGES = {
    "",
    "healthz",
    "readyz",
    "api/v1/openapi.json",
    "api/v1/search",
    "api/v1/pages",
    "api/v1/consultations",
    "api/v1/segments",
    "api/v1/questions",
    "api/v1/coverage",
    "api/v1/coverage/whole",
    "api/v1/organizations",
    "api/v1/organizations/<public_id>",
    "api/v1/interventions",
    "api/v1/interventions/<public_id>",
    "api/v1/pledges",
    "api/v1/pledges/<public_id>",
    "api/v1/reports",
    "api/v1/reports/<public_id>",
    "api/v1/practices",
    "api/v1/practices/<public_id>",
    "api/v1/recommendations",
    "api/v1/recommendations/<public_id>",
    "api/v1/conclusions/<slug>",
    "api/v1/actions",
    "api/v1/follow-up",
    "api/v1/gaps",
    "api/v1/gaps/<slug>",
    "api/v1/bodies",
    "api/v1/cycles",
    "api/v1/mechanisms",
    "api/v1/networks",
    "api/v1/actions/<key>",
    "api/v1/trace/<public_id>",
    "api/v1/documents",
    "api/v1/documents/<public_id>",
    "api/v1/",
    "r/<str:public_id>/",
    "r/<str:public_id>/attachments/<str:name>",
    "feeds/searches/<str:token>.atom",
    "desk/",
    "style/",
    "xx/search/",
    "xx/search/suggest/",
    "xx/search/cite/<str:identity>/<str:language>/<int:position>/",
    "xx/search/cite/<str:identity>/<str:language>/<int:position>.<str:form>",
    "xx/library/",
    "xx/library/<str:public_id>/",
    "xx/library/<str:public_id>/original/",
    "xx/library/<str:public_id>/page/<int:number>/",
    "xx/library/<str:public_id>/page/<int:number>.webp",
    "xx/organizations/",
    "xx/organizations/feed/",
    "xx/organizations/<str:public_id>/",
    "xx/organizations/<str:public_id>/logo/",
    "xx/interventions/",
    "xx/interventions/feed/",
    "xx/interventions/<str:public_id>/",
    "xx/pledges/",
    "xx/pledges/feed/",
    "xx/pledges/<str:public_id>/",
    "xx/reports/",
    "xx/reports/feed/",
    "xx/reports/<str:public_id>/",
    "xx/reports/<str:public_id>/evidence/<int:number>/",
    "xx/practices/",
    "xx/practices/feed/",
    "xx/practices/<str:public_id>/",
    "xx/recommendations/",
    "xx/recommendations/feed/",
    "xx/recommendations/<str:public_id>/",
    "xx/consultations/<slug:slug>/conclusions/",
    "xx/consultations/<str:slug>/coverage/",
    "xx/consultations/<str:slug>/form.docx",
    "xx/follow-up/",
    "xx/countries/",
    "xx/countries/<slug:code>/",
    "xx/countries/<slug:code>/<slug:slug>/",
    "api/v1/countries",
    "xx/follow-up/bodies/",
    "xx/follow-up/bodies/feed/",
    "xx/follow-up/bodies/<slug:slug>/",
    "xx/follow-up/figures/",
    "xx/follow-up/figures/<slug:slug>/",
    "xx/follow-up/overlap/",
    "xx/follow-up/overlap/feed/",
    "xx/follow-up/gaps/",
    "xx/follow-up/gaps/<slug:slug>/",
    "xx/follow-up/gaps/<slug:slug>/feed/",
    "xx/privacy/",
    "xx/moderation/",
    "xx/calendar.ics",
    "xx/calendar/",
    "xx/calendar/feed/",
    "xx/follow-up/changes/",
    "xx/follow-up/changes/feed/",
    "xx/follow-up/cycles/",
    "xx/follow-up/cycles/feed/",
    "xx/follow-up/cycles/<slug:slug>/",
    "xx/follow-up/cycles/<slug:slug>/snapshot.json",
    "xx/follow-up/cycles/<slug:slug>/pack/",
    "xx/follow-up/cycles/<slug:slug>/pack.pdf",
    "xx/desk/follow-up/<slug:slug>/pack/<slug:language>.pdf",
    "data/catalogue.jsonld",
    "data/ledger/latest.zip",
    "data/ledger/<str:name>",
    "xx/data/",
    "xx/data/<slug:name>/",
    "xx/data/<slug:name>/codebook.csv",
    "xx/follow-up/cycles/<slug:slug>/turnout/",
    "xx/desk/follow-up/",
    "xx/desk/follow-up/cycles/",
    "xx/desk/follow-up/observatory/",
    "xx/desk/follow-up/platform/",
    "xx/desk/follow-up/replies/",
    "xx/desk/follow-up/reported/",
    "xx/desk/follow-up/silent/",
    "xx/desk/follow-up/waiting/",
    "api/v1/assessments",
    "api/v1/assessments/<public_id>",
    "api/v1/observations",
    "api/v1/observations/<public_id>",
    "xx/assessments/",
    "xx/assessments/feed/",
    "xx/assessments/<str:public_id>/",
    "xx/assessments/<str:public_id>/evidence/<int:number>/",
    "xx/observations/",
    "xx/observations/feed/",
    "xx/observations/<str:public_id>/",
    "xx/desk/assessments/<uuid:key>/",
    "xx/desk/assessments/papers/<uuid:key>/",
    "xx/desk/assessments/<uuid:key>/receipts/",
    "xx/desk/assessments/<uuid:key>/receipt/",
    "xx/desk/assessments/<uuid:key>/receipt/<str:number>/",
    "xx/desk/assessments/<uuid:key>/receipt/<str:number>/sent.json",
    "xx/desk/assessments/<uuid:key>/receipt/<str:number>/changes/",
    "xx/desk/assessments/<uuid:key>/receipt/<str:number>/receipt.<str:form>",
    "xx/desk/assessments/<uuid:key>/sent.json",
    "xx/desk/observations/",
    "xx/desk/observations/<uuid:key>/",
    "xx/desk/observations/<uuid:key>/receipts/",
    "xx/desk/observations/<uuid:key>/receipt/",
    "xx/desk/observations/<uuid:key>/receipt/<str:number>/",
    "xx/desk/observations/<uuid:key>/receipt/<str:number>/sent.json",
    "xx/desk/observations/<uuid:key>/receipt/<str:number>/changes/",
    "xx/desk/observations/<uuid:key>/receipt/<str:number>/receipt.<str:form>",
    "xx/desk/observations/<uuid:key>/sent.json",
    "xx/desk/replies/<uuid:key>/",
    "xx/desk/replies/<uuid:key>/receipts/",
    "xx/desk/replies/<uuid:key>/receipt/",
    "xx/desk/replies/<uuid:key>/receipt/<str:number>/",
    "xx/desk/replies/<uuid:key>/receipt/<str:number>/sent.json",
    "xx/desk/replies/<uuid:key>/receipt/<str:number>/changes/",
    "xx/desk/replies/<uuid:key>/receipt/<str:number>/receipt.<str:form>",
    "xx/desk/replies/<uuid:key>/sent.json",
    "xx/plan/",
    "xx/plan/feed/",
    "xx/plan/<slug:framework>/",
    "xx/plan/<slug:framework>/<str:code>/",
    "xx/desk/plan/",
    "xx/networks/",
    "xx/networks/feed/",
    "xx/networks/<slug:slug>/",
    "xx/mechanisms/",
    "xx/mechanisms/feed/",
    "xx/mechanisms/<slug:slug>/",
    "xx/desk/networks/",
    "xx/desk/networks/<uuid:key>/",
    "xx/desk/parties/",
    "xx/matches/",
    "xx/desk/matches/",
    "xx/desk/unlinked-pledges/",
    "xx/desk/pledges/duplicates/",
    "xx/desk/pledges/duplicates/decided/",
    "xx/desk/pledges/duplicates/<uuid:key>/",
    "xx/desk/",
    "xx/desk/staff/",
    "xx/desk/conclusions/",
    "xx/desk/conclusions/<uuid:key>/",
    "xx/desk/conclusions/<uuid:key>/participants/",
    "xx/desk/room/",
    "xx/desk/deadlines/",
    "xx/desk/objections/",
    "xx/desk/objections/<uuid:key>/",
    "xx/desk/contributions/became/",
    "xx/desk/contributions/became/<uuid:consultation>/<uuid:key>/objection/sent.json",
    "xx/desk/conclusions/<uuid:key>/parts/<uuid:part>/alike/",
    "xx/desk/conclusions/<uuid:key>/segments/<uuid:part>/",
    "xx/desk/conclusions/<uuid:key>/preview/",
    "xx/desk/moderation/",
    "xx/desk/moderation/amendments/",
    "xx/desk/moderation/amendments/<uuid:key>/",
    "xx/desk/moderation/decided/",
    "xx/desk/moderation/ready/",
    "xx/desk/moderation/group/<uuid:group>/",
    "xx/desk/moderation/number/",
    "xx/desk/moderation/<str:kind>/<uuid:key>/",
    "xx/desk/organizations/<uuid:key>/",
    "xx/desk/organizations/alike/",
    "xx/desk/organizations/<uuid:key>/proofs/files/<uuid:file>/",
    "xx/desk/organizations/claims/<uuid:key>/proofs/files/<uuid:file>/",
    "xx/desk/organizations/<uuid:key>/logo/picture/",
    "xx/desk/organizations/changes/<uuid:key>/logo/",
    "xx/desk/organizations/register/",
    "xx/desk/organizations/merges/",
    "xx/desk/organizations/merges/<uuid:key>/",
    "xx/desk/organizations/<uuid:key>/twice/",
    "xx/desk/organizations/vouches/",
    "xx/desk/organizations/<uuid:key>/members/",
    "xx/desk/organizations/<uuid:key>/members/requests/<uuid:asked>/",
    "xx/desk/organizations/without-owner/",
    "xx/desk/organizations/listed/",
    "xx/desk/library/",
    "xx/desk/proposed-documents/",
    "xx/desk/proposed-documents/<uuid:key>/",
    "xx/desk/proposed-documents/<uuid:key>/file/",
    "xx/desk/library/official/",
    "xx/desk/pledges/import/<uuid:key>/rejected.csv",
    "xx/desk/organizations/claim/",
    "xx/desk/organizations/claims/<uuid:key>/",
    "xx/desk/interventions/<uuid:key>/",
    "xx/desk/interventions/<uuid:key>/receipts/",
    "xx/desk/interventions/<uuid:key>/receipt/",
    "xx/desk/interventions/<uuid:key>/receipt/<str:number>/",
    "xx/desk/interventions/<uuid:key>/receipt/<str:number>/sent.json",
    "xx/desk/interventions/<uuid:key>/receipt/<str:number>/changes/",
    "xx/desk/interventions/<uuid:key>/receipt/<str:number>/receipt.<str:form>",
    "xx/desk/interventions/<uuid:key>/sent.json",
    "xx/desk/pledges/<uuid:key>/",
    "xx/desk/pledges/<uuid:key>/receipts/",
    "xx/desk/pledges/<uuid:key>/receipt/",
    "xx/desk/pledges/<uuid:key>/receipt/<str:number>/",
    "xx/desk/pledges/<uuid:key>/receipt/<str:number>/sent.json",
    "xx/desk/pledges/<uuid:key>/receipt/<str:number>/changes/",
    "xx/desk/pledges/<uuid:key>/receipt/<str:number>/receipt.<str:form>",
    "xx/desk/pledges/<uuid:key>/sent.json",
    "xx/desk/reports/<uuid:key>/",
    "xx/desk/reports/<uuid:key>/receipts/",
    "xx/desk/reports/<uuid:key>/receipt/",
    "xx/desk/reports/<uuid:key>/receipt/<str:number>/",
    "xx/desk/reports/<uuid:key>/receipt/<str:number>/sent.json",
    "xx/desk/reports/<uuid:key>/receipt/<str:number>/changes/",
    "xx/desk/reports/<uuid:key>/receipt/<str:number>/receipt.<str:form>",
    "xx/desk/reports/<uuid:key>/sent.json",
    "xx/desk/reports/papers/<uuid:key>/",
    "xx/desk/attachments/<slug:kind>/<uuid:key>/<uuid:file_key>/",
    "xx/desk/reports/sheets/<uuid:key>/",
    "xx/desk/reports/sheets/<uuid:key>/<slug:name>.<slug:form>",
    "xx/desk/practices/<uuid:key>/",
    "xx/desk/practices/<uuid:key>/receipts/",
    "xx/desk/practices/<uuid:key>/receipt/",
    "xx/desk/practices/<uuid:key>/receipt/<str:number>/",
    "xx/desk/practices/<uuid:key>/receipt/<str:number>/sent.json",
    "xx/desk/practices/<uuid:key>/receipt/<str:number>/changes/",
    "xx/desk/practices/<uuid:key>/receipt/<str:number>/receipt.<str:form>",
    "xx/desk/practices/<uuid:key>/sent.json",
    "xx/desk/interventions/<uuid:key>/signing/",
    "xx/desk/interventions/<uuid:key>/sharing/",
    "xx/desk/practices/<uuid:key>/signing/",
    "xx/desk/practices/<uuid:key>/sharing/",
    "xx/desk/translations/",
    "xx/desk/translations/entered/",
    "xx/desk/translations/entered/<uuid:key>/",
    "xx/desk/translations/<str:kind>/<uuid:key>/",
    "xx/desk/signatures/",
    "xx/desk/signatures/shared/",
    "xx/desk/signatures/shared/<uuid:key>/",
    "xx/desk/signatures/<uuid:key>/",
    "xx/desk/signatures/<uuid:key>/files/<uuid:file_key>/",
    "xx/desk/searches/",
    "xx/desk/searches/export/",
    "xx/desk/searches/export/<slug:kind>/",
    "xx/desk/searches/batch/<uuid:key>/",
    "xx/desk/searches/batch/<uuid:key>/<slug:kind>/",
    "xx/desk/searches/<uuid:key>/",
    "xx/desk/dossiers/",
    "xx/desk/dossiers/<uuid:key>/",
    "xx/desk/dossiers/<uuid:key>/export/<str:form>/",
    f"xx/{SERVE}",
}
# Shown, and sent back to where they stand.
FORMS = {
    "xx/verify/",
    "xx/desk/staff/invite/",
    "xx/desk/staff/erasure/",
    "xx/desk/staff/invitation/",
    "xx/desk/staff/<int:pk>/",
    "xx/desk/staff/<int:pk>/suspend/",
    "xx/desk/staff/<int:pk>/restore/",
    "xx/desk/follow-up/<slug:slug>/pack/",
    "xx/desk/conclusions/new/",
    "xx/desk/conclusions/<uuid:key>/parts/new/",
    "xx/desk/conclusions/<uuid:key>/parts/<uuid:part>/",
    "xx/desk/conclusions/<uuid:key>/parts/<uuid:part>/place/",
    "xx/desk/conclusions/<uuid:key>/parts/<uuid:part>/remove/",
    "xx/desk/conclusions/<uuid:key>/parts/<uuid:part>/facts/",
    "xx/desk/conclusions/<uuid:key>/parts/<uuid:part>/force/",
    "xx/desk/conclusions/<uuid:key>/segments/<uuid:part>/documents/",
    "xx/desk/conclusions/<uuid:key>/segments/<uuid:part>/<uuid:intervention>/",
    "xx/desk/conclusions/<uuid:key>/summary/<str:language>/",
    "xx/desk/conclusions/<uuid:key>/publish/",
    "xx/desk/profile/",
    "xx/desk/conclusions/<uuid:key>/participants/<slug:category>/figure/",
    "xx/desk/organizations/new/",
    "xx/desk/room/new/",
    "xx/desk/deadlines/new/",
    "xx/desk/deadlines/<uuid:key>/revoke/",
    "xx/desk/room/<uuid:key>/",
    "xx/desk/room/<uuid:key>/tell/",
    "xx/desk/organizations/<uuid:key>/profile/",
    "xx/desk/organizations/<uuid:key>/identity/",
    "xx/desk/organizations/<uuid:key>/logo/",
    "xx/desk/organizations/<uuid:key>/twice/<uuid:other>/",
    "xx/desk/organizations/acting/",
    "xx/desk/organizations/invitation/",
    "xx/desk/organizations/join/<str:public_id>/",
    "xx/desk/organizations/without-owner/<uuid:key>/",
    "xx/desk/organizations/<uuid:key>/members/leave/",
    "xx/desk/organizations/<uuid:key>/members/invite/",
    "xx/desk/organizations/<uuid:key>/members/<int:pk>/",
    "xx/desk/organizations/<uuid:key>/members/<int:pk>/remove/",
    "xx/desk/organizations/listed/new/",
    "xx/desk/organizations/<uuid:key>/proofs/",
    "xx/desk/organizations/claims/<uuid:key>/proofs/",
    "xx/desk/organizations/<uuid:key>/appeal/",
    "xx/desk/organizations/<uuid:key>/risk/",
    "xx/desk/organizations/<uuid:key>/protection/",
    "xx/desk/organizations/<uuid:key>/protection/off/",
    "xx/desk/organizations/<uuid:key>/reveal/",
    "xx/desk/organizations/vouches/<uuid:key>/",
    "xx/desk/library/add/",
    "xx/desk/proposed-documents/new/",
    "xx/desk/proposed-documents/<uuid:key>/decline/",
    "xx/desk/library/<str:public_id>/",
    "xx/desk/library/<str:public_id>/replace/",
    "xx/desk/library/<str:public_id>/withdraw/",
    "xx/desk/pledges/import/",
    "xx/desk/pledges/import/<uuid:key>/",
    "xx/desk/pledges/import/<uuid:key>/all/",
    "xx/desk/pledges/import/<uuid:key>/good/",
    "xx/desk/organizations/listed/<uuid:key>/",
    "xx/desk/organizations/claim/<str:public_id>/",
    "xx/desk/plan/<str:public_id>/",
    "xx/desk/plan/links/<int:pk>/confirm/",
    "xx/desk/plan/links/<int:pk>/remove/",
    "xx/desk/follow-up/silent/<str:public_id>/",
    "xx/desk/networks/new/",
    "xx/desk/networks/<uuid:key>/change/",
    "xx/desk/networks/<uuid:key>/members/new/",
    "xx/desk/networks/<uuid:key>/members/<int:pk>/",
    "xx/desk/networks/<uuid:key>/members/<int:pk>/remove/",
    "xx/desk/networks/<uuid:key>/leads/new/",
    "xx/desk/networks/<uuid:key>/leads/<int:pk>/",
    "xx/desk/networks/<uuid:key>/leads/<int:pk>/remove/",
    "xx/desk/networks/<uuid:key>/projects/new/",
    "xx/desk/networks/<uuid:key>/projects/<uuid:project>/",
    "xx/desk/networks/<uuid:key>/projects/<uuid:project>/remove/",
    "xx/desk/moderation/group/<uuid:group>/<str:action>/",
    "xx/desk/offline/",
    "xx/desk/interventions/new/",
    "xx/desk/interventions/<uuid:key>/questions/",
    "xx/desk/interventions/<uuid:key>/answer/",
    "xx/desk/interventions/<uuid:key>/recommendations/",
    "xx/desk/interventions/<uuid:key>/attachments/",
    "xx/desk/interventions/<uuid:key>/marks/",
    "xx/desk/interventions/<uuid:key>/naming/",
    "xx/desk/interventions/<uuid:key>/check/",
    "xx/desk/interventions/<uuid:key>/recall/",
    "xx/desk/interventions/<uuid:key>/give-up/",
    "xx/desk/interventions/<uuid:key>/correct/",
    "xx/desk/interventions/<uuid:key>/take-up/",
    "xx/desk/interventions/<uuid:key>/withdraw/",
    "xx/desk/interventions/<uuid:key>/delete/",
    "xx/desk/interventions/<uuid:key>/appeal/<uuid:measure>/",
    "xx/desk/moderation/<str:kind>/<uuid:key>/redaction/",
    "xx/desk/moderation/<str:kind>/<uuid:key>/amendment/<str:part>/",
    "xx/desk/interventions/<uuid:key>/amendment/<uuid:amendment>/",
    "xx/desk/practices/<uuid:key>/amendment/<uuid:amendment>/",
    "xx/desk/interventions/<uuid:key>/history/",
    "xx/desk/interventions/<uuid:key>/duplicate/",
    "xx/desk/conclusions/<uuid:key>/dispositions/",
    "xx/desk/conclusions/<uuid:key>/dispositions/<uuid:intervention>/",
    "xx/desk/contributions/became/<uuid:consultation>/<uuid:key>/objection/",
    "xx/desk/pledges/new/",
    "xx/desk/pledges/<uuid:key>/pledge/",
    "xx/desk/pledges/<uuid:key>/links/",
    "xx/desk/pledges/<uuid:key>/actions/",
    "xx/desk/pledges/<uuid:key>/frame/",
    "xx/desk/pledges/<uuid:key>/parties/",
    "xx/desk/pledges/<uuid:key>/places/",
    "xx/desk/pledges/<uuid:key>/marks/",
    "xx/desk/pledges/<uuid:key>/goals/",
    "xx/desk/pledges/<uuid:key>/reason/",
    "xx/desk/pledges/<uuid:key>/correct/",
    "xx/desk/pledges/<uuid:key>/take-up/",
    "xx/desk/parties/ask/<str:public_id>/",
    "xx/desk/parties/<uuid:key>/decline/",
    "xx/desk/matches/help/<str:public_id>/",
    "xx/desk/pledges/<uuid:key>/check/",
    "xx/desk/pledges/<uuid:key>/recall/",
    "xx/desk/pledges/<uuid:key>/give-up/",
    "xx/desk/pledges/<uuid:key>/withdraw/",
    "xx/desk/pledges/<uuid:key>/delete/",
    "xx/desk/pledges/<uuid:key>/appeal/<uuid:measure>/",
    "xx/desk/pledges/<uuid:key>/history/",
    "xx/desk/pledges/<uuid:key>/duplicate/",
    "xx/desk/assessments/new/",
    "xx/desk/assessments/<uuid:key>/assessment/",
    "xx/desk/assessments/<uuid:key>/check/",
    "xx/desk/assessments/<uuid:key>/recall/",
    "xx/desk/assessments/<uuid:key>/give-up/",
    "xx/desk/assessments/<uuid:key>/withdraw/",
    "xx/desk/assessments/<uuid:key>/delete/",
    "xx/desk/assessments/<uuid:key>/appeal/<uuid:measure>/",
    "xx/desk/assessments/<uuid:key>/history/",
    "xx/desk/assessments/<uuid:key>/duplicate/",
    "xx/desk/observations/new/",
    "xx/desk/observations/<uuid:key>/observation/",
    "xx/desk/observations/<uuid:key>/check/",
    "xx/desk/observations/<uuid:key>/recall/",
    "xx/desk/observations/<uuid:key>/give-up/",
    "xx/desk/observations/<uuid:key>/withdraw/",
    "xx/desk/observations/<uuid:key>/delete/",
    "xx/desk/observations/<uuid:key>/appeal/<uuid:measure>/",
    "xx/desk/observations/<uuid:key>/history/",
    "xx/desk/observations/<uuid:key>/duplicate/",
    "xx/desk/replies/new/",
    "xx/desk/replies/<uuid:key>/reply/",
    "xx/desk/replies/<uuid:key>/check/",
    "xx/desk/replies/<uuid:key>/recall/",
    "xx/desk/replies/<uuid:key>/give-up/",
    "xx/desk/replies/<uuid:key>/withdraw/",
    "xx/desk/replies/<uuid:key>/delete/",
    "xx/desk/replies/<uuid:key>/appeal/<uuid:measure>/",
    "xx/desk/replies/<uuid:key>/history/",
    "xx/desk/follow-up/<slug:slug>/open/",
    "xx/desk/follow-up/<slug:slug>/freeze/",
    "xx/desk/follow-up/<slug:slug>/close/",
    "xx/desk/reports/new/",
    "xx/desk/reports/<uuid:key>/report/",
    "xx/desk/reports/<uuid:key>/check/",
    "xx/desk/reports/<uuid:key>/recall/",
    "xx/desk/reports/<uuid:key>/give-up/",
    "xx/desk/reports/<uuid:key>/withdraw/",
    "xx/desk/reports/<uuid:key>/delete/",
    "xx/desk/reports/<uuid:key>/appeal/<uuid:measure>/",
    "xx/desk/reports/<uuid:key>/history/",
    "xx/desk/reports/<uuid:key>/duplicate/",
    "xx/desk/practices/new/",
    "xx/desk/practices/<uuid:key>/measure/",
    "xx/desk/practices/<uuid:key>/evidence/",
    "xx/desk/practices/<uuid:key>/questions/",
    "xx/desk/practices/<uuid:key>/attachments/",
    "xx/desk/practices/<uuid:key>/marks/",
    "xx/desk/practices/<uuid:key>/naming/",
    "xx/desk/practices/<uuid:key>/check/",
    "xx/desk/practices/<uuid:key>/recall/",
    "xx/desk/practices/<uuid:key>/give-up/",
    "xx/desk/practices/<uuid:key>/correct/",
    "xx/desk/practices/<uuid:key>/take-up/",
    "xx/desk/practices/<uuid:key>/withdraw/",
    "xx/desk/practices/<uuid:key>/delete/",
    "xx/desk/practices/<uuid:key>/appeal/<uuid:measure>/",
    "xx/desk/practices/<uuid:key>/history/",
    "xx/desk/practices/<uuid:key>/duplicate/",
    "xx/desk/interventions/<uuid:key>/signatories/",
    "xx/desk/interventions/<uuid:key>/signing/change/",
    "xx/desk/practices/<uuid:key>/signatories/",
    "xx/desk/practices/<uuid:key>/signing/change/",
    "xx/desk/translations/<str:kind>/<uuid:key>/<str:into>/",
    "xx/desk/translations/<str:kind>/<uuid:key>/<str:into>/take-off/",
    "xx/desk/signatures/<uuid:key>/sign/",
    "xx/desk/signatures/<uuid:key>/decline/",
    "xx/desk/searches/new/",
    "xx/desk/searches/batch/",
    "xx/desk/searches/stop/<str:token>/",
    "xx/desk/searches/<uuid:key>/change/",
    "xx/desk/searches/<uuid:key>/delete/",
    "xx/desk/dossiers/new/",
    "xx/desk/dossiers/add/",
    "xx/desk/dossiers/<uuid:key>/edit/",
    "xx/desk/dossiers/<uuid:key>/delete/",
    "xx/desk/dossiers/<uuid:key>/passages/<int:pk>/comment/",
    "xx/desk/dossiers/<uuid:key>/passages/<int:pk>/remove/",
    "xx/desk/dossiers/<uuid:key>/people/",
    "xx/desk/dossiers/<uuid:key>/people/<int:pk>/withdraw/",
    "xx/desk/dossiers/<uuid:key>/people/<int:pk>/offer/",
    "xx/desk/dossiers/<uuid:key>/accept/",
    "xx/desk/dossiers/<uuid:key>/leave/",
}
# One button each.
BUTTONS = {
    "xx/desk/proposed-documents/<uuid:key>/accept/",
    "xx/desk/staff/invitations/<uuid:key>/resend/",
    "xx/desk/staff/invitations/<uuid:key>/revoke/",
    "xx/desk/reports/new/unchanged/",
    "xx/desk/reports/<uuid:key>/unchanged/",
    "xx/desk/objections/<uuid:key>/dismiss/",
    "xx/desk/objections/<uuid:key>/uphold/",
    "xx/desk/conclusions/<uuid:key>/parts/<uuid:part>/up/",
    "xx/desk/conclusions/<uuid:key>/parts/<uuid:part>/down/",
    "xx/desk/conclusions/<uuid:key>/evidence/<int:pk>/detach/",
    "xx/desk/kept/<int:pk>/discard/",
    "xx/desk/conclusions/<uuid:key>/participants/words/",
    "xx/desk/interventions/<uuid:key>/amendment/<uuid:amendment>/accept/",
    "xx/desk/practices/<uuid:key>/amendment/<uuid:amendment>/accept/",
    "xx/desk/moderation/amendments/<uuid:key>/take-back/",
    "xx/desk/moderation/<str:kind>/<uuid:key>/redaction/<uuid:measure>/put-back/",
    "xx/desk/moderation/<str:kind>/<uuid:key>/redaction/<uuid:measure>/again/",
    "xx/desk/moderation/<str:kind>/<uuid:key>/redaction/<uuid:measure>/may-be-public/",
    "xx/desk/moderation/<str:kind>/<uuid:key>/<str:action>/",
    "xx/desk/moderation/<str:kind>/<uuid:key>/take/",
    "xx/desk/moderation/<str:kind>/<uuid:key>/ready/",
    "xx/desk/moderation/<str:kind>/<uuid:key>/not-ready/",
    "xx/desk/moderation/<str:kind>/<uuid:key>/notes/",
    "xx/desk/moderation/<str:kind>/<uuid:key>/notes/<int:number>/delete/",
    "xx/desk/moderation/assign/",
    "xx/desk/moderation/ready/publish/",
    "xx/desk/moderation/<str:kind>/<uuid:key>/give-back/",
    "xx/desk/organizations/merges/<uuid:key>/confirm/",
    "xx/desk/organizations/merges/<uuid:key>/decline/",
    "xx/desk/organizations/merges/<uuid:key>/part/",
    "xx/desk/organizations/<uuid:key>/confirm/",
    "xx/desk/organizations/<uuid:key>/two/",
    "xx/desk/organizations/<uuid:key>/proofs/files/",
    "xx/desk/organizations/<uuid:key>/proofs/files/<uuid:file>/remove/",
    "xx/desk/organizations/<uuid:key>/proofs/vouchers/<uuid:vouch>/cancel/",
    "xx/desk/organizations/claims/<uuid:key>/proofs/files/",
    "xx/desk/organizations/claims/<uuid:key>/proofs/files/<uuid:file>/remove/",
    "xx/desk/organizations/claims/<uuid:key>/proofs/vouchers/<uuid:vouch>/cancel/",
    "xx/desk/organizations/vouches/<uuid:key>/take-back/",
    "xx/desk/organizations/<uuid:key>/submit/",
    "xx/desk/organizations/<uuid:key>/change/withdraw/",
    "xx/desk/organizations/<uuid:key>/logo/remove/",
    "xx/desk/organizations/join/<str:public_id>/withdraw/",
    "xx/desk/organizations/<uuid:key>/members/invitations/<uuid:invitation>/resend/",
    "xx/desk/organizations/<uuid:key>/members/invitations/<uuid:invitation>/revoke/",
    "xx/desk/organizations/<uuid:key>/members/requests/<uuid:asked>/accept/",
    "xx/desk/organizations/<uuid:key>/members/requests/<uuid:asked>/decline/",
    "xx/desk/room/<uuid:key>/confirm/",
    "xx/desk/organizations/claims/<uuid:key>/withdraw/",
    "xx/desk/parties/<uuid:key>/confirm/",
    "xx/desk/matches/<uuid:key>/accept/",
    "xx/desk/matches/<uuid:key>/decline/",
    "xx/desk/matches/<uuid:key>/take-back/",
    "xx/desk/unlinked-pledges/<uuid:key>/link/",
    "xx/desk/pledges/duplicates/<uuid:key>/same/",
    "xx/desk/pledges/duplicates/<uuid:key>/part-of/",
    "xx/desk/pledges/duplicates/<uuid:key>/related/",
    "xx/desk/pledges/duplicates/<uuid:key>/different/",
    "xx/desk/pledges/duplicates/decided/<uuid:key>/undo/",
    "xx/desk/interventions/<uuid:key>/signing/ask/",
    "xx/desk/interventions/<uuid:key>/sharing/share/",
    "xx/desk/interventions/<uuid:key>/sharing/<uuid:share_key>/end/",
    "xx/desk/practices/<uuid:key>/signing/ask/",
    "xx/desk/practices/<uuid:key>/sharing/share/",
    "xx/desk/practices/<uuid:key>/sharing/<uuid:share_key>/end/",
    "xx/desk/translations/entered/<uuid:key>/take-back/",
    "xx/desk/signatures/<uuid:key>/take-back/",
    "xx/desk/searches/<uuid:key>/open/",
    "xx/desk/searches/<uuid:key>/feed/",
    "xx/desk/dossiers/<uuid:key>/passages/<int:pk>/up/",
    "xx/desk/dossiers/<uuid:key>/passages/<int:pk>/down/",
    "xx/desk/dossiers/<uuid:key>/people/<int:pk>/keep/",
}
TAKES = (
    dict.fromkeys(PAGES, ("GET",)) | dict.fromkeys(FORMS, ("GET", "POST")) | dict.fromkeys(BUTTONS, ("POST",))
)
NOTHING = {"uuid": str(uuid4()), "int": "999999", "slug": "nothing", "str": "X-99999"}


def routes(
    patterns: Iterable[URLPattern | URLResolver], route: str = "", others: tuple[str, ...] = OTHERS
) -> Iterator[str]:
    """The addresses that the URL configuration knows, with `xx/` for the language, but those of `others`."""
    for each in patterns:
        own = "xx/" if isinstance(each.pattern, LocalePrefixPattern) else str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route + own, others)
        elif not others or not (route + own).startswith(others):
            yield route + own


def address(route: str, language: str = "en", **known: object) -> str:
    """With `known` objects and else such as do not exist."""

    def value(match: re.Match[str]) -> str:
        converter, _colon, name = match[1].rpartition(":")
        return str(known.get(name) or NOTHING[converter or "str"])

    without_pattern = route.removesuffix(SERVE) + "nothing/" if route.endswith(SERVE) else route
    return "/" + re.sub(r"<([\w:]+)>", value, re.sub(r"^xx/", f"{language}/", without_pattern))


def with_object(*prefixes: str) -> list[str]:
    return sorted(route for route in TAKES if "<" in route and route.startswith(prefixes))


def send(client: Client, method: str, path: str) -> Any:
    return client.generic(method, path)


@pytest.fixture
def desk(client: Client) -> Client:
    """Somebody of whom every part of the desk is open, so that only the address decides."""
    client.force_login(make_user(Group.MODERATOR, Group.EDITOR, Group.OBSERVATORY))
    return client


def test_every_address_has_a_line_here() -> None:
    addresses = set(routes(get_resolver().url_patterns))
    assert (sorted(addresses - TAKES.keys()), sorted(TAKES.keys() - addresses)) == ([], [])


def untaken(at: int, taken: Iterable[str], each: bool) -> set[str]:
    """Of the methods that pages do not have each or one in turn, of the others whichever is not taken."""
    rare = METHODS[2:] if each else [METHODS[2:][at % 3]]
    return {*METHODS[:2], *rare} - {*taken}


@pytest.mark.parametrize("each", [False, rarely(True)])
def test_a_method_that_an_address_does_not_take_is_refused_and_told_which_it_takes(
    desk: Client, each: bool
) -> None:
    """The API's own door does not say which: django-ninja."""
    refused = {
        (route, method): send(desk, method, address(route))
        for at, (route, taken) in enumerate(TAKES.items())
        for method in untaken(at, taken, each)
    }
    assert [key for key, response in refused.items() if response.status_code != 405] == []
    told = {
        (route, method): {*response.headers.get("Allow", "").split(", ")} - {"HEAD"}
        for (route, method), response in refused.items()
        if not route.startswith("api/")
    }
    assert [(route, method) for (route, method), those in told.items() if those != {*TAKES[route]}] == []


@pytest.mark.parametrize("step", [len(CODES), rarely(1)])
@pytest.mark.parametrize("language", CODES)
def test_nothing_at_an_address_is_said_in_its_language(
    desk: Client, consultation_pages: object, language: str, step: int
) -> None:
    """By default each address in one language, in turn."""
    with translation.override(language):
        told = translation.gettext("There is no page at this address")
    answers = {
        (route, method): send(desk, method, address(route, language))
        for route in [*with_object("xx/"), f"xx/{SERVE}"][CODES.index(language) % step :: step]
        for method in TAKES[route]
    }
    assert {key: answer.status_code for key, answer in answers.items() if answer.status_code != 404} == {}
    pages = {key: answer.text for key, answer in answers.items()}
    assert [key for key, page in pages.items() if f'<html lang="{language}"' not in page] == []
    assert [key for key, page in pages.items() if told not in page] == []


@pytest.mark.parametrize("route", with_object("api/", "r/", "feeds/"))
def test_nothing_at_an_address_without_language(client: Client, route: str) -> None:
    assert client.get(address(route)).status_code == 404


@dataclass(frozen=True, slots=True)
class Theirs:
    """Something private of somebody else: the addresses below it, and the page where its owner reads it."""

    prefix: str
    page: str
    known: dict[str, object]


def _document() -> dict[str, object]:
    row = make_document(title=CANARY)
    return {"public_id": row.public_id}


def _theirs(owner: User) -> list[Theirs]:
    actor, desk = person(owner), "xx/desk/"
    organization = make_organization(name=CANARY, state=OrganizationState.VERIFIED, owner=owner)
    intervention = make_intervention(organization, title=CANARY)
    pledge = make_pledge(organization, title=CANARY)
    report = make_report(pledge, title=CANARY)
    paper = store_file(CANARY.encode(), "a.txt", actor=actor, now=NOW)
    report.evidence.create(file=paper)
    assessment = _assessment(organization)
    shown = store_file(f"{CANARY} shown".encode(), "b.txt", actor=actor, now=NOW)
    assessment.papers.create(file=shown)
    search = searches.keep_search(
        question=Question(CANARY, "en"), name=CANARY, telling=Telling.NONE, actor=actor, now=NOW
    )
    batch = searches.keep_batch(asked=[(1, CANARY)], name=CANARY, language="en", actor=actor, now=NOW)
    own = {
        "interventions/": intervention.key,
        "pledges/": pledge.key,
        "practices/": make_practice(organization, title=CANARY).key,
        "reports/": report.key,
        "assessments/": assessment.key,
        "replies/": make_reply(assessment, organization, title=CANARY, text=CANARY).key,
        "observations/": _observation(organization).key,
        "reports/sheets/": pledge.key,
        "reports/papers/": paper.key,
        "assessments/papers/": shown.key,
        "searches/": search.key,
        "conclusions/": make_conclusions(words=CANARY).key,
        "organizations/listed/": make_listed(name=CANARY, country="BZ").key,
    }
    claim = make_claim(make_listed(), owner, name=CANARY)
    return [
        *(
            Theirs(f"{desk}{path}<uuid:key>/", f"{desk}{path}<uuid:key>/", {"key": key})
            for path, key in own.items()
        ),
        Theirs(
            f"{desk}searches/batch/<",
            f"{desk}searches/batch/<uuid:key>/",
            {"key": batch.key, "kind": "csv"},
        ),
        *_shown(desk, Proving(organization)),
        _changing(organization, owner),
        *_shown(desk, Proving(claim.organization, claim)),
        _merge(desk, organization),
        Theirs(f"{desk}organizations/vouches/<", f"{desk}organizations/vouches/", _vouch(organization)),
        Theirs(f"{desk}reports/<", f"{desk}reports/<uuid:key>/", {"key": report.key}),
        Theirs(f"{desk}room/<", f"{desk}room/<uuid:key>/", _returned_from_the_room(organization)),
        Theirs(f"{desk}deadlines/<", f"{desk}deadlines/", _later_deadline(organization)),
        _attached(intervention),
        _members(organization, actor),
        Theirs(f"{desk}dossiers/<", f"{desk}dossiers/<uuid:key>/", _dossier(actor)),
        Theirs(f"{desk}follow-up/<", f"{desk}follow-up/", _cycle(organization)),
        _contact(organization),
        Theirs(f"{desk}networks/<", f"{desk}networks/<uuid:key>/", _network(organization)),
        Theirs(f"{desk}kept/<", desk, {"pk": _kept_form(owner).pk}),
        Theirs(f"{desk}matches/<", f"{desk}matches/", _help_offer(organization)),
        Theirs(f"{desk}parties/<", f"{desk}parties/", _party(organization)),
        Theirs(f"{desk}unlinked-pledges/<", f"{desk}unlinked-pledges/", _unlinked()),
        *_pairs(desk),
        Theirs(
            f"{desk}proposed-documents/<",
            f"{desk}proposed-documents/<uuid:key>/",
            {"key": make_proposal(organization, owner, title=CANARY).key},
        ),
        Theirs(f"{desk}library/<", f"{desk}library/<str:public_id>/", _document()),
        Theirs(f"{desk}pledges/import/<", f"{desk}pledges/import/<uuid:key>/", _table_of_pledges()),
        *_linked_to_the_plan(),
        *_joint(organization),
        _translated(organization),
        _entered(organization),
        *_objection(organization, owner),
        *_staff(desk),
    ]


def _attached(intervention: Intervention) -> Theirs:
    """A file that goes with a draft."""
    stored = store_file(f"{CANARY} goes with it".encode(), "c.txt", actor=system("tests"), now=NOW)
    intervention.attachments.create(file=stored, title=CANARY)
    page = "xx/desk/attachments/<slug:kind>/<uuid:key>/<uuid:file_key>/"
    known = {"kind": "intervention", "key": intervention.key, "file_key": stored.key}
    return Theirs("xx/desk/attachments/<", page, known)


def _translated(organization: Organization) -> Theirs:
    """A public text beside which translations stand; its pages at the desk are its organization's."""
    text = make_intervention(organization, state=SubmissionState.PUBLISHED, title=f"Translated {CANARY}")
    publish_intervention(text)
    page = "xx/desk/translations/<str:kind>/<uuid:key>/"
    return Theirs("xx/desk/translations/<", page, {"kind": "intervention", "key": text.key, "into": "en"})


def _entered(organization: Organization) -> Theirs:
    """A translation of a public text that waits."""
    text = make_intervention(organization, state=SubmissionState.PUBLISHED, title=f"Entered {CANARY}")
    publish_intervention(text)
    given = {"kind": "intervention", "submission_key": text.key, "title": text.title, "language": "es"}
    row = TranslationRequest.objects.create(
        **given, organization=organization, into="en", wants="publish", submitted_at=NOW
    )
    page = "xx/desk/translations/entered/<uuid:key>/"
    return Theirs("xx/desk/translations/entered/<", page, {"key": row.key})


def _joint(organization: Organization) -> list[Theirs]:
    """A text that the organization is asked to sign, and a draft shared with the network that it leads."""
    authors = make_organization(name="Authors", state=OrganizationState.VERIFIED, owner=make_user())
    publish_organization(authors)
    draft = invite_to_sign(make_practice(authors, title=CANARY), organization)
    stored = store_file(f"{CANARY} is signed with it".encode(), "d.txt", actor=system("tests"), now=NOW)
    draft.attachments.create(file=stored, title=CANARY, alternative=CANARY)
    draft = ask_to_sign(draft)
    network = make_network(slug="river", is_public=True)
    make_network_member(network, authors)
    make_lead(network, organization)
    asked = signature(draft, organization).key
    page = "xx/desk/signatures/<uuid:key>/files/<"
    file = Theirs(page, f"{page}uuid:file_key>/", {"key": asked, "file_key": stored.key})
    own = {
        "signatures/": asked,
        "signatures/shared/": make_share(draft, network).key,
    }
    pages = [
        Theirs(f"xx/desk/{path}<", f"xx/desk/{path}<uuid:key>/", {"key": key}) for path, key in own.items()
    ]
    return [file, *pages]


def _staff(desk: str) -> list[Theirs]:
    """Somebody who works for the portal, and somebody who is invited to."""
    colleague, admin = make_user(Group.EDITOR, name=CANARY), make_user(Group.ADMINISTRATOR)
    to = staff_inviting.Invited(f"{CANARY}@example.org", [Group.EDITOR], "en", CANARY)
    invitation = staff_inviting.invite(to, actor=person(admin), now=NOW)
    return [
        Theirs(f"{desk}staff/<int", f"{desk}staff/<int:pk>/", {"pk": colleague.pk}),
        Theirs(f"{desk}staff/invitations/<", f"{desk}staff/", {"key": invitation.key}),
    ]


def _merge(desk: str, organization: Organization) -> Theirs:
    """Two of which the secretariat says that they are one."""
    other = make_organization(name=f"Twin {CANARY}", state=OrganizationState.VERIFIED)
    row = Merge.objects.create(merged=other, kept=organization, reason=CANARY, proposed_at=NOW)
    return Theirs(
        f"{desk}organizations/merges/<", f"{desk}organizations/merges/<uuid:key>/", {"key": row.key}
    )


def _shown(desk: str, case: Proving) -> list[Theirs]:
    """What an organization or a claim shows: a file, and somebody who is asked to vouch."""
    row, path = case.claim or case.organization, "claims/" if case.claim else ""
    stored = store_file(f"{CANARY} {path}".encode(), "a.txt", actor=system("tests"), now=NOW)
    proof = Proof.objects.create(organization=case.organization, claim=case.claim, file=stored, added_at=NOW)
    asked = _asked(make_organization(name=f"Voucher {CANARY}"), case.organization, claim=case.claim)
    page = f"{desk}organizations/{path}<uuid:key>/"
    known = {"key": row.key, "file": proof.key, "vouch": asked.key, "other": asked.voucher.key}
    return [Theirs(page, page, known)]


def _changing(organization: Organization, owner: User) -> Theirs:
    """A change that waits, with another logo than the one there is."""
    old, new = (
        store_file(f"{CANARY} {name}".encode(), "a.txt", actor=system("tests"), now=NOW)
        for name in ("old", "new")
    )
    organization.logo = old
    organization.save()
    change = ProfileChange.objects.create(
        organization=organization, author=owner, changes_logo=True, logo=new, submitted_at=NOW
    )
    page = "xx/desk/organizations/changes/<uuid:key>/logo/"
    return Theirs(page, page, {"key": change.key})


def _asked(voucher: Organization, asking: Organization, **fields: object) -> Vouch:
    return Vouch.objects.create(organization=asking, voucher=voucher, asked_at=NOW, **fields)


def _vouch(organization: Organization) -> dict[str, object]:
    """Somebody asks the organization to vouch."""
    return {"key": _asked(organization, make_organization(name=f"Asking {CANARY}")).key}


def _members(organization: Organization, actor: Actor) -> Theirs:
    """Of an organization, with somebody who is invited and somebody who asks to join."""
    to = Invited("invited@example.org", OrganizationRole.EDITOR, "en")
    invitation = invite(organization, to=to, actor=actor, now=NOW)
    asked = ask(organization, text=CANARY, actor=person(make_user()), now=NOW)
    page = "xx/desk/organizations/<uuid:key>/members/"
    member = organization.memberships.get()
    known = {"key": organization.key, "pk": member.pk, "invitation": invitation.key, "asked": asked.key}
    return Theirs(page, page, known)


def _table_of_pledges() -> dict[str, object]:
    """A file that waits for the editors to say what its columns are."""
    table = PledgeTable.objects.create(
        name=f"{CANARY}.csv", content=b"number,title\n1,One\n", uploaded_at=NOW
    )
    return {"key": table.key}


def _unlinked() -> dict[str, object]:
    """A public pledge that leads to no plan yet; editors propose a link."""
    return {"key": publish_pledge(make_pledge(make_organization(name="Maker"), title=CANARY)).source_key}


def _pairs(desk: str) -> list[Theirs]:
    """Two public pledges that look alike, and two about which editors have decided."""
    keeper = make_organization(name="Keeper of both")
    one, other, third = (make_public_pledge(keeper, title=CANARY) for _each in range(3))
    pair = make_pair(one, other)
    decided = make_pair(one, third, decision="different", decided_at=NOW)
    room = f"{desk}pledges/duplicates/"
    return [
        Theirs(f"{room}<", f"{room}<uuid:key>/", {"key": pair.key}),
        Theirs(f"{room}decided/<", f"{room}decided/", {"key": decided.key}),
    ]


def _linked_to_the_plan() -> list[Theirs]:
    """A recommendation that an editor linked to an action; another editor confirms."""
    record = make_recommendation(CANARY)
    action = make_node(make_framework(), "1.1")
    link = assert_link(record, action, actor=person(make_user(Group.EDITOR)), now=NOW)
    own = {"pk": link.pk, "public_id": record.public_id}
    page = "xx/desk/plan/<str:public_id>/"
    return [Theirs(page, page, own), Theirs("xx/desk/plan/links/<", page, own)]


def _party(organization: Organization) -> dict[str, object]:
    """The organization is named as a party of a public pledge of another one."""
    pledge = make_pledge(make_organization(name="Keeper"), title=CANARY)
    publish_organization(organization)
    party = pledge.parties.create(organization=organization, role="partner")
    publish_pledge(pledge)
    return {"key": party.key}


def _help_offer(organization: Organization) -> dict[str, object]:
    """The organization offers help to a public pledge of another one."""
    need = make_pledge(make_organization(name="In need"), title=CANARY)
    offer = make_pledge(organization)
    publish_pledge(need)
    publish_pledge(offer)
    return {"key": HelpOffer.objects.create(need=need, offer=offer, note=CANARY, offered_at=NOW).key}


def _returned_from_the_room(organization: Organization) -> dict[str, object]:
    returned = make_intervention(organization, title=CANARY, state=SubmissionState.RETURNED)
    make_room(returned, source=CANARY)
    return {"key": returned.key}


def _later_deadline(organization: Organization) -> dict[str, object]:
    later = LaterDeadline.objects.create(
        consultation_key=uuid4(), organization=organization, until=NOW, reason=CANARY, given_at=NOW
    )
    return {"key": later.key}


def _objection(organization: Organization, owner: User) -> list[Theirs]:
    """To conclusions that are public; the owner reads it as who objects and as who may read all of them."""
    objection = make_objection(organization, owner, text=CANARY)
    page = "xx/desk/contributions/became/<uuid:consultation>/<uuid:key>/objection/"
    own = {"consultation": objection.consultation_key, "key": objection.intervention_key}
    staff = "xx/desk/objections/<uuid:key>/"
    return [Theirs(page, page, own), Theirs(staff, staff, {"key": objection.key})]


def _dossier(actor: Actor) -> dict[str, object]:
    """With somebody let in and a passage of the same number."""
    fields = DossierFields(CANARY, "en", CANARY)
    dossier = dossiers.create_dossier(fields=fields, actor=actor, now=NOW)
    share = sharing.share(
        dossier, email="let-in@example.org", role=Role.READER, language="en", actor=actor, now=NOW
    )
    words = {"text": CANARY, "title": CANARY, "sha256": "0" * 64}
    place = {"document": "D-00001/en", "kind": "document", "language": "en", "path": "/en/", "position": 1}
    dossier.items.create(pk=share.pk, order=1, collected_at=NOW, updated_at=NOW, **place, **words)
    return {"key": dossier.key, "pk": share.pk, "form": "csv"}


def _assessment(organization: Organization) -> Assessment:
    """Of a pledge of somebody else."""
    pledge = make_pledge(make_organization(name="Pledger"))
    return make_assessment(pledge, organization, title=CANARY, text=CANARY)


def _observation(organization: Organization) -> Observation:
    """Of a pledge of somebody else."""
    record = publish_pledge(make_pledge(make_organization(name="Pledger")))
    return make_observation(organization, record=record, title=CANARY, text=CANARY)


def _cycle(organization: Organization) -> dict[str, object]:
    """A cycle in the room of those who hold a seat."""
    make_seat(make_body(runs_cycles=True, title_en=CANARY), organization)
    return {"slug": make_cycle().slug}


def _contact(organization: Organization) -> Theirs:
    """A note of a contact with the parties of a public pledge, by who holds the seat."""
    pledge = make_pledge(make_organization(name="Silent"))
    record = publish_pledge(pledge)
    make_contact_note(pledge, organization, said=CANARY)
    page = "xx/desk/follow-up/silent/<str:public_id>/"
    return Theirs(page, page, {"public_id": record.public_id})


def _network(organization: Organization) -> dict[str, object]:
    network = make_network(name_en=CANARY)
    member, project = make_network_member(network, organization), make_project(network)
    # Both answer to the number of the address, and neither stands where a sequence gets to.
    number = member.pk + 9_000_000
    network.memberships.filter(pk=member.pk).update(id=number)
    network.leads.create(pk=number, segment_key=network.key)
    return {"key": network.key, "pk": number, "project": project.key}


def _kept_form(owner: User) -> KeptForm:
    here = "/es/desk/interventions/new/"
    return KeptForm.objects.create(
        user=owner, page=here, action=here, place="x", body=f'[["title", "{CANARY}"]]', size=30, at=NOW
    )


def _state() -> list[object]:
    models = (
        Organization,
        OrganizationClaim,
        Proof,
        Vouch,
        Membership,
        Invitation,
        JoinRequest,
        Network,
        NetworkMembership,
        Intervention,
        Pledge,
        Report,
        SavedSearch,
        BatchSearch,
        Dossier,
        Item,
        Share,
        KeptForm,
        Conclusions,
        Disposition,
        Objection,
        ActionLink,
        HelpOffer,
        PledgeTable,
        ReviewCycle,
        Assessment,
        ContactNote,
        Observation,
        Reply,
        StaffInvitation,
        StaffChange,
    )
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_what_is_not_yours_is_nowhere(client: Client, organization: Organization, focal_point: User) -> None:
    """`focal_point` writes for an organization of their own."""
    owner = make_user(Group.OBSERVATORY, Group.EDITOR, Group.ADMINISTRATOR, language="en")
    theirs = _theirs(owner)
    client.force_login(owner)
    read = {each.prefix: client.get(address(each.page, **each.known)) for each in theirs}
    assert [(prefix, page.status_code) for prefix, page in read.items() if page.status_code != 200] == []
    assert [prefix for prefix, page in read.items() if CANARY not in page.text] == []
    client.force_login(focal_point)
    before = _state()
    answers = {
        (route, method): send(client, method, address(route, **each.known))
        for each in theirs
        for route in with_object(each.prefix)
        for method in TAKES[route]
    }
    assert {key: answer.status_code for key, answer in answers.items() if answer.status_code != 404} == {}
    assert [key for key, answer in answers.items() if CANARY in answer.text] == []
    assert _state() == before
    tried = {route for route, _method in answers}
    private = {r for r in with_object("xx/desk/") if not r.startswith((*OF_MODERATORS, *OPEN))}
    assert private - tried == set()


def test_the_queue_is_for_moderators(client: Client, organization: Organization, focal_point: User) -> None:
    waiting = make_intervention(organization, state=SubmissionState.SUBMITTED, title=CANARY)
    client.force_login(make_user(Group.EDITOR, Group.OBSERVATORY))
    known = {"key": waiting.key, "kind": "intervention", "action": "approve"}
    before = _state()
    answers = {
        (route, method): send(client, method, address(route, **known))
        for route in with_object("xx/desk/moderation/")
        for method in TAKES[route]
    }
    assert {answer.status_code for answer in answers.values()} == {403}
    assert [key for key, answer in answers.items() if CANARY in answer.text] == []
    assert _state() == before
