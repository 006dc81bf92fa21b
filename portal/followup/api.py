"""Read API of follow-up."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from portal.followup.figures import told
from portal.followup.overview import counted_figures

router = Router(tags=["follow-up"])


@router.get("follow-up", response=dict[str, Any], operation_id="read_follow_up")
def follow_up(request: HttpRequest) -> dict[str, Any]:
    """How many pledges there are, who has reported, what is claimed and what is assessed."""
    return told(*counted_figures())
