"""The review pack of a cycle: what its snapshot holds, put together for those who review it."""
