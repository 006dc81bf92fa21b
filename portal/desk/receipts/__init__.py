"""Receipts beside the page: by mail, as a PDF file and as text, in the language of who submitted."""
