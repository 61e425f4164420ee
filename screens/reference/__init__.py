"""Facts, sources, glossary."""
