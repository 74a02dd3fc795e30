"""Engines: the same work on one document, carried out here or in many processes."""
