"""Canonical JSON and its SHA-256; receipts, versions of records and marks of steps are made of it."""

import hashlib
import json


def canonical(content: dict[str, object]) -> bytes:
    """Canonical JSON: sorted names, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content: dict[str, object]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()
