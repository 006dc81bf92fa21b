"""What progress reports hold of a person: who began them."""

from portal.common.personal import Held
from portal.submissions.personal import written

TEXTS = ("text", "figures", "barriers", "enablers", "support")
PERSONAL: tuple[Held, ...] = (written("reports.Report", *TEXTS),)
