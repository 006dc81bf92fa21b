"""Search over everything the portal publishes; imports the portal's apps, and none of them imports it."""
