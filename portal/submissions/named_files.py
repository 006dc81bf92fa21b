"""Files that submitted texts name: their receipts show them, also when the text has them no more."""

import re
from collections.abc import Collection
from uuid import UUID

from portal.submissions.models import SubmittedVersion

_KEY = re.compile(r'"key":"([0-9a-f-]{36})"')


def files_in_receipts(keys: Collection[UUID]) -> set[UUID]:
    """Those of these files that a version names. One query over the versions that name any."""
    contents = SubmittedVersion.objects.filter(content__contains='"sha256"').order_by()
    texts = contents.values_list("content", flat=True).iterator(chunk_size=200)
    named = {key for text in texts for key in _KEY.findall(text)}
    return {key for key in keys if str(key) in named}
