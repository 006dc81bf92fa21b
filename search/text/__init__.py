"""What a text is made of: words, terms, stems and the language they are in; pure, every room may call it."""
