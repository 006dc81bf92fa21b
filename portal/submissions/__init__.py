"""What an organization writes, once: states, rules, verbs, versions with receipts, and the desk's pages."""
