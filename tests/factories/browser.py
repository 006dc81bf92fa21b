"""A browser without JavaScript: it keeps cookies, reads the forms of a page and sends them as they stand."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin

from django.http import HttpResponse
from django.test import Client


@dataclass
class Form:
    action: str
    fields: list[list[str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def pairs(self) -> dict[str, list[str]]:
        pairs: dict[str, list[str]] = {}
        for name, value in self.fields:
            pairs.setdefault(name, []).append(value)
        return pairs

    def holds(self, text: str) -> bool:
        return any(text in value for _name, value in self.fields)


class FormReader(HTMLParser):
    """The forms of a page that are sent by POST."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._address, self._form, self._select, self._area = address, None, "", None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(urljoin(self._address, a.get("action") or self._address))
            if a.get("method") == "post":
                self.forms.append(self._form)
        elif self._form is not None:
            self._part(tag, a, self._form)

    def _part(self, tag: str, a: dict[str, str], form: Form) -> None:
        name, kind = a.get("name", ""), a.get("type", "text")
        if tag == "button" and name:
            form.buttons.append((name, a.get("value", "")))
        elif tag == "input" and name and (kind not in {"checkbox", "radio"} or "checked" in a):
            form.fields.append([name, a.get("value", "on" if kind == "checkbox" else "")])
        elif tag == "textarea":
            self._area = [name, ""]
            form.fields.append(self._area)
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in a:
            form.fields.append([self._select, a.get("value", "")])

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            self._area[1] = self._area[1].removeprefix("\n")
            self._area = None
        elif tag == "form":
            self._form = None

    def handle_data(self, text: str) -> None:
        if self._area is not None:
            self._area[1] += text


class Browser(Client):
    """Django's client with keys enforced; a fault of the server is an answer, as for a person."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(enforce_csrf_checks=True, raise_request_exception=False, **kwargs)
        self.defaults["HTTP_ACCEPT"] = "text/html"

    def twin(self) -> "Browser":
        """With the same cookies, and with the settings as they are now."""
        other = Browser()
        other.cookies = self.cookies
        return other

    def copy(self) -> "Browser":
        """With the cookies of this moment; what the copy is given later stays its own."""
        other = Browser()
        other.cookies = SimpleCookie({name: cookie.value for name, cookie in self.cookies.items()})
        return other

    def forms(self, response: HttpResponse, address: str) -> list[Form]:
        return FormReader(response.text, address).forms

    def form_at(self, page: str, action: str = "") -> Form:
        """The form of a page that is sent to an address: the page's own where none is given."""
        wanted = action or page
        response = self.get(page)
        forms = [form for form in self.forms(response, page) if form.action.partition("#")[0] == wanted]
        assert forms, (page, wanted, response.status_code)
        return max(forms, key=lambda form: len(form.fields))

    def send(self, form: Form, /, **changes: Any) -> HttpResponse:
        body = urlencode(form.pairs() | changes, doseq=True)
        return self.post(form.action, body, content_type="application/x-www-form-urlencoded")
