"""A journal forgets who is erased: rows of the person, keys, words; all else stays letter by letter."""

from portal.common.forgetting import without_person
from portal.common.personal import Person

ANA = Person(7, "Ana Quetzal", ("ana@example.org",))
MEMBERSHIP, INVITATION = "organizations.membership", "organizations.invitation"


def test_a_journal_forgets_a_person() -> None:
    gone = [
        {"model": MEMBERSHIP, "pk": 1, "before": {"user": 7, "role": "owner"}, "after": None},
        {"model": INVITATION, "pk": 2, "before": None, "after": {"email": "ana@example.org"}},
    ]
    other = {"user": 8, "role": "owner"}
    eva = {"invited_by": 9, "email": "eva@example.org"}
    stays = [
        {"model": MEMBERSHIP, "pk": 3, "before": other, "after": other | {"role": "viewer"}},
        {"model": INVITATION, "pk": 4, "before": eva, "after": None},
    ]
    named = {"decided_by": 7, "evidence": "Ask Ana Quetzal.", "aliases": ["ana quetzal"]}
    entry = {"model": "organizations.organization", "pk": 5, "before": named, "after": None}
    left = {"decided_by": None, "evidence": "", "aliases": [""]}
    assert without_person([*gone, *stays, entry], ANA) == [*stays, entry | {"before": left}]
