"""Reminders of pledges that the open review cycle has no report of."""
