"""The collecting side: what to ask of each vendor, and what its reports are worth for one's own year."""
