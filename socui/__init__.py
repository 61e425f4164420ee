"""socui: how it decides and remembers. Runs without a terminal; Textual is imported by app.py alone."""

from pathlib import Path as _Path

from socui.version import VERSION as __version__

# In a checkout the screens and the knowledge stand beside this folder, installed they stand inside it. `python -m socui`
# from the root of a checkout finds this folder first, so it has to look beside itself as well.
_root = _Path(__file__).parent.parent
if (_root / "pyproject.toml").is_file() and (_root / "screens").is_dir():
    __path__.append(str(_root))

__all__ = ["__version__"]
