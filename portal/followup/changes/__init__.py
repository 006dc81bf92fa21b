"""What was changed of goals and days: read from the ledger, as rows, page, file and feed."""
