"""Runs a what-if: other answers beside today's, what they change, and keeping or dropping them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len

from socui.deciding.compare import NO_ANSWER, NOT_SPOKEN, NOTHING_SAID
from socui.screens.widgets.comparison import NAMES
from socui.screens.widgets.lines import BLANK, Line, Span, flow, width_of
from socui.settings.commands import key_of
from socui.text import visible

if TYPE_CHECKING:
    from socui.deciding.compare import Compared
    from socui.screens.workspace.moved import Moved
    from socui.screens.workspace.screen import Workspace

WAYS = (
    "See both side by side",
    "Keep it as the profile; undo takes it back",
    "Save it as a new profile; today's stays as it is",
    "Drop it: back to today's answers",
    "Keep editing",
)


def _counted(number: int) -> str:
    """Return a number of changes, in words."""
    return "nothing changed yet" if not number else "1 change" if number == 1 else f"{number} changes"


def forked_lines(moved: Moved, width: int) -> Iterator[Line]:
    """Yield what stands above the recommendation of a what-if: headline and verdicts today and then, the dates that
    differ, and what else differs."""
    number = moved.changes
    heads = [pair for pair in moved.results if pair.id in ("headline", *NAMES)]
    pairs = [*heads, *moved.dates, *(pair for pair in moved.results if pair not in heads)]
    run = ("run", "what_if")
    hint = f" · {key_of('what_if', 'w')} {'compares, keeps, saves or drops it' if number else 'to finish'}"
    words = (Span("What if: ", "warn strong"), Span(_counted(number)), Span(hint, "dim"))
    yield from flow(words, width, (Span(" "),), tag=run, stop=True)
    for pair in pairs:
        if pair.differs:
            title = Span(f"{pair.title}: ", pair.id if pair.id in NAMES else "")
            before, after = (NOT_SPOKEN if w == NOTHING_SAID else w for w in pair.words)
            yield from flow(
                (title, Span(f"{before} → "), Span(after, "strong")), width, (Span(" ≠ ", "warn"),), tag=run
            )
        elif pair.id in ("headline", *NAMES):
            yield from flow(f"{pair.title}: {pair.words[0]}, as today", width, (Span(" = "),), style="dim", tag=run)
    yield BLANK


def marked(lines: Iterable[Line], pairs: Iterable[Compared], width: int) -> Iterator[Line]:
    """Yield the lines of the questions, with a mark on each whose answer is another one, and the answer of today: in
    the same row where there is room, else below it."""
    changed = {p.id: NO_ANSWER if p.words[0] == NOTHING_SAID else p.words[0] for p in pairs if p.differs}
    marked_once = False
    for line in lines:
        id = line.tag[1] if len(line.tag) > 1 else ""
        if id in changed and line.tag[0] == "question" and line.stop:
            *lead, last = line.spans
            today = f"(today: {changed[id]})"
            beside = f" ≠{last.text} {today}"
            if width_of(lead) + cell_len(beside) < width:
                yield line._replace(spans=(*lead, last._replace(text=beside)))
            else:
                yield line._replace(spans=(*lead, last._replace(text=f"≠ {last.text.lstrip()}")))
                yield from flow(today, width, (Span("      "),), style="strong", tag=line.tag)
            continue
        if id in changed and line.stop and not marked_once:
            marked_once = True
            lead = [Span("    ≠ ", "warn")]
            yield from flow(f"today: {changed[id]}", width, tuple(lead), style="strong", tag=("ask", id))
        yield line


class WhatIf:
    """Begins, compares and ends a what-if, for the workspace that it is given."""

    def __init__(self, screen: Workspace) -> None:
        self.screen, self.state = screen, screen.state
        self._where: str | None = None
        """The question that was open when it began."""

    def begin(self) -> None:
        """Begin a what-if; lead out of one."""
        current = self.state.current
        if not self.state.begin_what_if():
            self.leave()
            return
        self._where = current
        pane = self.screen.sheet("recommendation")
        pane.cursor = ("run", "what_if")
        pane.scroll_to(y=0, animate=False)  # so that what changes is in sight as soon as the pane is
        self.screen.focus_pane(0)

    def leave(self) -> None:
        """Out of the what-if, if one is open; where it changes something, ask what is to become of it."""
        if self.state.session.fork is not None:
            self.screen.ask(self.settle)

    async def settle(self, again: str = "") -> bool:
        """Ask what is to become of the what-if, and do it; `again` says why it is asked. One that changes nothing is
        closed at once. Gives whether it is closed. To be awaited in a worker."""
        state, changes = self.state, self.state.moved.changes
        if not changes:
            self._drop("nothing was changed: these are today's answers")
            return True
        from socui.screens.dialogs import choose

        text = again or f"{_counted(changes)}; today's answers are as they were."
        how = await choose(self.screen.app, "What if", text, WAYS)
        if how == 0:
            from socui.screens.compare import Compare

            sides = (state.session.profile, state.profile)
            compare = Compare(state.decider, *sides, state.today, ("Today", "What if"))
            await self.screen.app.push_screen_wait(compare)
            return await self.settle(again)
        if how == 1:
            moved = state.keep_what_if()
            self.screen.tell("the what-if is your profile now; u takes it back" if moved else "nothing was changed")
        elif how == 2:
            return await self._save_as_new() or await self.settle(again)
        elif how == 3:
            self._drop("dropped: these are today's answers")
        return how in (1, 3)

    async def _save_as_new(self) -> bool:
        """Ask for a name until the what-if is saved under it. Gives whether it was."""
        from socui.errors import ProfileError, StoreError
        from socui.screens.dialogs import TextDialog

        profile, where, problem = self.state.session.profile, self._where, ""
        name = f"{profile.name} (what if)" if profile.name else ""
        while True:
            ask = TextDialog("Save the what-if as a new profile", name, "its name", problem, name=True)
            answer = await self.screen.app.push_screen_wait(ask)
            if answer is None:
                return False
            name = answer
            try:
                self.state.save_what_if(name)
            except (StoreError, ProfileError) as error:
                problem = str(error)
                continue
            self.screen.answering.go(where)
            self.screen.tell(f"saved as {visible(name)}; these are today's answers")
            return True

    def _drop(self, words: str) -> None:
        where = self._where
        self.state.drop_what_if()
        self.screen.answering.go(where)
        self.screen.tell(words)
