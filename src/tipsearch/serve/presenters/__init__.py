"""From answers and documents to what a template shows: every text, label and link decided, nothing left to compute."""
