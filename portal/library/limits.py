"""What a document of the library may be and cost; declared once, told in docs/importing.md."""

MAX_MEGABYTES = 100
# Bytes; what is larger is read by the worker, and so is what comes after so many seconds of one request.
LARGE = 500_000
AT_ONCE_SECONDS = 20
# Of the process apart that reads a PDF or Word file; its seconds are `extraction.blocks.MAX_SECONDS`.
MAX_DATA = 1 << 30
# Of the clock: a busy machine gives the seconds late.
PATIENCE = 300
# Optical recognition: pages, and seconds a page.
OCR_PAGES = 300
OCR_SECONDS = 90
