"""App configuration of `portal.taxonomy`."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Group

if TYPE_CHECKING:
    from portal.common.personal import Held
    from portal.tables.datasets import Dataset

# Nobody deletes a term: records that are public hold its code.
VOCABULARIES = tuple(
    f"taxonomy.{verb}_{model}"
    for model in ("organizationtype", "crosscuttingmark")
    for verb in ("add", "change", "view")
)


class TaxonomyConfig(AppConfig):
    name = "portal.taxonomy"
    verbose_name = _("Taxonomy")
    staff_permissions: ClassVar = {
        Group.EDITOR: VOCABULARIES,
        Group.ADMINISTRATOR: VOCABULARIES,
    }

    def datasets(self) -> "tuple[Dataset, ...]":
        from portal.taxonomy.datasets import DATASETS  # reason: app ready

        return DATASETS

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.taxonomy.personal import PERSONAL  # reason: app ready

        return PERSONAL
