"""socui: how it decides and remembers. Runs without a terminal; Textual is imported by app.py alone.

As a library: `from socui import advise, assess`. `advise` gives everything that is said of a set of answers, `assess` the
headline and the main conclusions of a row of a table (an `Outcome`), fast enough for hundreds of thousands. Both are pure:
the same arguments give the same result, no clock is read, and values and functions can be pickled, so that any engine can
map them over processes. Nothing is loaded before they are used.
"""

import os as _os

from socui.version import VERSION as __version__

# In a checkout the screens and the knowledge stand beside this folder, installed they stand inside it. `python -m socui`
# from the root of a checkout finds this folder first, so it has to look beside itself as well.
# With os.path, since importing pathlib takes as long as all else that `socui --version` does.
_root = _os.path.dirname(_os.path.dirname(_os.path.abspath(__file__)))  # noqa: PTH100, PTH120
if _os.path.isfile(_os.path.join(_root, "pyproject.toml")) and _os.path.isdir(_os.path.join(_root, "screens")):  # noqa: PTH112, PTH113, PTH118
    __path__.append(_root)

TYPE_CHECKING = False  # type checkers take it for true; importing typing costs more than the rest of this module
if TYPE_CHECKING:
    from socui.api import Outcome, advise, assess

__all__ = ["Outcome", "__version__", "advise", "assess"]


def __getattr__(name: str) -> object:
    if name in ("Outcome", "advise", "assess"):
        from socui import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
