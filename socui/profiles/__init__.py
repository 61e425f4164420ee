"""Profiles, their files and folders."""
