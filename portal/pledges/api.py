"""Read API of `portal.pledges`."""

from ninja import Router

router = Router(tags=["pledges"])
