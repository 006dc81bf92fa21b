"""`send_alerts`: mails people what their saved searches have newly found; a timer calls it."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.observatory.saved.alerts import evaluate_again
from portal.observatory.saved.digests import send_alerts
from portal.observatory.saved.stock import settle


class Command(BaseCommand):
    help = "Send what is new of saved searches: one mail a person and day or week at most."

    def handle(self, *args: object, **options: object) -> None:
        now = timezone.now()
        settle(now=now)
        evaluate_again(now=now)
        self.stdout.write(f"mails: {send_alerts(now=now)} sent")
