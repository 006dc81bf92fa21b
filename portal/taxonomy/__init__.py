"""Shared vocabularies: organization types, glossary concepts, outcomes."""
