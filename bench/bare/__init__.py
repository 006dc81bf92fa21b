"""The smallest Wagtail site with the settings of a new project; bench/pages.py compares with it."""
