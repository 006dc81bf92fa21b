"""What a document of the library may be and cost; declared once, told in docs/importing.md."""

MAX_MEGABYTES = 100
# Of the process apart that reads a PDF or Word file.
CPU_SECONDS = 120
MAX_DATA = 1 << 30
# Of the clock: a busy machine gives the seconds late.
PATIENCE = 300
# Optical recognition: pages, and seconds a page.
OCR_PAGES = 300
OCR_SECONDS = 90
