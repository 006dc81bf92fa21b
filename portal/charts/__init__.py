"""Figures drawn on the server: plot, table, files of one declaration; imports `portal.tables` and below."""
