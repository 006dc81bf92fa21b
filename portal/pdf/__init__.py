"""Documents with page numbers, contents and embedded fonts as PDF files; knows no app and no model."""
