"""A bare app of three panes: a list, a table of 7 by 3 and a text, both shown anew at every key, in one frame, with no
layout, from plain text. What keys, starting and memory of the workspace are compared with: as lean as stock widgets go."""

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

TEXT = "controls relevant to a user entity over financial reporting security availability and confidentiality"
WORDS = TEXT.split()


def words(seed: int, count: int) -> str:
    """Some words that differ with the seed."""
    return " ".join(WORDS[(seed * 5 + i * 7 + i // 3) % len(WORDS)] for i in range(count))


class Three(App[None]):
    """The three panes; down and up move in the list, q leaves."""

    BINDINGS = [  # noqa: RUF012
        ("q", "quit", "Quit"),
    ]
    CSS = """
    OptionList { width: 41%; height: 1fr; }
    #table { height: 11fr; border: round gray; }
    #text { height: 12fr; border: round gray; }
    """

    def compose(self) -> ComposeResult:
        """The panes."""
        with Horizontal():
            yield List(*(f"option {i}: {words(i, 3)[:30]}" for i in range(200)))
            with Vertical():
                yield Static("", id="table")
                yield Static("", id="text")

    def on_mount(self) -> None:
        """Fill them."""
        self.show(0)

    def show(self, at: int) -> None:
        """The whole table and the whole text anew."""
        cells = [[f"{words(at + row + i, 3)[:20]:21}" for i in range(3)] for row in range(7)]
        self.query_one("#table", Static).update(Content("\n".join(" ".join(row) for row in cells)), layout=False)
        self.query_one("#text", Static).update(Content(f"text {at}: " + words(at, 120)), layout=False)


class List(OptionList):
    """Shows the other panes in the same frame in which the highlight moves, which a message would not."""

    def _move(self, step: int) -> None:
        with self.app.batch_update():
            self.highlighted = (self.highlighted or 0) + step
            app = self.app
            assert isinstance(app, Three)
            app.show(self.highlighted)

    def action_cursor_down(self) -> None:
        """One down."""
        self._move(1)

    def action_cursor_up(self) -> None:
        """One up."""
        self._move(-1)


if __name__ == "__main__":
    Three().run()
