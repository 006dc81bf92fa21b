"""Following a consultation by mail: asked, confirmed, told, left; views and worker call it.

Whoever asks is told the same whatever is known of the address: its reader alone learns more. A state is told
in the transaction that notes it, and mails are stored, so that nobody is told twice or not at all.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from portal.accounts.addresses import folded_address
from portal.accounts.limits import Limit, take
from portal.consultations.enums import ConsultationState
from portal.consultations.follow_mails import tell_asked, tell_state
from portal.consultations.follow_models import Follower
from portal.consultations.page_queries import Summary, consultations, numbers, summary_of
from portal.consultations.personal import UNCONFIRMED

# Mails to one address that strangers ask for, and questions from one network.
TO_ADDRESS = Limit("follow mails", 3, timedelta(hours=1))
FROM_NETWORK = Limit("follow forms", 60, timedelta(minutes=15))
# The others follow from these or are a matter of the desk.
TOLD = frozenset(
    {
        ConsultationState.CONCEPT_NOTE,
        ConsultationState.OPEN,
        ConsultationState.OUTCOMES,
        ConsultationState.FOLLOWED_UP,
    }
)
_SALT = "consultations.follower"


@transaction.atomic
def follow(call: Summary, *, email: str, language: str, now: datetime) -> None:
    """Ask the address whether it wants to. One that follows is told so; both are one mail.

    Nothing is sent where the address has had enough of them.
    """
    address = folded_address(email)
    if not take(TO_ADDRESS, address, now=now):
        return
    asked = {"language": language, "asked_at": now, "told": call.state}
    follower, is_new = Follower.objects.select_for_update().get_or_create(
        consultation_key=call.page.key, email=address, defaults=asked
    )
    if not is_new and follower.confirmed_at is None:
        Follower.objects.filter(pk=follower.pk).update(**asked)
        follower.language = language
    tell_asked(follower, call.page, token=token_of(follower))


def confirm(token: str, *, now: datetime) -> Follower | None:
    """The reader of the address wants the mails. None where nobody asks any more. Twice is once."""
    follower = follower_of(token)
    if follower is not None and follower.confirmed_at is None:
        follower.confirmed_at = now
        follower.save(update_fields=["confirmed_at"])
    return follower


def leave(token: str) -> None:
    """Nothing is kept of who leaves. Twice is once."""
    if (key := _key_of(token)) is not None:
        Follower.objects.filter(key=key).delete()


def token_of(follower: Follower) -> str:
    """Signed and without an end: a mail can be old when somebody has had enough."""
    return Signer(salt=_SALT).sign(str(follower.key))


def follower_of(token: str) -> Follower | None:
    key = _key_of(token)
    return None if key is None else Follower.objects.filter(key=key).first()


def is_token(token: str) -> bool:
    """Whether a mail of ours named it, also when who got it has left since."""
    return _key_of(token) is not None


def tell_followers() -> int:
    """What the worker does: forgets who never answered, tells the others. The number of mails."""
    now = timezone.now()
    forget_unconfirmed(now=now)
    return tell_changes(now=now)


def forget_unconfirmed(*, now: datetime) -> int:
    rows = Follower.objects.filter(confirmed_at=None, asked_at__lt=now - UNCONFIRMED)
    return rows.delete()[0]


def tell_changes(*, now: datetime) -> int:
    """Tell of each new state once; a consultation that is followed up has no followers any more."""
    rows = Follower.objects.filter(confirmed_at__isnull=False).order_by("pk")
    by_language: dict[str, list[Follower]] = defaultdict(list)
    for row in rows:
        by_language[row.language].append(row)
    return sum(_tell(language, followers, now) for language, followers in by_language.items())


def _tell(language: str, followers: Iterable[Follower], now: datetime) -> int:
    counts = numbers()
    calls = {page.key: summary_of(page, counts, now) for page in consultations(language)}
    number = 0
    for follower in followers:
        call = calls.get(follower.consultation_key)
        if call is not None and call.state != follower.told:
            number += _tell_one(follower, call)
    return number


@transaction.atomic
def _tell_one(follower: Follower, call: Summary) -> int:
    """Another process that is faster, or a reader who leaves meanwhile, leaves nothing to tell."""
    here = Follower.objects.filter(pk=follower.pk, told=follower.told)
    if not here.update(told=call.state):
        return 0
    number = tell_state(follower, call, token=token_of(follower)) if call.state in TOLD else 0
    if not call.can_be_followed:
        Follower.objects.filter(pk=follower.pk).delete()
    return number


def _key_of(token: str) -> UUID | None:
    try:
        return UUID(Signer(salt=_SALT).unsign(token))
    except (BadSignature, ValueError):
        return None
