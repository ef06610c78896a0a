"""Pages and API, in the test client and in a real browser."""
