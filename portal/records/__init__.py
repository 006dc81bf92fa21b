"""The public face of the ledger: lists, pages, trace, exports, feeds and read API of every kind of record."""
