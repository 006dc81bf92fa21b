"""`load_reference`: locales, organization types and glossary; safe to run again."""

from django.core.management.base import BaseCommand

from portal.taxonomy.reference import load_reference


class Command(BaseCommand):
    help = "Load locales, organization types and the glossary; adds what is missing."

    def handle(self, *args: object, **options: object) -> None:
        for name, created in load_reference().items():
            self.stdout.write(f"{name}: {created} added")
