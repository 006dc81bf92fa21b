"""One try to show who one is, by whatever method: counted, and told to the event log when it was wrong."""

from datetime import datetime
from ipaddress import ip_network

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest

from portal.accounts.addresses import folded_address
from portal.accounts.browsers import known_as
from portal.accounts.enums import AccountAction, Method
from portal.accounts.limits import GUESSES, MAILS, MAILS_BEYOND, MAILS_IN_ALL, Limit, give_back, take
from portal.accounts.models import User
from portal.accounts.queries import owner_of
from portal.accounts.trail import note_refused


class Guess:
    """At most ten wrong ones in an hour; an address without account costs and says the same.

    Passwords count for the account wherever they come from, everything counts for who guesses. So a stranger
    can use up the passwords of an account but not the codes of its owner, who tries from elsewhere.
    """

    def __init__(self, request: HttpRequest, address: str, now: datetime) -> None:
        self.address, self.now = folded_address(address), now
        self.user = owner_of(self.address)
        self.known = known_as(request, self.user)
        self.guesser = f"{self.address} {self.known or get_ip(request)}"
        self.taken: list[str] = []

    def take(self, method: Method) -> bool:
        """False when there have been too many."""
        if all(self._take(each) for each in self._counted(method)):
            return True
        self._note(AccountAction.LOCKED_OUT, method)
        return False

    def was_right(self) -> None:
        for each in self.taken:
            give_back(GUESSES, each, taken=self.now)

    def failed(self, method: Method) -> None:
        self._note(AccountAction.SIGN_IN_FAILED, method)

    def _counted(self, method: Method) -> tuple[str, ...]:
        if self.known or method is Method.CODE:
            return (self.guesser,)
        return (self.guesser, f"{self.address} {method.value}")

    def _take(self, who: str) -> bool:
        is_free = take(GUESSES, who, now=self.now)
        self.taken += [who] if is_free else []
        return is_free

    def _note(self, action: AccountAction, method: Method) -> None:
        note_refused(action, self.address, self.user, now=self.now, method=method.value)


def may_mail(request: HttpRequest, address: str, user: User | None, now: datetime) -> bool:
    """Counts one mail that anybody can have sent to an address; False when that were too many.

    A browser that is known to the account has an allowance of its own, whatever strangers ask for. Another
    shares that of all strangers, and has a few of its own when those elsewhere have used it up.
    """
    address, known = folded_address(address), known_as(request, user)
    if known:
        return take(MAILS, f"{address} {known}", now=now)
    if not take(MAILS, f"{address} {get_ip(request)}", now=now):
        return False
    beyond = f"{address} {_part_of_internet(get_ip(request))}"
    return take(MAILS_IN_ALL, address, now=now) or take(MAILS_BEYOND, beyond, now=now)


def _part_of_internet(ip: str) -> str:
    """What one provider or customer holds; somebody with many addresses mostly has them side by side."""
    return str(ip_network(f"{ip}/{48 if ':' in ip else 24}", strict=False))


def may_send(request: HttpRequest, limit: Limit, now: datetime) -> bool:
    """Counts one form from the network of the request."""
    return take(limit, get_ip(request), now=now)
