"""Sent inside the transaction that changes the library; receivers enqueue, they do no work.

`document_changed(sender=LibraryDocument, key=str)`: added, described anew or withdrawn. `key` is the
public id.

`words_sought(sender=LibraryPassage, text, query, ui_language, language, how)` asks, when a page is read,
which words of a text a search finds: a receiver answers with their spans `[(start, end)]`. Whoever knows
how is above the library; without a receiver nothing is marked.

`holding_asked(sender=LibraryDocument, key)` asks what the search holds of a document: a receiver answers
with a `searched.Held`, or None where it cannot say.
"""

from django.dispatch import Signal

document_changed = Signal()
words_sought = Signal()
holding_asked = Signal()
