"""`send_alerts`: mails people what their saved searches have newly found; the worker does so every hour."""

from django.core.management.base import BaseCommand

from portal.observatory.saved.digests import tell_what_is_new


class Command(BaseCommand):
    help = "Mail what is new of saved searches: one mail a person and day or week at most."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"mails: {tell_what_is_new()} sent")
