"""The screen of questions, comparison and recommendation."""
