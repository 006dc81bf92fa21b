"""Publishes and takes down pages at the time that editors chose; the worker calls it."""

from django.core.management import call_command


def publish_scheduled() -> None:
    """Doing it twice changes nothing."""
    call_command("publish_scheduled")
