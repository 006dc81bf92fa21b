"""Real PostgreSQL and Elasticsearch servers for tests; used by bin/services only, standard library only."""
