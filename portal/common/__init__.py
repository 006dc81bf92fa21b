"""What every app may use: actors, ids, events, phrases, middleware."""
