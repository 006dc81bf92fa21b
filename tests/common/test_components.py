"""Components, the frame around every page, forms, error pages, `/style/`, and the stylesheet's promises."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import Group as GroupRow
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.defaults import server_error

from portal.accounts.models import User
from portal.common.actors import Group
from portal.common.context import chrome
from portal.common.templatetags.components import bars, choice_groups, counter, error_links
from tests.factories.pages import make_home
from tests.markup import dense

STATIC = Path(settings.BASE_DIR) / "static"
TOKENS = (STATIC / "sass" / "_tokens.scss").read_text()
COMPONENTS = Path(settings.BASE_DIR) / "portal" / "templates" / "components"


class Note(forms.Form):
    title = forms.CharField(help_text="One line.")
    body = forms.CharField(widget=forms.Textarea(attrs={"data-max-words": 3}), required=False)
    language = forms.ChoiceField(widget=forms.RadioSelect, choices=[("es", "Spanish"), ("en", "English")])
    themes = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[("A", [("1", "One")]), ("B", [("2", "Two")])],
        required=False,
    )
    agree = forms.BooleanField()
    key = forms.CharField(widget=forms.HiddenInput)


def part(name: str, **inputs: Any) -> str:
    return dense(render_to_string(f"components/{name}.html", inputs))


def parts_of(path: str, **attributes: Any) -> dict[str, Any]:
    request = RequestFactory().get(path)
    for name, value in attributes.items():
        setattr(request, name, value)
    return chrome(request)


@pytest.mark.parametrize("name", sorted(path.stem for path in COMPONENTS.glob("*.html")))
def test_component_states_its_inputs_on_top(name: str) -> None:
    text = (COMPONENTS / f"{name}.html").read_text()
    assert (text.startswith("{% comment %}"), len(text.splitlines()) <= 60) == (True, True)


@pytest.mark.parametrize("name", sorted(path.stem for path in COMPONENTS.glob("*.html")))
def test_component_is_in_the_documentation(name: str) -> None:
    documented = (Path(settings.BASE_DIR) / "docs" / "front-end.md").read_text()
    inner = {"field_label", "field_notes", "field_count", "form"}
    assert name in inner or f"`{name}`" in documented


@pytest.mark.parametrize(
    "name",
    sorted(path.stem for path in COMPONENTS.glob("*.html") if not path.stem.startswith(("field", "file"))),
)
def test_component_draws_without_its_optional_inputs(name: str) -> None:
    assert "None" not in part(name)


def test_open_panel_leads_to_its_action_or_its_title() -> None:
    leads = [
        part("open_panel", title="T", action="Go", **more) for more in ({"url": "/a/"}, {"action_url": "/b/"})
    ]
    assert [re.findall(r'class="button" href="([^"]*)"', html) for html in leads] == [["/a/"], ["/b/"]]


def test_no_template_of_ours_has_an_inline_style_or_script() -> None:
    inline = [
        str(path)
        for folder in ("portal", "search")
        for path in (Path(settings.BASE_DIR) / folder).rglob("*.html")
        if path.name != "data_head.html"  # of a file that stands alone on somebody's own disk
        and re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=", path.read_text())
    ]
    assert inline == []


def test_record_item_marks_its_own_language_and_escapes() -> None:
    html = part("record_item", title="Niñez & <b>", url="/r/1/", lang="es", excerpt="Texto", meta=["Red"])
    assert '<a href="/r/1/" lang="es">Niñez &amp; &lt;b&gt;</a>' in html
    assert '<p class="item__text" lang="es">Texto</p>' in html


def test_trace_fills_in_where_you_stand() -> None:
    html = part("trace", steps=[{"label": "Question", "url": "/q/"}, {"label": "Pledge", "current": True}])
    assert html.count('aria-current="step"') == 1
    assert '<li class="is-current"><strong aria-current="step">Pledge</strong>' in html


def test_summary_table_leaves_out_rows_without_a_value() -> None:
    html = part("summary_table", rows=[{"term": "Goal", "value": ""}, {"term": "Stage", "value": "planning"}])
    assert re.findall("<dt>(.*)</dt>", html) == ["Stage"]


@translation.override("en")
def test_bars_share_one_scale_that_starts_at_zero() -> None:
    drawn = bars([{"label": "a", "value": 8}, {"label": "b", "value": 2}, {"label": "c", "value": 0}])
    assert [(bar.width, bar.share) for bar in drawn] == [("100%", "80%"), ("25%", "20%"), ("0%", "0%")]


def test_bars_of_nothing_draw_nothing() -> None:
    assert [bar.width for bar in bars([{"label": "a", "value": 0}])] == ["0%"]
    assert bars([]) == []


@pytest.mark.parametrize("code", ["es", "fr"])
def test_bar_chart_lengths_do_not_follow_the_locale(code: str) -> None:
    with translation.override(code):
        html = part("bar_chart", title="T", rows=[{"label": "a", "value": 3}, {"label": "b", "value": 1}])
    assert re.findall(r'svg width="([^"]*)"', html) == ["100%", "33.33%"]


def test_language_note_names_the_original() -> None:
    with translation.override("en"):
        html = part("language_note", original="pt")
    assert "You are reading the original in Portuguese." in html


def test_field_puts_label_hint_message_field_in_that_order() -> None:
    with translation.override("en"):
        html = Note({"title": ""})["title"].as_field_group()
    places = [html.index(text) for text in ("<label", "One line.", "Fill in: Title.", "<input")]
    assert places == sorted(places)
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert ('id="id_title_helptext"' in html, 'id="id_title_error"' in html) == (True, True)


def test_a_name_before_the_stop_keeps_one_mark() -> None:
    class Asked(forms.Form):
        wrong = forms.CharField(label="What is wrong?")
        kind = forms.ChoiceField(label="Kind", choices=[("a", "A")])
        agrees = forms.ChoiceField(label="Do you agree?", choices=[("a", "A")])

    with translation.override("en"):
        told = [link.text for link in error_links(Asked({}))]
    assert told == ["Fill in: What is wrong?", "Choose one: Kind.", "Choose an answer: Do you agree?"]
    for text, shown in (
        ("Saved: Banco S.A.. Everybody can see it.", "Saved: Banco S.A. Everybody can see it."),
        ("Attached to 1.1 The states shall….", "Attached to 1.1 The states shall…"),
        ("Wait... v1..2 <b>", "Wait... v1..2 &lt;b&gt;"),
    ):
        assert f"<p>{shown}</p>" in part("notice", text=text)


def test_a_box_comes_before_its_hint() -> None:
    class Ticked(forms.Form):
        closed = forms.BooleanField(label="Close it", help_text="Nothing can be sent then.")

    html = str(Ticked())
    assert html.index("Close it") < html.index("Nothing can be sent then.")


def test_errors_are_linked_in_the_words_at_the_field() -> None:
    form = Note({"title": "", "language": "xx", "key": "k"})
    with translation.override("en"):
        links = error_links(form)
        html = str(form)
    assert [link.target for link in links] == ["id_title", "id_language_0", "id_agree"]
    assert [html.count(f"</span>{link.text}") for link in links] == [1, 1, 1]
    assert [f'id="{link.target}"' in html for link in links] == [True, True, True]


def test_error_summary_of_a_form_without_errors_is_empty() -> None:
    assert part("error_summary", form=Note()).strip() == ""
    assert part("error_summary", form=None).strip() == ""


def test_typed_text_stays_after_an_error() -> None:
    assert "kept &lt;as&gt; typed" in str(Note({"body": "kept <as> typed"}))


def test_radios_are_one_group_and_grouped_choices_keep_theirs() -> None:
    form = Note()
    assert [(name, len(options)) for name, options in choice_groups(form["language"])] == [("", 2)]
    assert [(name, len(options)) for name, options in choice_groups(form["themes"])] == [("A", 1), ("B", 1)]
    assert choice_groups(form["title"]) == []


def test_chosen_options_stay_chosen() -> None:
    drawn = [option.tag for _, group in choice_groups(Note({"themes": ["2"]})["themes"]) for option in group]
    assert ["checked" in tag for tag in drawn] == [False, True]


def test_counter_reads_the_limit_of_the_widget() -> None:
    form = Note()
    assert (counter(form["body"]), counter(form["title"])) == ({"unit": "words", "limit": 3}, None)


def test_pagination_names_both_neighbours() -> None:
    html = part("pagination", page=Paginator(range(30), 10).get_page(2), prefix="?q=x&page=")
    assert re.findall('href="([^"]*)"', html) == ["?q=x&amp;page=1", "?q=x&amp;page=3"]


def test_switch_keeps_the_query_and_hreflang_drops_it() -> None:
    parts = parts_of("/es/search/?q=ni%C3%B1o&page=2")
    assert [row["url"] for row in parts["languages"]][1] == "/en/search/?q=ni%C3%B1o&page=2"
    assert [(row["code"], row["url"]) for row in parts["alternates"]] == [
        ("es", "http://testserver/es/search/"),
        ("en", "http://testserver/en/search/"),
        ("pt", "http://testserver/pt/search/"),
        ("fr", "http://testserver/fr/search/"),
        ("x-default", "http://testserver/es/search/"),
    ]


def test_given_addresses_win_over_the_swapped_prefix() -> None:
    parts = parts_of("/es/consultas/", alternates={"es": "/es/consultas/", "en": "/en/consultations/"})
    assert [row["url"] for row in parts["languages"]][1:3] == ["/en/consultations/", "/pt/consultas/"]


def test_account_pages_switch_by_parameter_and_are_not_indexed() -> None:
    with translation.override("es"):
        parts = parts_of("/accounts/login/?next=/es/desk/&lang=es")
    assert parts["alternates"] == []
    assert parts["languages"][3]["url"] == "/accounts/login/?next=/fr/desk/&lang=fr"


def test_place_of_the_page_is_current() -> None:
    parts = parts_of("/pt/pledges/PL-1/")
    assert [place["url"] for place in parts["places"] if place["current"]] == ["/pt/pledges/"]
    assert (parts["door"]["url"], parts["search_action"]) == (
        "/accounts/login/?next=/pt/desk/",
        "/pt/search/",
    )


def test_name_of_a_view_cannot_hide_the_frame() -> None:
    request = RequestFactory().get("/en/")
    html = render_to_string("base.html", {"languages": ["x"], "places": "y"}, request=request)
    assert ('hreflang="pt"' in html, 'href="/en/pledges/"' in html) == (True, True)


def test_base_page_reads_neither_session_nor_user() -> None:
    request = RequestFactory().get("/en/")
    html = render_to_string("base.html", {"chrome": chrome(request)})
    assert (html.count("<main"), html.count("<h1"), "<aside" in html) == (1, 0, False)


def test_aside_appears_only_when_filled() -> None:
    django = engines["django"]
    page = "{%% extends 'base.html' %%}{%% block aside %%}%s{%% endblock %%}"
    filled = dense(django.from_string(page % "<p>Beside</p>").render({}))
    empty = django.from_string(page % " \n ").render({})
    assert ('<aside class="side"><p>Beside</p></aside>' in filled, "<aside" in empty) == (True, False)


def test_title_says_error_when_the_form_has_one() -> None:
    with translation.override("en"):
        titles = [render_to_string("base.html", {"form": form}) for form in (Note({}), Note(), None)]
    assert ["<title>Error: " in html for html in titles] == [True, False, False]


@pytest.mark.parametrize("code", ["es", "en", "pt", "fr"])
def test_server_error_page_needs_no_context(code: str) -> None:
    with translation.override(code):
        answer = server_error(RequestFactory().get(f"/{code}/"))
    links = re.findall(r'<li><a href="([^"]*)"', answer.content.decode())
    assert answer.status_code == 500
    assert links[:3] == [f"/{code}/search/", f"/{code}/consultations/", f"/{code}/"]


@pytest.mark.django_db
def test_missing_page_shows_three_ways_on(client: Client) -> None:
    make_home()
    answer = client.get("/fr/nulle-part/")
    links = re.findall(r'<li><a href="([^"]*)"', answer.text.split("<main")[1])
    assert (answer.status_code, links[:3]) == (404, ["/fr/search/", "/fr/consultations/", "/fr/"])
    assert ('rel="alternate"' in answer.text, "Set-Cookie" in answer.headers) == (False, False)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_account_pages_wear_our_look(client: Client, path: str) -> None:
    html = client.get(path, {"lang": "pt"}).text
    assert ('<html lang="pt">' in html, 'class="field' in html, 'class="button' in html) == (True, True, True)


@pytest.mark.django_db
def test_sign_up_errors_are_summed_up_once(client: Client) -> None:
    html = client.post("/accounts/signup/?lang=en", {"name": "", "email": "no address"}).text
    assert (html.count('class="errors"'), 'value="no address"' in html) == (1, True)


@pytest.mark.django_db
def test_style_page_is_for_staff(client: Client, focal_point: User) -> None:
    anonymous = client.get("/style/")
    client.force_login(focal_point, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert (anonymous.status_code, anonymous["Location"]) == (302, "/accounts/login/?next=/style/")
    assert client.get("/style/").status_code == 403


@pytest.mark.django_db
def test_style_page_shows_every_component(client: Client, focal_point: User) -> None:
    focal_point.groups.add(GroupRow.objects.get(name=Group.COMMISSIONER))
    client.force_login(focal_point, backend=settings.AUTHENTICATION_BACKENDS[0])
    answer = client.get("/style/")
    used = {template.name for template in answer.templates if template.name}
    missing = {path.stem for path in COMPONENTS.glob("*.html") if f"components/{path.name}" not in used}
    assert (answer.status_code, missing) == (200, {"messages"})


def _scheme(name: str) -> dict[str, str]:
    body = TOKENS.split(f"@mixin {name} {{")[1].split("}")[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", body))


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel", "pale-sun"])
@pytest.mark.parametrize("text", ["ink", "soft", "brand", "good", "warn", "bad"])
def test_text_contrast_is_at_least_five_point_six(scheme: str, ground: str, text: str) -> None:
    colours = _scheme(scheme)
    assert contrast(colours[text], colours[ground]) >= 5.6


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_buttons_and_found_words_are_readable(scheme: str) -> None:
    colours = _scheme(scheme)
    fixed = dict(re.findall(r"--((?:on-)?sun): (#[0-9a-f]{6});", TOKENS))
    pairs = [
        (colours["on-brand"], colours["brand"]),
        (colours["on-brand"], colours["brand-strong"]),
        (colours["paper"], colours["ink"]),
        (fixed["on-sun"], fixed["sun"]),
    ]
    assert [round(contrast(*pair)) >= 5 for pair in pairs] == [True] * 4


def test_each_cell_of_a_table_names_its_column() -> None:
    """On a phone rows are blocks; what stands in no column, or in one without a name, is there as well."""
    table = part(
        "data_table", caption="By type", headers=["Type", "Spoke"], rows=[["State", 3, 4]], wide=True
    )
    assert '<th scope="row" role="rowheader">State</th>' in table
    assert '<td role="cell" data-label="Spoke">3</td><td role="cell" data-label="">4</td>' in table
    assert 'class="scroll stacks stacks--wide"' in table
    css = (STATIC / "css" / "portal.css").read_text()
    assert "@container (max-width: 60rem){.stacks--wide" in css
    assert ".stacks .table td::before{content:attr(data-label)" in css


def test_both_schemes_define_the_same_colours() -> None:
    assert _scheme("light").keys() == _scheme("dark").keys()


def test_stylesheet_is_small_and_asks_nobody_else() -> None:
    css = (STATIC / "css" / "portal.css").read_text()
    assert len(gzip.compress(css.encode(), 6)) <= 14 * 1024
    assert re.findall(r"url\(([^)]*)\)", css) == ['"../fonts/source-serif-4-latin-600-normal.woff2"']
    assert ("govuk" in css.lower(), "gds" in css.lower()) == (False, False)


def test_font_comes_with_its_licence() -> None:
    assert "SIL Open Font License" in (STATIC / "fonts" / "source-serif-4-LICENSE.txt").read_text()


def test_colours_are_written_only_as_tokens() -> None:
    sources = [path for path in (STATIC / "sass").glob("*.scss") if path.name != "_tokens.scss"]
    assert {path.name: re.findall(r"#[0-9a-f]{3,6}\b", path.read_text()) for path in sources} == {
        path.name: [] for path in sources
    }
