"""Fields that all forms share: whose words say what is too long, what is said of a day that is none."""

from collections.abc import Iterator

import pytest
from django import forms
from django.urls import get_resolver

from portal.common.days import NO_SUCH_DAY
from portal.common.forms import DayField


def test_every_length_is_told_in_our_own_words() -> None:
    """The library's words for what is too long are in no form of ours; addresses of mail have theirs."""
    get_resolver().url_patterns  # noqa: B018 - reason: imports every form
    foreign = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _below(forms.BaseForm)
        if form.__module__.startswith(("portal.", "search."))
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.CharField) and field.max_length and not isinstance(field, forms.EmailField)
        if "max_length" not in field.error_messages
    ]
    assert foreign == []


def _below(form: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for each in form.__subclasses__():
        yield each
        yield from _below(each)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("31/04/2026", NO_SUCH_DAY),
        ("2026-02-31", NO_SUCH_DAY),
        ("31 April", DayField.default_error_messages["invalid"]),
    ],
)
def test_a_day_that_there_is_not_is_told_as_that(typed: str, told: object) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        DayField(label="Day").clean(typed)
    assert refused.value.messages == [str(told)]
