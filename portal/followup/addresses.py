"""Where the public pages of the follow-up stand, in a reader's language."""

from portal.followup.models import Body, ReviewCycle


def path_of_body(body: Body, language: str) -> str:
    return f"/{language}/follow-up/bodies/{body.slug}/"


def path_of_cycle(cycle: ReviewCycle, language: str) -> str:
    return f"/{language}/follow-up/cycles/{cycle.slug}/"


def file_name(cycle: ReviewCycle) -> str:
    """What the file of its snapshot is called once it is saved."""
    return f"{cycle.slug}-snapshot.json"


def path_of_snapshot(cycle: ReviewCycle, language: str) -> str:
    return f"{path_of_cycle(cycle, language)}snapshot.json"
