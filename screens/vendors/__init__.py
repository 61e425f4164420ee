"""The vendors whose reports are asked for, on the screen."""
