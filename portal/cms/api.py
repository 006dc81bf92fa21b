"""Read API of `portal.cms`."""

from ninja import Router

router = Router(tags=["cms"])
