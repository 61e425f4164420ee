"""What a knowledge base is made of, and reading it."""
