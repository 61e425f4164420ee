"""What socui knows: TOML only, read by socui.knowledge."""
