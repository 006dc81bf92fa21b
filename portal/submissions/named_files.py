"""Files that submitted texts name: receipts show them, and authors go back to them."""

import json
import re
from collections.abc import Collection, Iterator
from functools import cache
from uuid import UUID

from django.apps import apps

from portal.files.models import StoredFile
from portal.submissions.models import KeptText, SubmittedVersion

_KEY = re.compile(r'"key":"([0-9a-f-]{36})"')


def files_in_receipts(keys: Collection[UUID]) -> set[UUID]:
    """Those of these files that a version names. One query over the versions that name any."""
    contents = SubmittedVersion.objects.filter(content__contains='"sha256"').order_by()
    texts = contents.values_list("content", flat=True).iterator(chunk_size=200)
    named = {key for text in texts for key in _KEY.findall(text)}
    return {key for key in keys if str(key) in named}


def files_in_kept_texts(keys: Collection[UUID]) -> set[UUID]:
    """Those of these files that a text has to which its authors can go back. Two queries."""
    texts = KeptText.objects.order_by().values_list("rows", flat=True).iterator(chunk_size=200)
    held = {file for text in texts for file in _files_of(text)}
    return set(StoredFile.objects.filter(key__in=keys, pk__in=held).values_list("key", flat=True))


def _files_of(text: str) -> Iterator[int]:
    for label, _key, columns in json.loads(text)["parts"]:
        for name in _file_columns(label):
            if columns.get(name) is not None:
                yield columns[name]


@cache
def _file_columns(label: str) -> tuple[str, ...]:
    fields = apps.get_model(label)._meta.concrete_fields
    return tuple(field.name for field in fields if field.related_model is StoredFile)
