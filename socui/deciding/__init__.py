"""From answers to advice."""
