"""How an organization shows what it is and stays verified: files, vouching, appeals, suspension, the year."""
