"""The index as the worker keeps it: outbox, builders, generations and their consistency with the database."""
