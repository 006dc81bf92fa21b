"""The room where the secretariat takes tables of pledges in."""
