"""What good practices hold of a person: who began them."""

from portal.common.personal import Held
from portal.submissions.personal import written

TEXTS = ("problem", "measure", "beneficiaries", "evidence", "conditions", "contact_role")
PERSONAL: tuple[Held, ...] = (written("practices.Practice", *TEXTS),)
