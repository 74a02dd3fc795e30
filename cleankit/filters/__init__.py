"""Filters that a pattern cannot say, one module each. They do not import one another."""
