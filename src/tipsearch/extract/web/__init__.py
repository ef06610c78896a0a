"""Publication pages, as markup or scraped as text: their own text and facts, and the cards of others on them."""
