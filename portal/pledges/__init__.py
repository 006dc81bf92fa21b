"""Global Refugee Forum pledges and their links."""
