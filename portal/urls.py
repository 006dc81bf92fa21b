"""Every address of the portal. Public pages carry their language; accounts, API and files do not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve as serve_file
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.accounts.doors import admin_door
from portal.accounts.staff.admin_doors import admin_account, people_door
from portal.api import api
from portal.cms.views import serve as serve_page
from portal.common import failures
from portal.common.doors import desk_door, home_door
from portal.common.style_guide import style_guide
from portal.desk.submissions.urls import desk_urls
from portal.followup.assessing import urls as paper_urls
from portal.health import healthz, readyz
from portal.records.views import permanent
from portal.submissions.types import submission_types

to_reset = RedirectView.as_view(pattern_name="account_reset_password", query_string=True)

urlpatterns = [
    path("", home_door),
    path("healthz", healthz),
    path("readyz", readyz),
    path("api/v1/", api.doors),
    path("r/<str:public_id>/", permanent, name="permanent"),
    path("", include("portal.attachments.public_urls")),
    path("feeds/", include("portal.observatory.saved.feed_urls")),
    path("data/", include("portal.opendata.file_urls")),
    path("desk/", desk_door, name="desk_door"),
    path("style/", style_guide, name="style_guide"),
    # allauth alone signs people in: Wagtail's and Django's own forms know no second factor.
    path("admin/login/", admin_door),
    path("admin/password_reset/", to_reset),
    re_path(r"^admin/password_reset/.*$", to_reset),
    path("_util/login/", admin_door),
    path("django-admin/login/", admin_door),
    # Wagtail's forms of people and groups give more than their users have.
    re_path(r"^admin/(?:users|groups|bulk/accounts|bulk/auth)/.*$", people_door),
    path("admin/account/", admin_account),
    path("admin/", include(wagtailadmin_urls)),
    path("django-admin/", admin.site.urls),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("portal.accounts.urls")),
]

if settings.DEBUG:
    urlpatterns.append(
        re_path(r"^media/(?P<path>images/.*)$", serve_file, {"document_root": settings.MEDIA_ROOT})
    )

urlpatterns += i18n_patterns(
    path("search/", include("search.results.urls")),
    path("library/", include("portal.library.urls")),
    path("", include("portal.records.urls")),
    path("", include("portal.calendar.urls")),
    path("", include("portal.reports.public_urls")),
    path("", include(paper_urls.public)),
    path("", include("portal.conclusions.public.urls")),
    path("consultations/", include("portal.consultations.urls")),
    path("networks/", include(("portal.networks.public_urls", "public_networks"))),
    path("mechanisms/", include(("portal.networks.public_urls", "public_mechanisms"))),
    path("plan/", include("portal.plan.public_urls")),
    path("matches/", include("portal.matching.public_urls")),
    path("follow-up/", include("portal.followup.urls")),
    path("countries/", include("portal.pages.countries.urls")),
    path("data/", include("portal.opendata.urls")),
    path("desk/", include("portal.desk.urls")),
    path("privacy/", include("portal.accounts.rights.urls")),
    path("verify/", include("portal.submissions.verifying.urls")),
    path("moderation/", include("portal.moderation.figures.urls")),
    path("desk/staff/erasure/", include("portal.accounts.rights.desk_urls")),
    path("desk/staff/", include("portal.accounts.staff.urls")),
    path("desk/moderation/", include("portal.moderation.urls")),
    path("desk/conclusions/", include("portal.conclusions.urls")),
    path("desk/objections/", include("portal.conclusions.objections.urls")),
    path("desk/contributions/became/", include("portal.conclusions.objections.organization_urls")),
    path("desk/follow-up/", include("portal.followup.rooms.urls")),
    path("desk/networks/", include("portal.networks.urls")),
    path("desk/observations/", include("portal.followup.observing.urls")),
    path("desk/plan/", include("portal.plan.urls")),
    path("desk/organizations/", include("portal.desk.organizations.urls")),
    path("desk/room/", include("portal.desk.room.urls")),
    path("desk/deadlines/", include("portal.desk.deadlines.urls")),
    path("desk/matches/", include("portal.matching.urls")),
    path("desk/reports/", include("portal.reports.urls")),
    path("desk/signatures/", include("portal.joint.urls")),
    path("desk/translations/", include("portal.translations.urls")),
    path("desk/assessments/", include((paper_urls.desk, "assessment_papers"))),
    path("desk/pledges/duplicates/", include("portal.pledges.duplicates.urls")),
    path("desk/pledges/import/", include("portal.desk.pledge_tables.urls")),
    path("desk/library/", include("portal.desk.library.urls")),
    path("desk/proposed-documents/", include("portal.desk.library.proposal_urls")),
    path("desk/offline/", include("portal.interventions.offline.urls")),
    path("desk/attachments/", include("portal.attachments.urls")),
    *(path(f"desk/{of.path}/", include(desk_urls(of))) for of in submission_types()),
    path("desk/searches/", include("portal.observatory.saved.urls")),
    path("desk/dossiers/", include("portal.observatory.dossiers.urls")),
    re_path(r"^((?:[\w\-]+/)*)$", serve_page, name="wagtail_serve"),
    prefix_default_language=True,
)
urlpatterns.append(re_path(r"^(?P<path>.*)$", failures.nowhere))

handler400 = failures.bad_request
handler403 = failures.forbidden
handler404 = failures.not_found
# allauth looks for it here; Django does not know it.
handler429 = failures.too_often
