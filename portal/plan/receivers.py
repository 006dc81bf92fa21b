"""What editors let go first changes figures that are kept (`portal.publication.figures`)."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from portal.plan.models import PriorityAction, PriorityCycle
from portal.publication.figures import note_change


def tell_figures(sender: type, raw: bool = False, **told: Any) -> None:
    if not raw:
        note_change()


for model in (PriorityAction, PriorityCycle):
    for changed in (post_save, post_delete):
        changed.connect(tell_figures, sender=model, dispatch_uid=f"figures of {model.__name__}")
