"""The engines: one protocol (`base`), the embedded one on tantivy, and Elasticsearch."""
