"""Made-up content for the components on `/style/`, in English only; nothing else may use it."""

from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.safestring import mark_safe

from portal.common.languages import OWN_NAMES

TONES = ("", "brand", "good", "warn", "bad")
COLOURS = ("paper", "panel", "ink", "soft", "line", "brand", "good", "warn", "bad", "sun", "pale-sun")


class SampleForm(forms.Form):
    title = forms.CharField(label="Title", help_text="One line that says what was done.", max_length=120)
    answer = forms.CharField(
        label="Answer",
        help_text="Up to 25 words, in any of the four languages.",
        widget=forms.Textarea(attrs={"rows": 4, "data-max-words": 25}),
    )
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    country = forms.ChoiceField(label="Country", required=False, choices=[("", "Choose"), ("BR", "Brazil")])
    language = forms.ChoiceField(
        label="Language of the text", widget=forms.RadioSelect, choices=list(OWN_NAMES.items())
    )
    questions = forms.MultipleChoiceField(
        label="Questions it answers",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("Segment I", [("1", "1.1 Registers"), ("2", "1.2 Documents")]),
            ("Segment II", [("3", "2.1 Work")]),
        ],
    )
    evidence = forms.FileField(label="Evidence", required=False)
    agree = forms.BooleanField(label="We may be named in public")

    def clean_answer(self) -> str:
        answer: str = self.cleaned_data["answer"]
        if (extra := len(answer.split()) - 25) > 0:
            raise forms.ValidationError(f"Shorten the text by {extra} word(s).")
        return answer


def pages() -> Page:
    return Paginator(range(50), 10).get_page(2)


def samples() -> dict[str, Any]:
    return {"tones": TONES, "colours": COLOURS, **_records(), **_threads(), **_figures()}


def _records() -> dict[str, Any]:
    return {
        "crumbs": [
            {"title": "Consultations", "url": "#"},
            {"title": "Sample city 2024", "url": "#"},
            {"title": "Here"},
        ],
        "items": [
            {
                "title": "Registry desk open on Saturdays",
                "url": "#",
                "kind": {"text": "Intervention", "tone": "brand"},
                "meta": ["Sample network", "refugee-led", "Two countries"],
                "badges": [{"text": "Original in Spanish"}],
                "excerpt": "A witness may stand in for a missing paper. In eleven months nobody was turned away.",
                "state": {"text": "Reflected in a recommendation", "tone": "good"},
            },
            {
                "title": "Cédula municipal aceptada por bancos",
                "url": "#",
                "lang": "es",
                "kind": {"text": "Good practice", "tone": "good"},
                "meta": ["Sample town", "municipality"],
                "excerpt": "Un acuerdo con el banco central y una mesa en el ayuntamiento.",
                "state": {"text": "Not yet decided", "tone": "warn"},
            },
        ],
        "rows": [
            {"term": "Pledging", "value": "Sample council", "note": "(lead)"},
            {"term": "Goal", "value": "A first decision within 180 days, from 410 days two years before."},
            {
                "term": "Serves",
                "links": [{"label": "Plan action 1.4.2", "url": "#"}, {"label": "Outcome 2", "url": "#"}],
            },
        ],
        "side_rows": [
            {"label": "Recommendation B-14", "url": "#", "badge": "many", "tone": "good"},
            {"label": "3 pledges", "url": "#", "badge": "1 due", "tone": "warn"},
        ],
        "cards": [
            {"title": "Speak for an organization", "links": [{"label": "Register", "url": "#"}]},
            {"title": "Read the outcomes", "links": [{"label": "Sample city, April", "url": "#"}]},
            {"title": "Search and follow up", "links": [{"label": "Pledges by country", "url": "#"}]},
        ],
        "voices": [
            {"title": "The parties say", "text": "In progress.", "note": "2 reports"},
            {"title": "The commission finds", "text": "The review opens in March.", "tone": "sun"},
            {
                "title": "The observatory notes",
                "text": "Two offices ask for a passport.",
                "url": "#",
                "link": "Source",
                "tone": "good",
            },
        ],
        "tasks": [
            {"title": "Questions", "url": "#", "status": "done", "tone": "good"},
            {"title": "Your answer", "url": "#", "status": "2 to mend", "tone": "bad", "current": True},
            {"title": "Check and submit", "status": "to do"},
        ],
        "receipt_links": [{"label": "Your desk", "url": "#"}, {"label": "A copy to keep", "url": "#"}],
        "facet": [
            {"value": "intervention", "label": "Intervention", "count": 41, "chosen": True},
            {"value": "document", "label": "Document", "count": 6},
        ],
        "passage": mark_safe("A procedure that finds <mark>stateless</mark> persons needs few papers."),  # noqa: S308
    }


def _threads() -> dict[str, Any]:
    return {
        "steps": [
            {"label": "Guiding question 1.3", "url": "#", "note": "Sample city, Segment I"},
            {"label": "4 interventions", "url": "#", "note": "two of them refugee-led"},
            {"label": "This pledge", "note": "one of 3 for the action", "current": True},
            {"label": "Assessment", "note": "none yet"},
        ],
        "stages": [
            {"count": 104, "label": "guiding questions", "url": "#", "note": "2 consultations, 10 segments"},
            {
                "count": 312,
                "label": "interventions",
                "url": "#",
                "note": "from 87 organizations",
                "current": True,
            },
            {"count": 58, "label": "recommendations", "url": "#", "note": "all with their evidence"},
            {"count": 74, "label": "pledges", "url": "#", "note": "22 claimed fulfilled, 6 assessed so"},
            {
                "count": 41,
                "label": "progress reports",
                "url": "#",
                "note": "31 of 74 pledges silent for a year",
            },
        ],
        "moments": [
            {
                "date": "December 2023",
                "title": "Launch",
                "text": "The process begins.",
                "done": True,
                "url": "#",
            },
            {
                "date": "April to June 2024",
                "title": "Consultations",
                "text": "Answers are open.",
                "current": True,
            },
            {"date": "December 2024", "title": "Adoption", "text": "States adopt the plan."},
        ],
    }


def _figures() -> dict[str, Any]:
    return {
        "bars": [
            {"label": "Civil society", "value": 143, "url": "#"},
            {"label": "Refugee-led organizations", "value": 76},
            {"label": "Municipalities and cities", "value": 48, "current": True},
            {"label": "Academia", "value": 0},
        ],
        "keys": [
            {"value": 22, "label": "claimed fulfilled", "note": "of 74 pledges"},
            {"value": 6, "label": "assessed so", "note": "of 22 claimed"},
            {"value": 31, "label": "silent for a year", "note": "of 74 pledges"},
        ],
        "headers": ["Country", "Answers", "Refugee-led"],
        "table": [["Brazil", 41, 12], ["Mexico", 38, 9], ["Haiti", 0, 0]],
    }
