"""Of the staff: what a mail of an invitation holds."""

import re

from django.core import mail


def code_in_mail() -> str:
    """Of the newest mail that holds one."""
    codes = [code for each in mail.outbox for code in re.findall(r"\?code=([\w-]+)", str(each.body))]
    return str(codes[-1])
