"""What a person does with saved searches, as verbs; views call them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import NotAllowed, SavedBefore, WrongState
from portal.observatory.saved import rules
from portal.observatory.saved.enums import Telling
from portal.observatory.saved.models import LONGEST_NAME, BatchSearch, SavedSearch, new_token
from portal.observatory.saved.queries import batches_visible_to, number_of
from portal.observatory.saved.stock import take_stock
from search.results.query_params import address_of
from search.results.query_parser import clean
from search.results.service import Question

KIND = "saved search"
MOST_SEARCHES = 200
MOST_BATCHES = 20


def canonical(question: Question) -> str:
    """The address of a question as it is kept: its first page, without what cannot be shown."""
    return address_of(replace(question, page=1, text=clean(question.text)))


def keep_search(
    *,
    question: Question,
    name: str,
    telling: Telling,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> SavedSearch:
    """A new saved search that knows what it finds already. Raises `WrongState` when there are too many.

    The same `key` with the same words gives the same one: a form sent twice keeps one. With others it raises
    `SavedBefore`.
    """
    with transaction.atomic():
        if not rules.can_keep(actor):
            raise NotAllowed("keep a search")
        User.objects.select_for_update().get(pk=actor.user_id or 0)
        present = SavedSearch.objects.filter(key=key).first() if key else None
        if present is not None:
            present = _locked(present, actor)
            if (present.name, present.address, present.telling) != (name, canonical(question), telling):
                raise SavedBefore()
            return present
        if number_of(actor) >= MOST_SEARCHES:
            raise WrongState(
                _("You keep %(most)d searches, and that is as many as fit. Delete one first.")
                % {"most": MOST_SEARCHES}
            )
        search = SavedSearch.objects.create(
            key=key or uuid4(),
            owner_id=actor.user_id or 0,
            name=name,
            address=canonical(question),
            language=question.ui,
            telling=telling,
            mails_from=None if telling == Telling.NONE else now,
            created_at=now,
            opened_at=now,
        )
        events.record("kept", kind=KIND, key=search.key, actor=actor, now=now)
    take_stock(search, now=now)
    return search


@transaction.atomic
def change_search(
    search: SavedSearch, *, name: str, telling: Telling, actor: Actor, now: datetime
) -> SavedSearch:
    """Name and mails. Mails tell what is found from the moment they are asked for."""
    search = _locked(search, actor)
    if telling == Telling.NONE:
        search.mails_from = None
    elif search.telling == Telling.NONE:
        search.mails_from = now
    search.name, search.telling = name, telling
    search.save(update_fields=["name", "telling", "mails_from"])
    events.record("changed", kind=KIND, key=search.key, actor=actor, now=now)
    return search


def replace_question(search: SavedSearch, *, question: Question, actor: Actor, now: datetime) -> SavedSearch:
    """Another question under the same name and feed: what that one finds now is not new."""
    with transaction.atomic():
        search = _locked(search, actor)
        search.address, search.language = canonical(question), question.ui
        search.found, search.is_settled, search.opened_at = None, False, now
        search.save(update_fields=["address", "language", "found", "is_settled", "opened_at"])
        search.matches.all().delete()
        events.record("question_replaced", kind=KIND, key=search.key, actor=actor, now=now)
    take_stock(search, now=now)
    return search


@transaction.atomic
def open_search(search: SavedSearch, *, actor: Actor, now: datetime) -> SavedSearch:
    """The person looks at it now: what comes later is new."""
    search = _locked(search, actor)
    search.opened_at = now
    search.save(update_fields=["opened_at"])
    return search


@transaction.atomic
def renew_feed(search: SavedSearch, *, actor: Actor, now: datetime) -> SavedSearch:
    """The feed has a new address, the old one leads nowhere."""
    search = _locked(search, actor)
    search.token = new_token()
    search.save(update_fields=["token"])
    events.record("feed_renewed", kind=KIND, key=search.key, actor=actor, now=now)
    return search


@transaction.atomic
def delete_search(search: SavedSearch, *, actor: Actor, now: datetime) -> None:
    search = _locked(search, actor)
    events.record("deleted", kind=KIND, key=search.key, actor=actor, now=now)
    search.delete()


@transaction.atomic
def keep_batch(
    *, asked: Sequence[tuple[int, str]], name: str, language: str, actor: Actor, now: datetime
) -> BatchSearch:
    """The questions of a file, beside the latest of the person's others; older ones go."""
    if not rules.can_keep(actor):
        raise NotAllowed("keep a batch search")
    batch = BatchSearch.objects.create(
        owner_id=actor.user_id or 0,
        name=name[:LONGEST_NAME],
        language=language,
        asked=[list(each) for each in asked],
        created_at=now,
    )
    kept = list(batches_visible_to(actor).values_list("pk", flat=True)[:MOST_BATCHES])
    batches_visible_to(actor).exclude(pk__in=kept).delete()
    return batch


@transaction.atomic
def stop_mails(*, owner_id: int, actor: Actor, now: datetime) -> int:
    """No mails about any saved search of a person; the number of searches that told by mail."""
    rows = SavedSearch.objects.filter(owner_id=owner_id).exclude(telling=Telling.NONE)
    number = rows.update(telling=Telling.NONE, mails_from=None)
    if number:
        events.record("mails_stopped", kind="user", key=owner_id, actor=actor, now=now)
    return number


def _locked(search: SavedSearch, actor: Actor) -> SavedSearch:
    row = SavedSearch.objects.select_for_update().defer("found").filter(pk=search.pk).first()
    if row is None or not rules.can_change(actor, row):
        raise NotAllowed("change a saved search")
    return row
