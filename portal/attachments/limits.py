"""What can be attached, and how much of it."""

from portal.files.enums import FileType

ACCEPTED = (FileType.PDF, FileType.DOCX, FileType.JPEG, FileType.PNG)
PICTURES = frozenset({FileType.JPEG, FileType.PNG})
MAX_FILES = 5
MAX_MEGABYTES = 10
MAX_TITLE, MAX_ALTERNATIVE = 200, 500
# Of the words of one file that search and readers of the secretariat look through.
MAX_CHARACTERS = 300_000
# Of what they point at.
MAX_POINTED = 50
