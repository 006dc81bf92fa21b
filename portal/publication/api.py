"""Read API of `portal.publication`."""

from ninja import Router

router = Router(tags=["publication"])
