"""Dates to keep: deadlines, meetings, review cycles, as a list, a calendar file and a feed."""
