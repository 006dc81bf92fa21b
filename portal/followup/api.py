"""Read API of `portal.followup`."""

from ninja import Router

router = Router(tags=["followup"])
