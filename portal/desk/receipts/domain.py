"""Makes the files of new receipts and sends them by mail: by the clock, so that nobody waits for it."""

import logging
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from portal.desk.receipts.files import Form, file_of
from portal.desk.receipts.mails import send_receipt
from portal.submissions.models import SubmittedVersion
from portal.submissions.types import submission_type
from portal.work.schedules import Schedule

# So many at a time; the others follow a minute later.
MOST = 500
logger = logging.getLogger(__name__)


def send_receipts() -> int:
    """Those of everything submitted since the last time; how many.

    One that fails is logged, keeps nobody else waiting and is tried again the next time.
    """
    waiting = SubmittedVersion.objects.filter(is_to_tell=True).order_by("pk")
    tried = (_tried(pk) for pk in list(waiting.values_list("pk", flat=True)))
    return sum(islice(filter(None, tried), MOST))


def _tried(pk: int) -> bool:
    try:
        return send_one(pk, now=timezone.now())
    except Exception:  # whatever is wrong with one, the others are sent
        logger.exception("event=receipt_failed version=%d", pk)
        return False


@transaction.atomic
def send_one(pk: int, *, now: datetime) -> bool:
    """Files, mails and the note that they are made, together: once, however many workers there are."""
    rows = SubmittedVersion.objects.select_for_update(of=("self",)).select_related("submitted_by")
    version = rows.filter(pk=pk, is_to_tell=True).first()
    if version is None:
        return False
    of = submission_type(version.kind)
    for form in Form:
        file_of(of, version, form, now=now)
    row = of.model._default_manager.select_related("organization", "author").get(key=version.submission_key)
    send_receipt(of, version, row)
    version.is_to_tell = False
    version.save(update_fields=["is_to_tell"])
    return True


RECEIPTS = Schedule(name="send_receipts", every=timedelta(minutes=1), run=send_receipts)
