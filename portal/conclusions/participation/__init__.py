"""Who took part in a consultation, counted by category of organization, and put into words."""
