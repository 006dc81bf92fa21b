"""Who belongs to an organization: roles, invitations, requests to join, owners that are appointed."""
