"""Open data: the catalogue of what is offered as files, and the whole public ledger as one download."""
