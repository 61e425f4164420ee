"""Saved profiles, drafts and examples."""
