"""Read API of `portal.consultations`."""

from ninja import Router

router = Router(tags=["consultations"])
