"""Reads a pasted request: what it asks for, each with the words that say so. Nothing counts before a person confirms."""
