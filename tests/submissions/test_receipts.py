"""Receipt numbers: another one when the first is taken, and an honest error when all are."""

import pytest
from django.db import IntegrityError

from portal.common.digests import canonical
from portal.submissions.receipts import ATTEMPTS, with_receipt_number


def test_a_taken_number_is_tried_again_with_another(db: None) -> None:
    tried: list[str] = []

    def save(number: str) -> None:
        tried.append(number)
        if len(tried) < 3:
            raise IntegrityError(number)

    assert with_receipt_number(save) == tried[2]
    assert len(set(tried)) == 3


def test_when_every_number_is_taken_the_error_comes_through(db: None) -> None:
    tried: list[str] = []

    def save(number: str) -> None:
        tried.append(number)
        raise IntegrityError(number)

    with pytest.raises(IntegrityError):
        with_receipt_number(save)
    assert len(tried) == ATTEMPTS


def test_the_last_number_counts_too(db: None) -> None:
    tried: list[str] = []

    def save(number: str) -> None:
        tried.append(number)
        if len(tried) < ATTEMPTS:
            raise IntegrityError(number)

    assert with_receipt_number(save) == tried[-1]


def test_canonical_json_is_sorted_and_without_spaces() -> None:
    assert canonical({"b": ["ñ", 1], "a": ""}) == '{"a":"","b":["ñ",1]}'.encode()
