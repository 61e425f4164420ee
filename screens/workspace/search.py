"""Finds a question by its words, or the question whose answer says most."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from rich.cells import cell_len
from textual.binding import Binding, BindingType

from socui.deciding.advice import Advice, State
from socui.deciding.decide import Decider
from socui.deciding.most_deciding import Telling, most_telling, telling_words
from socui.profiles.profile import Profile
from socui.screens.widgets.lines import Line, Span, clip, flow, width_of
from socui.screens.widgets.text_field import Field
from socui.screens.workspace.elsewhere import Elsewhere
from socui.settings.commands import key_of
from socui.text import visible

if TYPE_CHECKING:
    from socui.screens.workspace.screen import Workspace


def filtered(advice: Advice, shown: frozenset[str]) -> Advice:
    """Return the advice with only those questions in it."""
    return replace(advice, states={id: state for id, state in advice.states.items() if id in shown})


def sought_lines(sought: str, read_as: str, shown: Iterable[State], asked: int, width: int) -> list[Line]:
    """Return what stands above the questions while they are filtered; a click ends it. `asked` is the number of the
    top line: what does not apply is shown, and counted apart. `read_as` is what was looked for instead of a
    misspelled word."""
    shown = list(shown)
    beside = sum(state.state == "inapplicable" for state in shown)
    number = f" · {len(shown) - beside} of {asked} questions" + (f", {beside} not asked" if beside else "")
    run = ("run", "show_all")
    words = clip(f"/ {visible(sought)}", max(width - 4, 8))
    end = Span(f"{key_of('show_all', 'escape')} shows all", "dim", run)
    counted = (Span(words, "key strong"), Span(number))
    beside_it = width_of(counted) + cell_len(end.text) + 5 <= width
    rows = ((*counted, Span(" · "), end),) if beside_it else (counted, (end,))
    lines = [line for row in rows for line in flow(row, width, (Span(" "),), tag=run)]
    return [*lines, *(flow(f"read as {read_as}", width, (Span("   "),), style="warn", tag=run) if read_as else ())]


def nothing_lines(width: int, elsewhere: Sequence[Line]) -> Sequence[Line]:
    """Return what stands there where no question has the words: what has them `elsewhere`, or where else to look."""
    if elsewhere:
        return (*flow("No question has these words.", width, (Span("  "),), style="dim"), *elsewhere)
    run = ("run", "command_palette")
    key, back = key_of("command_palette", "colon"), key_of("show_all", "escape")
    words = (Span("No question has these words. After "), Span(back, "key"), Span(", "), Span(key, "key"))
    return flow((*words, Span(" searches everything else.")), width, (Span("  "),), style="dim", tag=run)


class _Words(Field):
    """Where the words are typed. Down and enter lead to the questions; escape, which the screen binds, ends the filter."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "submit", "To the questions", show=False)]


class Search:
    """Finds a question by words, for the workspace that it is given."""

    def __init__(self, screen: Workspace) -> None:
        self.screen, self.state = screen, screen.state
        self.elsewhere = Elsewhere(screen)
        self._aside: Decider | None = None
        self._one_aside = threading.Lock()

    # ---- by words

    async def begin(self) -> None:
        """Type words; only the questions that have them are shown."""
        screen = self.screen
        if screen.pane != 0:
            screen.focus_pane(0)
        field = next(iter(screen.query(_Words)), None)
        if field is None:
            field = _Words(placeholder="words of the question", id="find", compact=True)
            await screen.mount(field, before="#panes")
        screen.add_class("-finding")
        field.value = self.state.sought
        screen.set_focus(field)  # at once: the words may have been typed by now
        screen.run_worker(self.elsewhere.gather, thread=True, group="elsewhere")

    def typed(self, words: str) -> None:
        """Show the questions that have these words."""
        self.state.sought = words
        self.screen.show("questions")
        sheet = self.screen.sheet("questions")
        sheet.scroll_to(y=0, animate=False)
        sheet.point(next((line.tag for line in sheet.lines if line.stop), ()), tell=False)

    def entered(self) -> None:
        """To the first question that has the words and is asked; where there is none, to what has them elsewhere."""
        # Hidden here and not where it loses the focus: a click must not move what it is about to fall on.
        self.screen.remove_class("-finding")
        self.screen.sheet("questions").focus()
        order, states = self.state.navigation.order(), self.state.advice.states
        asked = [id for id in order if states[id].state != "inapplicable"]
        if order:
            self.screen.answering.go((asked or order)[0])
        else:
            sheet = self.screen.sheet("questions")
            sheet.point(next((line.tag for line in sheet.lines if line.stop), ()))

    def end(self) -> None:
        """End the filter; the open question stays open. Where there is none, lead out of a what-if."""
        if not self.state.sought and not self.screen.has_class("-finding"):
            self.screen.what_if.leave()
            return
        self.state.sought = ""
        self.screen.remove_class("-finding")
        self.screen.show("questions")
        self.screen.sheet("questions").focus()
        self.screen.answering.go(self.state.current)

    # ---- by what it tells

    def most_deciding(self) -> None:
        """To the open question whose answer tells most about the result."""
        profile = self.state.profile
        self.screen.run_worker(lambda: self._work_out(profile), thread=True, group="telling", exclusive=True)

    def _work_out(self, profile: Profile) -> None:
        # It takes longer than a frame. The thread has a decider of its own, because what one compiles while deciding must
        # not be changed by two threads at once.
        with self._one_aside:
            self._aside = self._aside or Decider(self.state.knowledge)
            most = most_telling(self._aside, profile, self.state.today)
        self.screen.app.call_from_thread(self._worked_out, profile, most)

    def _worked_out(self, profile: Profile, most: Telling | None) -> None:
        if profile != self.state.profile:
            return  # answered in the meantime: another question may tell more now
        screen = self.screen
        if most is None:
            screen.tell(
                "what still decides is marked not sure" if self.state.advice.matter else "the result is settled"
            )
            return
        screen.answering.go(most.question)
        if screen.pane != 0:
            screen.focus_pane(0)
        screen.tell(telling_words(self.state.knowledge, most))
