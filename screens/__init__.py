"""What is seen: one module and one stylesheet a screen."""
