"""The loaders of templates, which settings name: pages do not carry the indentation of their sources."""

import re

from django.conf import settings
from django.template import Origin
from django.template.loaders import app_directories, filesystem

INDENTATION = re.compile(r"\n\s+")
OURS = tuple(f"{settings.BASE_DIR / folder}/" for folder in ("portal", "search"))


def without_indentation(name: str, contents: str) -> str:
    """Our HTML only: in mails each space means something, and other apps translate texts of several lines."""
    if name.endswith(".html") and name.startswith(OURS):
        return INDENTATION.sub("\n", contents)
    return contents


class FolderLoader(filesystem.Loader):
    """Templates of `DIRS`."""

    def get_contents(self, origin: Origin) -> str:
        return without_indentation(origin.name, super().get_contents(origin))


class AppLoader(app_directories.Loader):
    """Templates of apps."""

    def get_contents(self, origin: Origin) -> str:
        return without_indentation(origin.name, super().get_contents(origin))
