"""The knowledge base: its parts as frozen values, and how they are read and checked."""
