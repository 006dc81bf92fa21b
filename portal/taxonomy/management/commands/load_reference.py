"""`load_reference`: locales, vocabularies, glossary, and what apps declare; safe to run again."""

from collections.abc import Callable

from django.core.management.base import BaseCommand

from portal.common.declarations import declared
from portal.taxonomy.reference import load_reference


class Command(BaseCommand):
    """Apps above declare more as `reference_loads` of their `AppConfig`: a name, and what loads it."""

    help = "Load locales, vocabularies, the glossary and the plan of action; adds what is missing."

    def handle(self, *args: object, **options: object) -> None:
        for name, created in load_reference().items():
            self.stdout.write(f"{name}: {created} added")
        loads: tuple[tuple[str, Callable[[], int]], ...] = declared("reference_loads")
        for name, load in loads:
            self.stdout.write(f"{name}: {load()} added")
