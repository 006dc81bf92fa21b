"""Formats of dates where Django's are not ours; named by `FORMAT_MODULE_PATH`."""
