"""From a request to an answer: query, facets, passages."""
