"""Read API of `portal.library`."""

from ninja import Router

router = Router(tags=["library"])
