"""Saved searches of a person, their alerts, feeds, batch searches and exports of result sets."""
