"""What socui knows: TOML only, read by socui.knowledge."""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the shipped base is; its examples are in the folder `examples`. A plain path: importlib.resources takes longer to
import than everything in it to read."""
