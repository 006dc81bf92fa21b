"""Pledges that are perhaps the same: proposed, decided by a person, merged, undone."""
