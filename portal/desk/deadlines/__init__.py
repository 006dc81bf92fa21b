"""The desk's pages for later deadlines of one organization: the secretariat gives and revokes them."""
