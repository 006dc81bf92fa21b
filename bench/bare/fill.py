"""Makes the bare site's tables and its one page; prints the page's path. Run by bench/sites.py."""

import django
from django.core.management import call_command

PARAGRAPHS = 6
TEXT = "<p>A paragraph of plain words, as long as on a page of guidance, with a <b>bold</b> word in it.</p>"


def main() -> None:
    django.setup()
    from wagtail.models import Page  # reason: app ready

    from bare.content.models import ContentPage

    call_command("migrate", verbosity=0, interactive=False)
    home = Page.objects.get(depth=2)
    if not ContentPage.objects.exists():
        home.add_child(instance=ContentPage(title="Content", slug="content", body=TEXT * PARAGRAPHS))
    print("/content/")


if __name__ == "__main__":
    main()
