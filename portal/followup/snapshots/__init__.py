"""What a review cycle keeps when it is frozen: the file of the ledger, and who has reported."""
