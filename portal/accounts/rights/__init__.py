"""The rights of persons: what is held of them, as a download; the erasure of an account; the privacy page."""
