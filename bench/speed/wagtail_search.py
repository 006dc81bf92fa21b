"""The same texts in Wagtail's own search on SQLite: pages of twenty passages, top ten pages. Prints JSON.

Run by bench/search_speed.py with the bare site's settings; the argument is the number of passages.
"""

from __future__ import annotations

import json
import sys
import time

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    from bare.content.models import ContentPage
    from wagtail.models import Page
    from wagtail.search import index

    from speed.measuring import seconds, timed
    from speed.texts import Texts, typed

    call_command("migrate", verbosity=0, interactive=False)
    texts = Texts()
    pages = [(document.title, document.passages) for document in texts.documents(int(sys.argv[1]))]
    root = Page.objects.get(depth=2)
    ContentPage.search_fields = [*Page.search_fields, index.SearchField("body")]

    def fill() -> None:
        for number, (title, passages) in enumerate(pages):
            body = "".join(f"<p>{passage.text}</p>" for passage in passages)
            root.add_child(instance=ContentPage(title=title[:250], slug=f"p{number}", body=body))

    filling = seconds(fill)
    figures: dict[str, object] = {"seconds": filling, "searches": {}}
    for name, words in typed(texts).items():
        if name in ("phrase", "exclusion"):
            continue
        spent = timed(_top_ten, words, time.process_time, 3)
        figures["searches"][name] = [spent.p50, spent.p95]  # type: ignore[index]
    print(json.dumps(figures))


def _top_ten(text: str) -> list[object]:
    from bare.content.models import ContentPage

    return list(ContentPage.objects.live().search(text)[:10])


if __name__ == "__main__":
    main()
