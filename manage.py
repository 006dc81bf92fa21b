#!/usr/bin/env python
"""Django's command line for the portal; `bin/manage` runs it in the project's own environment."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    from django.core.management import execute_from_command_line  # reason: settings first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
