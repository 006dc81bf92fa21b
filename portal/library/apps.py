"""App configuration of `portal.library`."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds

if TYPE_CHECKING:
    from portal.common.personal import Held
    from portal.organizations.merging.parts import Part
    from portal.tables.datasets import Dataset
    from portal.work.declarations import JobKind


class LibraryConfig(AppConfig):
    name = "portal.library"
    verbose_name = _("Library")
    event_kinds: ClassVar[EventKinds] = {
        "document": ("added", "described", "replaced", "withdrawn"),
        "document_proposal": ("proposed", "accepted", "declined"),
        "library_file": ("given",),
    }

    def ready(self) -> None:
        from portal.library import receivers  # reason: app ready

        receivers.connect()

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.library.personal import PERSONAL  # reason: app ready

        return PERSONAL

    def organization_parts(self) -> "tuple[Part, ...]":
        from portal.library.merging import PARTS  # reason: app ready

        return PARTS

    def job_kinds(self) -> "tuple[JobKind, ...]":
        from portal.library.intakes import READING  # reason: app ready

        return (READING,)

    def datasets(self) -> "tuple[Dataset, ...]":
        from portal.library.datasets import DATASETS  # reason: app ready

        return DATASETS
