"""Findings and reports as people and programs read them. Everything here makes strings; nothing is decided."""
