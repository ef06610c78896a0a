"""Every engine through the same suite."""
