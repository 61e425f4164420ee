"""Advice as text, Markdown, HTML and JSON."""
