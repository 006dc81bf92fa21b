"""`evaluate_alerts`: holds changes against saved searches that could not be before."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.observatory.saved.alerts import AT_ONCE, evaluate_again
from portal.observatory.saved.models import SavedSearch, Unevaluated
from portal.observatory.saved.stock import settle


class Command(BaseCommand):
    help = "Evaluate what could not be evaluated when it was indexed. Says how much is left."

    def handle(self, *args: object, **options: object) -> None:
        now = timezone.now()
        searches, things = settle(now=now), 0
        for _round in range(Unevaluated.objects.count() // AT_ONCE + 1):
            things += evaluate_again(now=now, is_due=False)
        left = Unevaluated.objects.count() + SavedSearch.objects.filter(is_settled=False).count()
        self.stdout.write(f"evaluated: {things} things, {searches} searches; {left} left")
        if left:
            raise SystemExit(1)
