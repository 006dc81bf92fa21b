"""One try to show who one is, by whatever method: counted, and told to the event log when it was wrong."""

from datetime import datetime

from django.http import HttpRequest

from portal.accounts.addresses import folded_address
from portal.accounts.browsers import known_as
from portal.accounts.enums import AccountAction, Method
from portal.accounts.limits import GUESSES, give_back, take
from portal.accounts.queries import owner_of
from portal.accounts.trail import note_refused


class Guess:
    """At most ten wrong ones in an hour for each account; an address without account costs and says the same."""

    def __init__(self, request: HttpRequest, address: str, now: datetime) -> None:
        self.address, self.now = folded_address(address), now
        self.user = owner_of(self.address)
        self.who = f"{self.address} {known_as(request, self.user)}"

    def take(self, method: Method) -> bool:
        """False when there have been too many."""
        if take(GUESSES, self.who, now=self.now):
            return True
        note_refused(AccountAction.LOCKED_OUT, self.address, self.user, now=self.now, method=method.value)
        return False

    def was_right(self) -> None:
        give_back(GUESSES, self.who, taken=self.now)

    def failed(self, method: Method) -> None:
        note_refused(AccountAction.SIGN_IN_FAILED, self.address, self.user, now=self.now, method=method.value)
