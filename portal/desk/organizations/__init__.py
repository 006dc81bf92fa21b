"""An organization's own pages at the desk: register, profile, where it stands."""
