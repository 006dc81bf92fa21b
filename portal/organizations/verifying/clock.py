"""What is due by the clock in the verification of organizations; the app declares it."""

from datetime import timedelta

from portal.organizations.verifying.files import erase_old_proofs
from portal.organizations.verifying.yearly import tend_confirmations
from portal.work.schedules import Schedule

DAY = timedelta(days=1)
# In the morning of the Americas.
CONFIRMATIONS = Schedule(
    name="tend_confirmations", every=DAY, at=timedelta(hours=13, minutes=15), run=tend_confirmations
)
PROOFS = Schedule(name="erase_old_proofs", every=DAY, at=timedelta(hours=3, minutes=50), run=erase_old_proofs)
