"""App configuration of `portal.common`."""

import locale

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import to_locale

from portal.common.languages import LANGUAGES


class CommonConfig(AppConfig):
    name = "portal.common"
    verbose_name = _("Common")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.db.backends.signals import connection_created

        from portal.common import checks  # noqa: F401  # reason: app ready
        from portal.common.collation import teach_sqlite
        from portal.common.typed.receivers import look_for_kept_forms

        connection_created.connect(teach_sqlite)
        user_logged_in.connect(look_for_kept_forms)
        _name_countries_of_languages()


def _name_countries_of_languages() -> None:
    """Let `pt` read the Brazilian catalogues of Django and other packages.

    gettext looks for a language under the country that Python's table of locales gives it, and that
    table says Portugal. Our own texts, which stand above those of packages, are found under `pt`.
    """
    for language in LANGUAGES:
        if language.packages != language.code:
            locale.locale_alias[language.code] = f"{to_locale(language.packages)}.UTF-8"
