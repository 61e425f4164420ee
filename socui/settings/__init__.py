"""Keys, config.toml and what is remembered."""
