"""Whose data it is, and where it stands."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress

from portal.accounts.models import User
from portal.common.personal import Held, Person, Topic, personal_data


def person_of(user: User) -> Person:
    """With the address of the account first, then those that wait to be confirmed. One query."""
    others = EmailAddress.objects.filter(user=user).exclude(email=user.email).order_by("pk")
    return Person(user.pk, user.name, (user.email, *others.values_list("email", flat=True)))


def somebody_at(address: str) -> Person:
    """Who was invited but has no account: the address alone."""
    return Person(0, "", (address,))


def held_by_topic() -> Iterator[tuple[Topic, list[Held]]]:
    """Topics in their order, each with what is declared under it; the account itself first."""
    declared = list(personal_data())[::-1]
    for topic in Topic:
        yield topic, [held for held in declared if held.topic == topic]
