"""What the follow-up asks of each role at the desk: parties, holders of seats."""
