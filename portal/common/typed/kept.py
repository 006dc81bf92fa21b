"""Forms kept for somebody who was signed out when sending them; middleware, desk and tags call it.

A text waits until the next successful save at its address, at most `LASTS`, for the account that opened the
form and for nobody else. A session knows from its sign-in whether anything waits, so others pay no query.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from portal.common.languages import DEFAULT, in_language
from portal.common.models import KeptForm
from portal.common.typed.writer import page_of, signed_in

LASTS = timedelta(days=14)
# Of one account; the oldest go first. Nobody has this many forms open.
MOST = 100
FLAG = "has_kept_forms"
# What lets a form be sent once is worth nothing in a form that is drawn anew.
NOT_KEPT = {"submit_key"}


@transaction.atomic
def keep(
    *, user_id: int, page: str, action: str, pairs: Iterable[tuple[str, str]], now: datetime
) -> KeptForm | None:
    """The latest text of a form replaces the one kept before; None where nothing was typed."""
    typed = [(name, value) for name, value in pairs if name not in NOT_KEPT and "password" not in name]
    if not typed:
        return None
    page, action = in_language(page, DEFAULT), in_language(action, DEFAULT)
    KeptForm.objects.filter(at__lt=now - LASTS).delete()
    kept, _is_new = KeptForm.objects.update_or_create(
        user_id=user_id,
        place=_digest(page, action),
        defaults={"page": page, "action": action, "body": urlencode(typed), "at": now},
    )
    newest = KeptForm.objects.filter(user_id=user_id).order_by("-at", "-pk")
    KeptForm.objects.filter(pk__in=list(newest.values_list("pk", flat=True)[MOST:])).delete()
    return kept


def waits_for(user_id: int, *, now: datetime) -> bool:
    return KeptForm.objects.filter(user_id=user_id, at__gte=now - LASTS).exists()


def kept_on(request: HttpRequest) -> list[KeptForm]:
    """What waits for the signed-in person on this page; read once a request, only where something waits."""
    found: list[KeptForm] | None = getattr(request, "_kept_forms", None)
    if found is None:
        found = []
        if request.method == "GET" and request.session.get(FLAG):
            page = in_language(page_of(request), DEFAULT)
            rows = KeptForm.objects.filter(user_id=signed_in(request) or 0, at__gte=timezone.now() - LASTS)
            found = [row for row in rows.order_by("at") if row.page == page]
        request._kept_forms = found  # type: ignore[attr-defined]
    return found


@transaction.atomic
def drop_saved(request: HttpRequest) -> None:
    """What was sent to this address is saved now, so nothing waits for it any more."""
    if user_id := _waiting(request):
        action = in_language(page_of(request), DEFAULT)
        _drop(request, user_id, [row.pk for row in _of(user_id) if row.action == action])


@transaction.atomic
def replace_typed(request: HttpRequest, pairs: Iterable[tuple[str, str]]) -> None:
    """The form came back to be mended: what waits for its address is what was typed last."""
    if user_id := _waiting(request):
        action = in_language(page_of(request), DEFAULT)
        for row in [row for row in _of(user_id) if row.action == action]:
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
    """The session of somebody for whom something waits says so."""
    if waits_for(user_id, now=timezone.now()):
        request.session[FLAG] = True


def _waiting(request: HttpRequest) -> int | None:
    return signed_in(request) if request.session.get(FLAG) else None


def _of(user_id: int) -> list[KeptForm]:
    return list(KeptForm.objects.filter(user_id=user_id).defer("body"))


def _drop(request: HttpRequest, user_id: int, pks: list[int]) -> None:
    if pks:
        KeptForm.objects.filter(user_id=user_id, pk__in=pks).delete()
    if not waits_for(user_id, now=timezone.now()):
        request.session.pop(FLAG, None)


def _digest(page: str, action: str) -> str:
    return hashlib.sha256(f"{page}\n{action}".encode()).hexdigest()
