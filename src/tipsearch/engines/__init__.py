"""Search engines behind one contract: see `tipsearch.engines.base`."""
