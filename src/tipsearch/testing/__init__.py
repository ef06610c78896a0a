"""Suites that run on anything that keeps a contract of tipsearch; they want pytest."""
