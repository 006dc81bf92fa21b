"""Conclusions of a consultation: what is recommended, in which segment, and who took part."""
