"""Work that a request only notes and a worker does: mails, long jobs, schedules, loops of other apps."""
