"""One organization that is there twice becomes one, and can be parted again: parts, verbs, reads, mails."""
