"""Forms kept for somebody who was signed out when sending them; middleware, desk and tags call it.

A text waits until the next successful save at its address, at most `LASTS`, for the account that opened the
form and for nobody else. A session knows from its sign-in whether anything waits, so others pay no query.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator

from portal.common.languages import DEFAULT, in_language
from portal.common.models import KeptForm
from portal.common.typed.secrets import is_kept
from portal.common.typed.writer import LASTS, page_of, path_of, signed_in

Pairs = Iterable[tuple[str, str]]
# Of one account; the oldest go first. Nobody has this many forms open.
MOST = 100
# In stored bytes: a text of 200,000 letters of any of our languages, and all texts of one account.
LARGEST = 600_000
MOST_BYTES = 2_000_000
# Characters of a text by which its author knows it again.
BEGINNING = 60
FLAG = "has_kept_forms"
# Written by the page and by nobody: alone they are nothing that somebody typed.
OF_THE_PAGE = {
    *("action", "base", "draft_key", "leave", "next", "revision", "send", "submit_key"),
    *("autosave", "earlier_page", "opened_page", "turn"),
}


@transaction.atomic
def keep(*, user_id: int, page: str, action: str, pairs: Pairs, now: datetime) -> KeptForm | None:
    """The latest text of a form replaces the one kept before; None where nothing was typed, or too much."""
    typed = _typed(pairs)
    body = _body(typed)
    size = len(body.encode())
    if not is_typed(typed) or size > LARGEST:
        return None
    page, action = in_language(page, DEFAULT), in_language(action, DEFAULT)
    drop_expired(now=now)
    kept, _is_new = KeptForm.objects.update_or_create(
        user_id=user_id,
        place=_digest(path_of(page), path_of(action)),
        defaults={"page": page, "action": action, "body": body, "size": size, "at": now},
    )
    _drop_oldest(user_id)
    return kept


def drop_expired(*, now: datetime) -> int:
    """What has waited too long goes, whoever wrote it."""
    return KeptForm.objects.filter(at__lt=now - LASTS).delete()[0]


def is_typed(pairs: Pairs) -> bool:
    """Whether somebody typed or chose something; a button that asks for a yes holds nothing to keep."""
    return any(value.strip() for name, value in _typed(pairs) if name not in OF_THE_PAGE)


def is_too_long(pairs: Pairs) -> bool:
    return len(_body(_typed(pairs)).encode()) > LARGEST


def pairs_of(kept: KeptForm) -> list[tuple[str, str]]:
    return [(name, value) for name, value in json.loads(kept.body)]


def waits_for(user_id: int, *, now: datetime) -> bool:
    return KeptForm.objects.filter(user_id=user_id, at__gte=now - LASTS).exists()


def kept_on(request: HttpRequest) -> list[KeptForm]:
    """What waits for the signed-in person on this page; read once a request, only where something waits."""
    forms: list[KeptForm] | None = getattr(request, "_kept_forms", None)
    if forms is None:
        forms = []
        if request.method == "GET" and request.session.get(FLAG):
            page = in_language(page_of(request), DEFAULT)
            forms = list(_waiting_rows(request).filter(page=page).order_by("at"))
        request._kept_forms = forms  # type: ignore[attr-defined]
    return forms


def pages_that_wait(request: HttpRequest) -> dict[str, str]:
    """What waits for the signed-in person, by the address of its page, the oldest first: how it begins."""
    if not request.session.get(FLAG):
        return {}
    return {row.page: _beginning(row) for row in _waiting_rows(request).order_by("at")}


def _beginning(kept: KeptForm) -> str:
    """Its title, else the beginning of the longest text."""
    typed = {name: " ".join(value.split()) for name, value in pairs_of(kept) if name not in OF_THE_PAGE}
    return Truncator(typed.get("title") or max(typed.values(), key=len, default="")).chars(BEGINNING)


@transaction.atomic
def drop_saved(request: HttpRequest) -> None:
    """What was sent to this address is saved now, so nothing waits for it any more."""
    if user_id := _waiting(request):
        action = in_language(page_of(request), DEFAULT)
        _drop(request, user_id, [row.pk for row in _sent_to(user_id, action)])


@transaction.atomic
def replace_typed(request: HttpRequest, pairs: Pairs) -> None:
    """The form came back to be corrected: what waits for its address is what was typed last."""
    if user_id := _waiting(request):
        action = in_language(page_of(request), DEFAULT)
        for row in _sent_to(user_id, action):
            keep(user_id=user_id, page=row.page, action=row.action, pairs=pairs, now=timezone.now())


@transaction.atomic
def drop(request: HttpRequest, pk: int) -> KeptForm | None:
    """Thrown away by the person for whom it waits; None for anybody else."""
    user_id = signed_in(request) or 0
    row = KeptForm.objects.filter(user_id=user_id, pk=pk).first()
    if row is not None:
        _drop(request, user_id, [row.pk])
    return row


def remember_at_sign_in(request: HttpRequest, user_id: int) -> None:
    """The session of somebody for whom something waits says so; what waited too long goes."""
    KeptForm.objects.filter(user_id=user_id, at__lt=timezone.now() - LASTS).delete()
    if waits_for(user_id, now=timezone.now()):
        request.session[FLAG] = True


def _waiting(request: HttpRequest) -> int | None:
    return signed_in(request) if request.session.get(FLAG) else None


def _waiting_rows(request: HttpRequest) -> QuerySet[KeptForm]:
    return KeptForm.objects.filter(user_id=signed_in(request) or 0, at__gte=timezone.now() - LASTS)


def _sent_to(user_id: int, action: str) -> list[KeptForm]:
    return list(KeptForm.objects.filter(user_id=user_id, action=action).defer("body"))


def _typed(pairs: Pairs) -> list[tuple[str, str]]:
    return [(name, value) for name, value in pairs if is_kept(name)]


def _body(typed: list[tuple[str, str]]) -> str:
    return json.dumps(typed, ensure_ascii=False, separators=(",", ":"))


def _drop_oldest(user_id: int) -> None:
    """So many forms and bytes for one account; the newest always fits."""
    newest = KeptForm.objects.filter(user_id=user_id).order_by("-at", "-pk").values_list("pk", "size")
    total, over = 0, []
    for number, (pk, size) in enumerate(newest):
        total += size
        if number >= MOST or total > MOST_BYTES:
            over.append(pk)
    KeptForm.objects.filter(pk__in=over).delete()


def _drop(request: HttpRequest, user_id: int, pks: list[int]) -> None:
    if pks:
        KeptForm.objects.filter(user_id=user_id, pk__in=pks).delete()
    if not waits_for(user_id, now=timezone.now()):
        request.session.pop(FLAG, None)


def _digest(page: str, action: str) -> str:
    return hashlib.sha256(f"{page}\n{action}".encode()).hexdigest()
