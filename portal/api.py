"""The read API at `/api/v1/`: wiring of each app's router."""

from portal.cms.api import router as pages_router
from portal.common.read_api import ReadApi, add_handlers
from portal.conclusions.public.api import router as conclusions_router
from portal.consultations.api import router as consultations_router
from portal.followup.api import router as followup_router
from portal.followup.gaps.api import router as gaps_router
from portal.library.api import router as library_router
from portal.networks.api import router as networks_router
from portal.pages.countries.api import router as countries_router
from portal.plan.api import router as plan_router
from portal.records.api import routers as record_routers
from search.results.api import router as search_router

api = ReadApi(
    title="Cartagena+40 portal",
    version="1.0.0",
    description="Everything the portal shows in public, for reading. Lists come in parts: follow `next`.",
    docs_url=None,
    openapi_url="openapi.json",
)
add_handlers(api)
for router in (
    search_router,
    pages_router,
    consultations_router,
    conclusions_router,
    plan_router,
    networks_router,
    followup_router,
    gaps_router,
    countries_router,
    *record_routers(),
    library_router,
):
    api.add_router("", router)
