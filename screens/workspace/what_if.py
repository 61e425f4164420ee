"""What if: other answers beside today's, what they change, and keeping or dropping them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual import work

from socui.deciding.advice import Advice
from socui.deciding.compare import NO_ANSWER, NOT_SPOKEN, OPEN, Pair, answers, notes_changed, results
from socui.screens.widgets.comparison import NAMES
from socui.screens.widgets.lines import BLANK, Line, Span, clip, flow, width_of
from socui.screens.workspace.actions import Answering
from socui.settings.commands import key_of

WAYS = (
    "See both side by side",
    "Keep it as the profile; undo takes it back",
    "Drop it: back to today's answers",
    "Go on with it",
)


def counted(number: int) -> str:
    """A number of changes, in words."""
    return "nothing changed yet" if not number else "1 change" if number == 1 else f"{number} changes"


def forked_lines(pairs: Iterable[Pair], number: int, width: int) -> Iterator[Line]:
    """What stands above the recommendation of a what-if: headline and verdicts today and then, and what else differs."""
    run = ("run", "what_if")
    hint = f" · {key_of('what_if', 'w')} {'compares, keeps or drops it' if number else 'leads out'}"
    words = (Span("What if: ", "warn strong"), Span(counted(number)), Span(hint, "dim"))
    yield from flow(words, width, (Span(" "),), tag=run, stop=True)
    for pair in pairs:
        if pair.differs:
            title = Span(f"{pair.title}: ", pair.id if pair.id in NAMES else "")
            before, after = (NOT_SPOKEN if w == OPEN else w for w in pair.words)
            moved = (title, Span(f"{before} → "), Span(after, "strong"))
            yield from flow(moved, width, (Span(" ≠ ", "warn"),), tag=run)
        elif pair.id in ("headline", *NAMES):
            yield from flow(f"{pair.title}: {pair.words[0]}, as today", width, (Span(" = "),), style="dim", tag=run)
    yield BLANK


def marked(lines: Iterable[Line], pairs: Iterable[Pair], width: int) -> Iterator[Line]:
    """The lines of the questions, with a mark on each whose answer is another one, and the answer of today."""
    changed = {p.id: NO_ANSWER if p.words[0] == OPEN else p.words[0] for p in pairs if p.differs}
    told = False
    for line in lines:
        id = line.tag[1] if len(line.tag) > 1 else ""
        if id in changed and line.tag[0] == "question":
            *lead, last = line.spans
            words = clip(f" ≠{last.text} (today: {changed[id]})", width - width_of(lead) - 1)
            yield line._replace(spans=(*lead, last._replace(text=words)))
            continue
        if id in changed and line.stop and not told:
            told = True
            lead = [Span("    ≠ ", "warn")]
            yield from flow(f"today: {changed[id]}", width, tuple(lead), style="strong", tag=("ask", id))
        yield line


class Forking(Answering):
    """The actions of a what-if. What is shown of it is worked out once a change."""

    before: Advice | None = None
    """What is said of today's answers while a what-if is open."""
    pairs: Sequence[Pair] = ()
    """Today's answers beside those of the what-if."""
    moved_results: Sequence[Pair] = ()
    """Today's results beside those of the what-if."""
    changes = 0
    _where: str | None = None

    def weigh(self) -> None:
        """After a change: what the what-if changes, or the result that is saved with the profile."""
        fork = self.session.fork
        if fork is None:
            self.before, self.pairs, self.moved_results, self.changes = None, (), (), 0
            self.session.result = self.advice.result
            return
        today = self.session.profile
        if self.before is None:
            self.before = self.decider.advise(today, self.today)
        self.pairs = list(answers(self.knowledge, today, fork.profile))
        self.moved_results = list(results(self.knowledge, self.before, self.advice))
        self.changes = sum(p.differs for p in self.pairs) + notes_changed(today, fork.profile)

    def action_what_if(self) -> None:
        """Begin a what-if; lead out of one."""
        if self.session.begin_fork():
            self._where = self.current
            told = self.sheet("recommendation")
            told.cursor = ("run", "what_if")  # there, so that what changes is in sight as soon as the pane is
            self.changed()
            told.reveal()
            self.focus_pane(0)
        else:
            self.leave_fork()

    def leave_fork(self) -> None:
        """Out of the what-if, if one is open; where it changes something, ask what is to become of it."""
        if self.session.fork is not None:
            self._settle_fork()

    @work
    async def _settle_fork(self) -> None:
        await self.settle_fork()

    async def settle_fork(self, again: str = "") -> bool:
        """Ask what is to become of the what-if, and do it; `again` says why it is asked. One that changes nothing is
        closed at once. Gives whether it is closed. To be awaited in a worker."""
        if not self.changes:
            self._drop_fork("nothing was changed: these are today's answers")
            return True
        from socui.screens.dialogs import choose

        text = again or f"{counted(self.changes)}; today's answers are as they were."
        how = await choose(self.app, "What if", text, WAYS)
        if how == 0:
            from socui.screens.compare import Compare

            sides = (self.session.profile, self.profile)
            await self.app.push_screen_wait(Compare(self.decider, *sides, self.today, ("Today", "What if")))
            return await self.settle_fork(again)
        if how == 1:
            moved = self.session.keep_fork()
            self.changed()
            self.tell("the what-if is your profile now; u takes it back" if moved else "nothing was changed")
        elif how == 2:
            self._drop_fork("dropped: these are today's answers")
        return how in (1, 2)

    def _drop_fork(self, told: str) -> None:
        self.session.drop_fork()
        self.current, where = None, self._where
        self.changed()
        self.go(where)
        self.tell(told)
