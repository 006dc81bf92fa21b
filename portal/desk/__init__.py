"""The front door of the private half: an organization's own work in one place."""
