"""How much a person can keep; models, forms and verbs read it."""

DOSSIERS_A_PERSON = 100
ITEMS_A_DOSSIER = 500
SHARES_A_DOSSIER = 50
SHARES_A_DAY = 100
TITLE = 200
DESCRIPTION = 5_000
COMMENT = 5_000
QUESTION = 300
