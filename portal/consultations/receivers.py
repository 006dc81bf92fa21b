"""Keeps the facts of consultations and segments alike in their languages, and notes changes of sessions.

Connected when the app is ready.
"""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from portal.cms.signals import pages_changed
from portal.consultations.page_models import ConsultationPage, SegmentPage
from portal.consultations.session_models import Attendance, ConsultationBody, Session
from portal.publication.figures import note_change


@receiver(page_published, sender=ConsultationPage)
@transaction.atomic
def share_facts(sender: type[ConsultationPage], instance: ConsultationPage, **kwargs: object) -> None:
    """The oldest row of a consultation decides: its facts go to the others whichever is published."""
    rows = ConsultationPage.objects.filter(translation_key=instance.translation_key)
    facts = rows.order_by("pk").values(*ConsultationPage.FACTS).first()
    if facts is not None:
        rows.update(**facts)
        pages_changed.send(sender=ConsultationPage, keys=[instance.translation_key])


@receiver(page_published, sender=SegmentPage)
@transaction.atomic
def share_continuation(sender: type[SegmentPage], instance: SegmentPage, **kwargs: object) -> None:
    """What the oldest row of a segment continues, all of them do."""
    rows = SegmentPage.objects.filter(translation_key=instance.translation_key)
    earlier = list(rows.order_by("pk").values_list("continues", flat=True))
    if len({*earlier}) > 1:
        rows.update(continues=earlier[0])
        pages_changed.send(sender=SegmentPage, keys=[instance.translation_key])


@receiver([post_save, post_delete], sender=Session)
@receiver([post_save, post_delete], sender=ConsultationBody)
@receiver([post_save, post_delete], sender=Attendance)
def note_session(sender: type[object], **kwargs: object) -> None:
    """Figures over all that is public count them; the Wagtail admin writes them without a verb of ours."""
    note_change()
