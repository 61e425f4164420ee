"""The plan in months and dates."""
