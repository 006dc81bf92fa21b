"""App configuration of `portal.work`; it declares mails and what is cleared away by the clock."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.common.desk_duties import Cards
    from portal.common.personal import Held, Kept
    from portal.work.declarations import JobKind
    from portal.work.schedules import Schedule

DAY = timedelta(days=1)


class WorkConfig(AppConfig):
    name = "portal.work"
    verbose_name = _("Work")

    def job_kinds(self) -> "tuple[JobKind, ...]":
        from portal.work import mail_backend, mails  # reason: app ready
        from portal.work.declarations import MAIL, JobKind

        return (
            JobKind(
                name=mail_backend.KIND,
                queue=MAIL,
                run=mails.deliver,
                max_attempts=20,
                max_backoff=timedelta(hours=1),
            ),
        )

    def schedules(self) -> "tuple[Schedule, ...]":
        from portal.work import upkeep  # reason: app ready
        from portal.work.schedules import Schedule

        return (
            Schedule(name="clear_sessions", every=DAY, at=timedelta(hours=3), run=upkeep.clear_sessions),
            Schedule(name="clear_kept_forms", every=DAY, at=timedelta(hours=3), run=upkeep.clear_kept_forms),
            Schedule(name="clear_jobs", every=DAY, at=timedelta(hours=4), run=upkeep.clear_jobs),
        )

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.work.duties import cards  # reason: app ready

        return (cards,)

    def kept_for(self) -> "tuple[Kept, ...]":
        from portal.work.personal import KEPT  # reason: app ready

        return KEPT

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.work.personal import PERSONAL  # reason: app ready

        return PERSONAL
