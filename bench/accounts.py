"""What forms of accounts cost for an address with an account and one without: processor time, ratio, bytes.

    .venv/bin/python bench/accounts.py [--pairs 60]

In a database of its own that is thrown away, with the password hashing of production. Both kinds take turns,
so that whatever else the machine does falls on both. Medians; a ratio from 0.9 to 1.1 tells nobody anything.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
Sent = dict[str, str]
FORMS: dict[str, tuple[str, Callable[[str], Sent]]] = {
    "sign up": ("/accounts/signup/", lambda email: {"name": "Ana", "email": email}),
    "sign in by code": ("/accounts/login/", lambda email: {"login": email, "password": ""}),
    "wrong password": ("/accounts/login/", lambda email: {"login": email, "password": "not the password"}),
    "new password": ("/accounts/password/reset/", lambda email: {"email": email}),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=60)
    parser.add_argument("--without-password", action="store_true", help="leave out what takes longest")
    parser.add_argument("--limits", action="store_true", help="tries of four processes at one account")
    asked = parser.parse_args()
    pairs = asked.pairs
    with tempfile.TemporaryDirectory() as folder:
        _set_up(Path(folder))
        if asked.limits:
            _limits()
            return
        print(f"{'form':20}{'known ms':>10}{'unknown ms':>12}{'ratio':>8}  same bytes")
        for name, (path, typed) in FORMS.items():
            if asked.without_password and name == "wrong password":
                continue
            _measure(name, path, typed, pairs)
        for name, known in (("new code, sign in", "sign in by code"), ("new code, sign up", "sign up")):
            _measure(name, *FORMS[known], pairs, is_again=True)


def _set_up(folder: Path) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATABASE_URL": f"sqlite:///{folder}/x.sqlite3",
    }
    import django
    from django.conf import settings

    django.setup()
    settings.PASSWORD_HASHERS, settings.EMAIL_BACKEND = HASHERS, "portal.work.mail_backend.EmailBackend"
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    settings.EMAIL_BACKEND = "portal.work.mail_backend.EmailBackend"
    call_command("migrate", verbosity=0)


def _limits() -> None:
    """Four processes guess at once, before and after ten thousand tries at other accounts."""
    for name, others in (("at once", 0), ("after 10,000 other accounts", 10_000)):
        _others(others)
        with ProcessPoolExecutor(4, mp_context=get_context("spawn"), initializer=_begin) as processes:
            let_through = sum(processes.map(_guess, range(40)))
        print(f"{name}: 40 tries of 4 processes at one account, {let_through} let through")


def _begin() -> None:
    import django

    django.setup()


def _guess(number: int) -> bool:
    from django.utils import timezone

    from portal.accounts.limits import GUESSES, take

    return take(GUESSES, "ana@example.org", now=timezone.now())


def _others(number: int) -> None:
    from django.utils import timezone

    from portal.accounts.limits import GUESSES, take

    for each in range(number):
        take(GUESSES, f"other{each}@example.org", now=timezone.now())


def _measure(name: str, path: str, typed: Callable[[str], Sent], pairs: int, is_again: bool = False) -> None:
    spent: tuple[list[float], list[float]] = ([], [])
    pages: tuple[set[str], set[str]] = (set(), set())
    for number in range(pairs + 5):
        order = (0, 1) if number % 2 else (1, 0)
        for which in order:
            email = f"{'ab'[which]}{number:05}.{re.sub('[^a-z]', '', name)}@example.org"
            if which == 0:
                _person(email)
            took, page = _sent(path, typed(email), is_again)
            if number >= 5:
                spent[which].append(took)
                pages[which].add(page.replace(email, ""))
    known, unknown = (statistics.median(each) for each in spent)
    print(f"{name:20}{known:10.2f}{unknown:12.2f}{known / unknown:8.2f}  {pages[0] == pages[1]}")


def _person(email: str) -> None:
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password

    from portal.accounts.models import User

    _person.hashed = getattr(_person, "hashed", None) or make_password("correct horse battery")  # type: ignore[attr-defined]
    user = User.objects.create(email=email, password=_person.hashed, name="Ana")  # type: ignore[attr-defined]
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)


def _sent(path: str, typed: Sent, is_again: bool) -> tuple[float, str]:
    """Milliseconds of the form itself, and the page that it leads to without what changes at every look."""
    from django.test import Client

    from portal.accounts.models import Tries

    Tries.objects.all().delete()
    client: Any = Client()
    address = path
    if is_again:
        address, typed = client.post(f"{path}?lang=en", typed).url, {"action": "resend"}
    began = time.process_time_ns()
    answer = client.post(f"{address}?lang=en", typed)
    took = (time.process_time_ns() - began) / 1e6
    page = client.get(answer.url) if answer.status_code == 302 else answer
    return took, re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())


if __name__ == "__main__":
    main()
