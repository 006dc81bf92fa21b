"""What results do on signals of the apps below: mark sought words, read a changed glossary again."""

from django.db.models.signals import post_delete, post_save

from portal.library.signals import words_sought
from portal.taxonomy.models import Concept, Term
from search.results import glossary_cache, highlighting


def connect() -> None:
    """Called once when the app is ready."""
    words_sought.connect(highlighting.marks, dispatch_uid="search")
    for signal in (post_save, post_delete):
        for model in (Concept, Term):
            signal.connect(glossary_cache.forget, sender=model, dispatch_uid="search")
