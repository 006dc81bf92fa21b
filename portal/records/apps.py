"""App configuration of `portal.records`; it declares organizations, which stand behind every record."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.publication.kinds import LedgerKind
from portal.tables.datasets import Dataset


class RecordsConfig(AppConfig):
    name = "portal.records"
    verbose_name = _("Public records")

    def ready(self) -> None:
        from portal.records import checks  # noqa: F401  # reason: app ready

    def datasets(self) -> tuple[Dataset, ...]:
        from portal.records.datasets import datasets  # reason: app ready

        return datasets()

    def record_types(self) -> tuple[LedgerKind, ...]:
        from portal.records.organizations import ORGANIZATION  # reason: app ready

        return (ORGANIZATION,)
