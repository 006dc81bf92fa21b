"""`load_demo`: pages, accounts and records of the demo; safe to run again."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.demo.accounts import ACCOUNTS, DEMO_PASSWORD
from portal.demo.loading import load_demo
from portal.demo.pages import NotEmpty
from portal.demo.sizes import SMALL, WHOLE


class Command(BaseCommand):
    help = "Load the demo: pages in four languages, accounts, organizations and what they wrote."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--times", type=int, default=1, help="load each record this many times (1)")
        parser.add_argument("--small", action="store_true", help="load fewer pledges and reports")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo and its accounts are refused when DEBUG is off.")
        started = time.monotonic()
        size = SMALL if options["small"] else WHOLE
        try:
            for name, outcome in load_demo(now=timezone.now(), times=options["times"], size=size):
                self.stdout.write(f"  {name}: {outcome} ({time.monotonic() - started:.1f} s)")
                self.stdout.flush()
                started = time.monotonic()
        except NotEmpty:
            raise CommandError(
                "This portal has a home page already; load the demo into an empty one."
            ) from None
        self.stdout.write(f"  sign in as {', '.join(account.email for account in ACCOUNTS)}")
        self.stdout.write(f"  with the password {DEMO_PASSWORD}")
