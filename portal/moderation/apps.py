"""App configuration of `portal.moderation`."""

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.work.schedules import Schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from portal.common.desk_duties import Cards
    from portal.common.personal import Held
    from portal.submissions.marking import LeftOut
    from portal.submissions.models import Amendment, Submission, SubmittedVersion


class ModerationConfig(AppConfig):
    name = "portal.moderation"
    verbose_name = _("Moderation")

    event_kinds: ClassVar[EventKinds] = {
        "moderation": ("taken", "given_back", "assigned", "marked_ready", "unmarked", "noted", "note_deleted")
    }

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.moderation.duties import cards  # reason: app ready

        return (cards,)

    def left_the_queue(self) -> "tuple[Callable[[str, UUID], None], ...]":
        from portal.moderation.domain import left_the_queue  # reason: app ready

        return (left_the_queue,)

    def after_submission(self) -> "tuple[Callable[[Submission, SubmittedVersion], object], ...]":
        from portal.moderation.copies import sign_submitted  # reason: app ready

        return (sign_submitted,)

    def amendment_settled(self) -> "tuple[Callable[[Amendment], object], ...]":
        from portal.moderation.amendment_mails import tell_proposer  # reason: app ready

        return (tell_proposer,)

    def amendments_emptied(self) -> "tuple[Callable[[list[UUID]], object], ...]":
        from portal.moderation.domain import empty_decisions  # reason: app ready

        return (empty_decisions,)

    def words_left_out(self) -> "tuple[Callable[[str, UUID, Sequence[LeftOut]], object], ...]":
        from portal.moderation.notes import words_left_out  # reason: app ready

        return (words_left_out,)

    def schedules(self) -> "tuple[Schedule, ...]":
        from portal.moderation.copies import sign_waiting  # reason: app ready

        return (Schedule(name="sign_texts", every=timedelta(minutes=10), run=sign_waiting),)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.moderation.personal import PERSONAL  # reason: app ready

        return PERSONAL
