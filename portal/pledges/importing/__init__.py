"""The room of imports: words of tables, rows as pledges, what a row changes, and its storing."""
