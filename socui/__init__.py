"""socui: how it decides and remembers. Runs without a terminal; Textual is imported by app.py alone.

As a library: `from socui import advise, answer_card, assess`. `advise` gives everything that is said of a set of answers,
`answer_card` the answer with Type, dates and fee on one card, `assess` the
headline and the main conclusions of a row of a table (an `Outcome`), fast enough for hundreds of thousands. Both are pure:
the same arguments give the same result, no clock is read, and values and functions can be pickled, so that any engine can
map them over processes. Nothing is loaded before they are used.
"""

from socui.version import VERSION as __version__

TYPE_CHECKING = False  # type checkers take it for true; importing typing costs more than the rest of this module
if TYPE_CHECKING:
    from socui.api import Outcome, advise, answer_card, assess

__all__ = ["Outcome", "__version__", "advise", "answer_card", "assess"]


def __getattr__(name: str) -> object:
    if name in ("Outcome", "advise", "answer_card", "assess"):
        from socui import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
