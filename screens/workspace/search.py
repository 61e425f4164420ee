"""Finding a question: by its words, or the one whose answer tells most."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import ClassVar

from msgspec.structs import replace
from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input

from socui.deciding.advice import Advice, State
from socui.deciding.decide import Decider
from socui.deciding.most_deciding import Telling, most_telling, telling_words
from socui.knowledge.model import Question
from socui.profiles.profile import Profile
from socui.screens.widgets.lines import Line, Span, clip, said
from socui.screens.workspace.actions import Answering
from socui.settings.commands import key_of


def words_of(question: Question) -> str:
    """Everything that a question is found by, but the note on it."""
    options = " ".join(f"{o.label} {o.short}" for o in question.options)
    return f"{question.short} {question.ask} {question.help} {options}".casefold()


def found(words: Mapping[str, str], profile: Profile, sought: str) -> frozenset[str]:
    """The questions that have all the words sought, parts of words included; `words` is what each is found by."""
    wanted = sought.casefold().split()
    return frozenset(
        id for id, text in words.items() if all(w in text or w in profile.notes.get(id, "").casefold() for w in wanted)
    )


def filtered(advice: Advice, shown: frozenset[str]) -> Advice:
    """The advice with only those questions in it."""
    return replace(advice, states={id: state for id, state in advice.states.items() if id in shown})


def sought_line(sought: str, shown: Iterable[State], asked: int, width: int) -> Line:
    """What stands above the questions while they are filtered; a click ends it. `asked` is the number of the top line:
    what does not apply is shown, and counted apart."""
    shown = list(shown)
    beside = sum(state.state == "inapplicable" for state in shown)
    number = f"  {len(shown) - beside} of {asked}" + (f", {beside} not asked" if beside else "")
    end = f"  {key_of('show_all', 'escape')} shows all"
    words = clip(f"/ {said(sought)}", max(width - len(number) - len(end) - 4, 8))
    run = ("run", "show_all")
    return Line((Span(" "), Span(words, "key strong"), Span(number), Span(end, "dim", run)), run)


class Words(Input):
    """Where the words are typed. Down and enter lead to the questions; escape, which the screen binds, ends the filter."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "submit", "To the questions", show=False)]


class Finding(Answering):
    """The actions of finding."""

    sought: str = ""

    def __init__(self) -> None:
        super().__init__()
        self._words: dict[str, str] = {}
        self._aside: Decider | None = None
        self._one_aside = threading.Lock()

    # ---- by words

    @property
    def found(self) -> frozenset[str]:
        """The questions that have the words sought; all of them where none are."""
        if not self._words:
            self._words = {q.id: words_of(q) for q in self.knowledge.questions.values()}
        return found(self._words, self.profile, self.sought)

    async def action_find(self) -> None:
        """Type words; only the questions that have them are shown."""
        if self.pane != 0:
            self.focus_pane(0)
        field = next(iter(self.query(Words)), None)
        if field is None:
            field = Words(placeholder="words of the question", id="find", compact=True)
            await self.mount(field, before="#panes")
        self.add_class("-finding")
        field.value = self.sought
        field.focus()

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        self.sought = event.value
        self.show("questions")
        sheet = self.sheet("questions")
        sheet.scroll_to(y=0, animate=False)
        sheet.point(next((line.tag for line in sheet.lines if line.stop), ()), tell=False)

    @on(Input.Submitted, "#find")
    def _entered(self) -> None:
        # Hidden here and not where it loses the focus: a click must not move what it is about to fall on.
        self.remove_class("-finding")
        self.sheet("questions").focus()
        self.go(next(iter(self.questions_in_order()), None))

    def action_show_all(self) -> None:
        """End the filter; the open question stays open. Where there is none, lead out of a what-if."""
        if not self.sought and not self.has_class("-finding"):
            self.leave_fork()
            return
        self.sought = ""
        self.remove_class("-finding")
        self.show("questions")
        sheet = self.sheet("questions")
        sheet.focus()
        self.go(self.current)

    def go(self, id: str | None, last: bool = False) -> None:
        """As everywhere; a question that the filter hides ends it."""
        if id is not None and self.sought and id not in self.found:
            self.sought = ""
            self.remove_class("-finding")
        super().go(id, last)

    # ---- by what it tells

    def action_deciding(self) -> None:
        """To the open question whose answer tells most about the result."""
        self._tell_most(self.profile)

    @work(thread=True, group="telling", exclusive=True)
    def _tell_most(self, profile: Profile) -> None:
        # It takes longer than a frame. The thread has a decider of its own, because what one compiles while deciding must
        # not be changed by two threads at once.
        with self._one_aside:
            self._aside = self._aside or Decider(self.knowledge)
            told = most_telling(self._aside, profile, self.today)
        self.app.call_from_thread(self._told, profile, told)

    def _told(self, profile: Profile, told: Telling | None) -> None:
        if profile != self.profile:
            return  # answered in the meantime: another question may tell more now
        if told is None:
            self.tell("what still decides is marked not sure" if self.advice.matter else "the result is settled")
            return
        self.go(told.question)
        if self.pane != 0:
            self.focus_pane(0)
        self.tell(telling_words(self.knowledge, told))
