"""What every Wagtail page shares: base class, blocks, addresses, serving."""
