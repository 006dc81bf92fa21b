"""The judged set: needs with graded places, the texts they are graded over, and what is measured."""
