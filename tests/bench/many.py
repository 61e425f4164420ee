"""A bare OptionList of as many lines as the argument says. What the list of profiles is compared with."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import OptionList


class Many(App[None]):
    """The list; l opens it, q leaves."""

    BINDINGS = [("l", "list", "List"), ("q", "quit", "Quit")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """An empty list."""
        yield OptionList("READY")

    def action_list(self) -> None:
        """Fill it."""
        rows = (f"Profile {i:05}  Organization {i % 97}  SOC 2  12" for i in range(int(sys.argv[1])))
        self.query_one(OptionList).clear_options().add_options(rows)


if __name__ == "__main__":
    Many().run()
