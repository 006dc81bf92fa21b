"""Needs and offers of pledges: who could help whom and why, and help that both organizations confirm."""
