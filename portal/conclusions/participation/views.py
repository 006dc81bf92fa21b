"""Who took part, at the desk: official and counted figures of a draft, and the words of the paragraph."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.common.languages import CODES, DEFAULT
from portal.common.phrases import LANGUAGE_NAMES
from portal.conclusions.enums import Unit
from portal.conclusions.models import Conclusions
from portal.conclusions.outline import readable
from portal.conclusions.participation import domain
from portal.conclusions.participation.counting import Counted, Way, counted
from portal.conclusions.participation.forms import FigureForm
from portal.conclusions.participation.presences import links_of, organizations_named, presences_at
from portal.conclusions.participation.rows import Figure, figures_of
from portal.conclusions.participation.words import Paragraph, paragraph
from portal.conclusions.queries import consultation_titles, visible_to
from portal.conclusions.reading import languages_of
from portal.taxonomy.queries import organization_type_names


@desk_view
@require_safe
def participants(request: HttpRequest, key: UUID) -> HttpResponse:
    """Official and counted figures side by side; the words in four languages."""
    version, language = _version(request, key), get_language() or DEFAULT
    figures = counted(presences_at(version.consultation_key))
    names = organization_type_names(language)
    rows = figures_of(version, figures, names)
    paragraphs = _paragraphs(version, figures, CODES)
    context = {
        "version": version,
        "rows": rows,
        "table": [_cells(row) for row in rows if row.is_known],
        "headers": [
            _("Category"),
            _("Official figure"),
            _("Counted in"),
            _("From the data"),
            _("Difference"),
            _("Spoke"),
            pgettext("so many organizations", "Signed"),
            _("Attended"),
            _("Persons"),
        ],
        "paragraphs": [
            {"row": each, "body": readable(each.body), "name": LANGUAGE_NAMES[each.language]}
            for each in paragraphs
        ],
        "adopted": [LANGUAGE_NAMES[code] for code in _own_languages(version)],
        "crumbs": _crumbs(version, _("Who took part")),
    }
    return render(request, "conclusions/participation.html", context)


@desk_view
@form_view
def figure(request: HttpRequest, key: UUID, category: str) -> HttpResponse:
    """Change the official figure of one category, with a note where the data gives another one."""
    version, language = _version(request, key), get_language() or DEFAULT
    figures = counted(presences_at(version.consultation_key))
    names = organization_type_names(language)
    row = next((row for row in figures_of(version, figures, names) if row.category == category), None)
    if row is None or not version.is_editable:
        raise Http404(category)
    form = _bound(request, row)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            domain.set_figure(
                version,
                category=category,
                figure=said["figure"],
                unit=Unit(said["unit"]),
                note=said["note"],
                actor=actor_of(request),
                now=timezone.now(),
            )
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            messages.success(request, _("Saved."))
            return redirect("conclusions:participants", key=key)
    context = {"version": version, "row": row, "form": form, "crumbs": _crumbs(version, row.label)}
    return render(request, "conclusions/participation_figure.html", context)


@desk_view
@require_POST
def adopt(request: HttpRequest, key: UUID) -> HttpResponse:
    """The words become the draft's, in the languages that it has."""
    version = _version(request, key)
    figures = counted(presences_at(version.consultation_key))
    paragraphs = _paragraphs(version, figures, _own_languages(version))
    try:
        domain.adopt_words(version, paragraphs, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("The words stand in the draft now."))
    return redirect("conclusions:participants", key=key)


def _version(request: HttpRequest, key: UUID) -> Conclusions:
    return get_object_or_404(visible_to(actor_of(request)), key=key)


def _bound(request: HttpRequest, row: Figure) -> FigureForm:
    typed = request.POST if request.method == "POST" else typed_before_sign_in(request)
    return FigureForm(typed, initial={"figure": row.official, "unit": row.unit.value, "note": row.note})


def _own_languages(version: Conclusions) -> list[str]:
    """Those that the draft has words in, its original first."""
    return list(languages_of(version)) or [version.language]


def _paragraphs(version: Conclusions, figures: dict[str, Counted], languages: Any) -> list[Paragraph]:
    named = organizations_named({pk for row in figures.values() for pk in row.organizations}, DEFAULT)
    names = {code: [link["label"] for link in links_of(row, named)] for code, row in figures.items()}
    first = domain.first_footnote(version)
    return [
        paragraph(figures, names, organization_type_names(code), language=code, first_footnote=first)
        for code in languages
    ]


def _cells(row: Figure) -> list[object]:
    return [
        row.label,
        "" if row.official is None else row.official,
        row.unit.label,
        row.computed,
        "" if row.difference is None else f"{row.difference:+d}" if row.difference else 0,
        *(row.counted.ways.get(way, 0) for way in Way),
        row.counted.persons,
    ]


def _crumbs(version: Conclusions, last: str) -> list[dict[str, str]]:
    language = get_language() or DEFAULT
    titles = consultation_titles([version.consultation_key], language)
    title, lang = titles.get(version.consultation_key, (str(version.consultation_key), ""))
    desk, here = crumbs_to(last)
    document = {"title": title, "url": reverse("conclusions:version", args=[version.key]), "lang": lang}
    return [desk, {"title": _("Conclusions"), "url": reverse("conclusions:list")}, document, here]
