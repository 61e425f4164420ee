"""Complete example profiles, each with the result it is expected to have."""
