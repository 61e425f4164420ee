"""What the profile under the cursor comes to, beside the list: its answer card, worked out in a thread once the cursor
rests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from textual import work

from socui.profiles.migrate import brought_up
from socui.screens.library.entries import ListEntry
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import Line, Span, flow
from socui.text import visible

if TYPE_CHECKING:
    from textual.timer import Timer

    from socui.deciding.decide import Decider
    from socui.knowledge.model import Knowledge
    from socui.profiles.profile import Profile
    from socui.reports.card import Card

RESTS = 0.12
"""Seconds that the cursor has to rest before a profile is decided."""
_LABEL, _LONGEST = 14, 100
"""Cells of a row's label, and of a line where there is more room."""


class Glance(Struct, frozen=True):
    """A profile with its card; without one, `problem` says why there is none."""

    entry: ListEntry
    profile: Profile | None = None
    card: Card | None = None
    problem: str = ""


class Decides:
    """Works out the card of a profile, in a thread.

    It has a decider of its own, made when first needed, because two threads must not use one at a time.
    """

    def __init__(self, knowledge: Knowledge, today: date) -> None:
        self.knowledge, self.today = knowledge, today
        self._decider: Decider | None = None

    def card(self, profile: Profile) -> Card:
        """Return the card of a profile. Takes a moment."""
        from socui.deciding.decide import Decider
        from socui.reports.card import card_for

        decider = self._decider = self._decider or Decider(self.knowledge)
        profile, _ = brought_up(self.knowledge, profile)
        return card_for(decider, profile, self.today)


def glance_lines(glance: Glance | None, texts: Mapping[str, str], width: int) -> list[Line]:
    """Return the whole name, whose it is, the answer and the rows of the card."""
    if glance is None:
        return []
    return list(_lines(glance, texts, min(width, _LONGEST)))


def _lines(glance: Glance, texts: Mapping[str, str], width: int) -> Iterator[Line]:
    from socui.reports.card_lines import card_rows

    profile, card = glance.profile, glance.card
    yield from flow(visible(glance.entry.head.title), width, (Span(" "),), style="strong")
    about = " · ".join(visible(t) for t in (profile.organization, profile.service) if t) if profile else ""
    if about:
        yield from flow(about, width, (Span(" "),), style="dim")
    if glance.problem:
        yield from flow(glance.problem, width, (Span(" "),), style="warn")
    if card is None:
        return
    yield from flow((Span(visible(card.title), "strong"), Span(f" ({card.status})", "dim")), width, (Span(" "),))
    for row in card_rows(card, texts):
        style = "warn" if row.role == "urgent" else ""
        for number, entry in enumerate(row.entries, 1):
            label = row.label if number == 1 else ""
            count = f"{number}. " if row.role == "steps" else ""
            lead = (Span(f" {label:{_LABEL}}", "dim"), Span(count))
            yield from flow(visible(entry.text), width, lead, style=style)


class Peek(Sheet):
    """Shows the entry under the cursor. `read` gives its profile, or why there is none; it may be called from a thread."""

    def __init__(
        self, read: Callable[[ListEntry], Profile | str], knowledge: Knowledge, today: Callable[[], date]
    ) -> None:
        super().__init__(id="glance")
        self._read, self.knowledge, self.today = read, knowledge, today
        self._decides: Decides | None = None
        self._wanted: ListEntry | None = None
        self._timer: Timer | None = None
        self._works = False
        self.glance: Glance | None = None
        self.border_title = "In short"
        self.builder = lambda w: (glance_lines(self.glance, knowledge.texts, w), ())

    @property
    def settled(self) -> bool:
        """Whether what is shown is what is under the cursor."""
        return (self.glance.entry if self.glance else None) == self._wanted

    def action_choose(self) -> None:
        """As in the list: open what is under its cursor."""
        self.app.call_later(self.screen.run_action, "open")

    def look_at(self, entry: ListEntry | None) -> None:
        """Show that one once the cursor rests on it; nothing for None."""
        self._wanted = entry
        if entry is None:
            self._show(None)
        elif self._timer is None:
            self._timer = self.set_timer(RESTS, self._rested)
        else:
            self._timer.reset()
            self._timer.resume()

    def _rested(self) -> None:
        self._timer = None
        self._decides = self._decides or Decides(self.knowledge, self.today())
        if not self._works:
            self._catch_up()

    @work(group="glance")
    async def _catch_up(self) -> None:
        """Work out one after the other, the one that is wanted by then."""
        self._works = True
        try:
            while self.display and not self.settled and (wanted := self._wanted) is not None:
                glance = await asyncio.to_thread(self._worked_out, wanted)
                if self._wanted == wanted:
                    self._show(glance)
        finally:
            self._works = False

    def _worked_out(self, entry: ListEntry) -> Glance:
        profile = self._read(entry)
        if isinstance(profile, str):
            return Glance(entry, None, None, profile)
        if profile.silent:
            return Glance(entry, profile, None, "Nothing is answered yet.")
        assert self._decides is not None
        return Glance(entry, profile, self._decides.card(profile))

    def _show(self, glance: Glance | None) -> None:
        self.glance = glance
        if self.is_mounted:
            self.rebuild()
            self.scroll_to(y=0, animate=False)
