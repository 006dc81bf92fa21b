"""The desk's pages for members of an organization; and for whom somebody acts."""
