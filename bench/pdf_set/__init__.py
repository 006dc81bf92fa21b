"""Makes the PDF files by which the extraction of text is measured; `bench/pdf_texts.py` runs it."""
