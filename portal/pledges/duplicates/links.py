"""What the desk's page of a merged pledge leads to; the app's configuration declares it."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.languages import DEFAULT
from portal.pledges.duplicate_models import PledgePair
from portal.pledges.enums import PairDecision
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.submissions.states import SubmissionState


def merged_into(pledge: Pledge) -> list[dict[str, str]]:
    """The public page of the pledge with which it is one."""
    if pledge.state != SubmissionState.MERGED:
        return []
    pairs = PledgePair.objects.filter(decision=PairDecision.SAME).exclude(survivor=pledge)
    mine = pairs.filter(one=pledge) | pairs.filter(other=pledge)
    record = published(RecordKind.PLEDGE).filter(source_key__in=mine.values("survivor__key")).first()
    if record is None:
        return []
    label = _("Merged into %(number)s") % {"number": record.public_id}
    return [{"label": label, "url": record.path(get_language() or DEFAULT)}]
