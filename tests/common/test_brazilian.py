"""`pt` speaks Brazilian: also what Django, allauth and Wagtail say themselves."""

import pytest
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.forms import CharField, PasswordInput
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, ngettext

EUROPEAN = ("palavra-passe", "Palavra-passe", "ficheiro", "utilizador", "registo", "ecrã")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Password", "Senha"),  # Django; ours
        ("This password is too common.", "Esta senha é muito comum."),
        ("No file was submitted.", "Nenhum arquivo foi enviado."),
        ("Forgot your password?", "Esqueceu sua senha?"),  # allauth
        ("Users", "Usuários"),  # Wagtail
    ],
)
def test_packages_speak_brazilian(text: str, shown: str) -> None:
    with translation.override("pt"):
        assert gettext(text) == shown


@pytest.mark.parametrize("language", ["pt", "pt-br"])
def test_our_own_texts_are_found_under_both_codes(language: str) -> None:
    with translation.override(language):
        assert gettext("Your desk") == "Sua área de trabalho"


def test_form_errors_are_brazilian() -> None:
    with translation.override("pt"):
        with pytest.raises(ValidationError) as refused:
            MinimumLengthValidator(12).validate("short")
        with pytest.raises(ValidationError) as missing:
            CharField(widget=PasswordInput).clean("")
        assert "Esta senha é muito curta" in refused.value.messages[0]
        assert missing.value.messages == ["Este campo é obrigatório."]
        assert ngettext("%(num)d day", "%(num)d days", 2) % {"num": 2} == "2 dias"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/", "password/reset/done/"])
def test_account_pages_have_no_european_words(client: Client, path: str) -> None:
    page = client.get(f"/accounts/{path}?lang=pt").content.decode()
    assert 'lang="pt"' in page
    assert [word for word in EUROPEAN if word in page] == []
