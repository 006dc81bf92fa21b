"""The read API at `/api/v1/`: wiring of each app's router."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from portal.cms.api import router as pages_router
from portal.common.errors import Gone
from portal.consultations.api import router as consultations_router
from portal.followup.api import router as followup_router
from portal.interventions.api import router as interventions_router
from portal.library.api import router as library_router
from portal.pledges.api import router as pledges_router
from portal.publication.api import router as organizations_router
from search.api import router as search_router

api = NinjaAPI(
    title="Cartagena+40 portal",
    version="1.0.0",
    description="Everything the portal shows in public, for reading. Lists come in parts: follow `next`.",
    docs_url=None,
    openapi_url="openapi.json",
)
for router in (
    search_router,
    pages_router,
    consultations_router,
    interventions_router,
    pledges_router,
    organizations_router,
    library_router,
    followup_router,
):
    api.add_router("", router)


@api.exception_handler(Gone)
def gone(request: HttpRequest, exception: Gone) -> HttpResponse:
    """Withdrawn: its number and the day, never its text."""
    told = {"detail": "Withdrawn.", "number": exception.number, "date": exception.date}
    return api.create_response(request, told, status=410)
