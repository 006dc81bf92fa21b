"""The public logo of an organization, as its record tells of it; pages and the read API name its address."""

from portal.publication.models import Record

PATH, TEXT = "logo", "logo_text"


def logo_of(record: Record, language: str) -> dict[str, str]:
    """Its address and what it shows; nothing without one."""
    if not record.facts.get(PATH):
        return {}
    return {"url": f"{record.path(language)}logo/", "text": str(record.facts.get(TEXT, ""))}


def path_of_logo(record: Record) -> str:
    """Of the copy in the public storage; empty without one."""
    return str(record.facts.get(PATH, ""))
