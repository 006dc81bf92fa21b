"""Keeps the facts of a consultation alike in its languages; connected when the app is ready."""

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published

from portal.cms.signals import pages_changed
from portal.consultations.page_models import ConsultationPage


@receiver(page_published, sender=ConsultationPage)
@transaction.atomic
def share_facts(sender: type[ConsultationPage], instance: ConsultationPage, **kwargs: object) -> None:
    """The oldest row of a consultation decides: its facts go to the others whichever is published."""
    rows = ConsultationPage.objects.filter(translation_key=instance.translation_key)
    facts = rows.order_by("pk").values(*ConsultationPage.FACTS).first()
    if facts is not None:
        rows.update(**facts)
        pages_changed.send(sender=ConsultationPage, keys=[instance.translation_key])
