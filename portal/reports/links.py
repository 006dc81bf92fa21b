"""What reports add to the desk's page of a pledge and of a report; the app's configuration declares it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.pledges.models import Pledge
from portal.reports.models import Report
from portal.submissions.states import SubmissionState


def of_pledge(pledge: Pledge) -> list[dict[str, str]]:
    """None for one that was merged: its reports stand on the other."""
    if pledge.state == SubmissionState.MERGED:
        return []
    return [{"label": _("Tables of reports"), "url": reverse("progress:sheets", args=[pledge.key])}]


def of_report(report: Report) -> list[dict[str, str]]:
    if report.pledge is None:
        return []
    sheets = reverse("progress:sheets", args=[report.pledge.key])
    return [{"label": _("Tables of this report"), "url": f"{sheets}?report={report.key}"}]
