"""Of the staff: what a mail of an invitation holds."""

import re

from django.core import mail


def code_in_mail() -> str:
    """Of the newest mail that holds one."""
    codes = [found for each in mail.outbox for found in re.findall(r"\?code=([\w-]+)", str(each.body))]
    return str(codes[-1])
