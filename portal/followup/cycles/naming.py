"""What a review cycle is called of which a record tells the slug alone; pages of records call it."""

from portal.common.reviews import Link
from portal.followup.addresses import path_of_cycle
from portal.followup.models import ReviewCycle
from portal.records.trace_links import foreign


def cycle_links(slug: str, language: str) -> tuple[Link, ...]:
    """Its name with its page; nothing for none. One query."""
    cycle = ReviewCycle.objects.filter(slug=slug).first() if slug else None
    if cycle is None:
        return ()
    title, spoken = cycle.titled(language)
    return (Link(title, path_of_cycle(cycle, language), foreign(spoken, language)),)
