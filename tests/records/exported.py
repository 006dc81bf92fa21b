"""Reads the exports of lists back, for the tests of lists."""

import csv
import io
import json
from collections.abc import Callable

from django.test import Client
from openpyxl import load_workbook

Rows = list[dict[str, str]]


def as_csv(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def as_xlsx(content: bytes) -> Rows:
    sheet = load_workbook(io.BytesIO(content)).active
    heading, *rows = ([cell.value or "" for cell in row] for row in sheet.iter_rows())
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    return [dict(zip(heading, row, strict=True)) for row in rows]


READERS: dict[str, Callable[[bytes], Rows]] = {"csv": as_csv, "xlsx": as_xlsx, "json": json.loads}


def status_of(client: Client, path: str) -> int:
    """Read to its end: a response that is closed before would take the connection of the tests along."""
    response = client.get(path)
    read = b"".join(response.streaming_content) if response.streaming else response.content
    assert read or response.status_code != 200
    return response.status_code


def content_of(client: Client, path: str) -> bytes:
    response = client.get(path)
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content
