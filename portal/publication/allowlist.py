"""The allow-list: the only fields that may enter a public record, by kind.

Adding a name here is the one way to make something public; review it as such.
"""

from portal.publication.enums import RecordKind

# Shown in the original language and translatable.
TEXT_FIELDS: dict[str, frozenset[str]] = {
    RecordKind.INTERVENTION: frozenset({"body", "recommendations"}),
    RecordKind.PLEDGE: frozenset({"description"}),
    RecordKind.ORGANIZATION: frozenset({"description"}),
}
# Codes, numbers and addresses: the same in every language.
FACT_FIELDS: dict[str, frozenset[str]] = {
    RecordKind.INTERVENTION: frozenset({"form"}),
    RecordKind.PLEDGE: frozenset({"external_id", "stage", "forum", "reported_on"}),
    RecordKind.ORGANIZATION: frozenset({"acronym", "website"}),
}


class NotAllowListed(ValueError):
    """A projection carries a field that the allow-list does not name."""


def check(kind: str, texts: set[str], facts: set[str]) -> None:
    """Raise `NotAllowListed` when a name stands outside the list of its kind."""
    surplus = (texts - TEXT_FIELDS[kind]) | (facts - FACT_FIELDS[kind])
    if surplus:
        raise NotAllowListed(f"{kind}: {', '.join(sorted(surplus))}")
