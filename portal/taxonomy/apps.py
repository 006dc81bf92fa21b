"""App configuration of `portal.taxonomy`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Group

ORGANIZATION_TYPES = tuple(f"taxonomy.{verb}_organizationtype" for verb in ("add", "change", "view"))


class TaxonomyConfig(AppConfig):
    name = "portal.taxonomy"
    verbose_name = _("Taxonomy")
    staff_permissions: ClassVar = {
        Group.EDITOR: ORGANIZATION_TYPES,
        Group.ADMINISTRATOR: ORGANIZATION_TYPES,
    }
