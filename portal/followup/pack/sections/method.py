"""How it was counted, and how anybody can check it."""

from django.utils.translation import gettext as _

from portal.common.formatting import moment
from portal.followup.pack.given import View
from portal.pdf.parts import Section, Text


def section(view: View) -> Section:
    counted = moment(view.counted_at, is_full=True)
    return Section(
        "method",
        _("Method and how to check it"),
        (
            Text(_basis(view) % {"moment": counted}),
            Text(
                _(
                    "The file holds numbers, codes and days, no text. Titles, names of organizations and "
                    "reasons are read from what is public now; of what was withdrawn since, the number is "
                    "left. A withdrawal changes no count."
                )
            ),
            Text(
                _(
                    "A pledge is still to be fulfilled as long as its parties do not call it fulfilled. It "
                    "is silent without a report of the last twelve months. What is claimed stays a claim "
                    "when others assess it. A report belongs to the cycle that was open when it was "
                    "submitted."
                )
            ),
            Text(f"SHA-256: {view.sha256}", is_code=True),
            *_check(view),
        ),
    )


def _basis(view: View) -> str:
    if view.is_provisional:
        return _(
            "Provisional: counted from what was public on %(moment)s, while the cycle was open. What is "
            "frozen later decides."
        )
    return _("Counted from the snapshot of the cycle, which was frozen on %(moment)s and stays as it is.")


def _check(view: View) -> list[Text]:
    if view.is_provisional:
        return []
    told = _("To check it, download the file and compare this number with what “sha256sum” says of it:")
    return [Text(told), Text(f"curl -s {view.address}snapshot.json | sha256sum", is_code=True)]
