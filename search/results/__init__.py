"""From what a reader asks to what a reader is shown: query, answer, page, API and citation."""
