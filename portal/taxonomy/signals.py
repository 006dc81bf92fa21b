"""What the vocabularies ask of the apps above them.

`evidence_sought(sender=GlossaryProposal, references, terms, language)` asks, when a mined proposal is
shown, for the public texts it refers to: a receiver answers with `evidence.Example`s. Pages and records
stand above the vocabularies; without a receiver there are no examples.
"""

from django.dispatch import Signal

evidence_sought = Signal()
