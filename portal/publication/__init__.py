"""The public ledger: the only thing the public reads of what organizations write."""
