"""Holds the state of the workspace without a screen: the profile and its changes, the advice on it, and what is open,
folded and searched for. Every change of the profile ends in one call of those who subscribed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from socui.deciding.advice import Said, Tip, WhyNot
from socui.deciding.answers import is_asked
from socui.deciding.compare import answers_changed
from socui.deciding.decide import Decider
from socui.knowledge.model import Knowledge, Question
from socui.planning.extract import Extracted, extract
from socui.planning.model import Plan
from socui.planning.plan_for import plan_of
from socui.planning.words import Words
from socui.profiles.countries import seat
from socui.profiles.profile import Profile
from socui.profiles.session import Session
from socui.profiles.undo import History
from socui.reports.card import Card, card, card_for
from socui.screens.workspace.moved import Moved, Side, moved
from socui.screens.workspace.navigation import Landing, Navigation

if TYPE_CHECKING:
    from socui.screens.workspace.question_words import Matching, QuestionWords

FOLDED = ("asked", "neighbours", "hints", "not", "limits")
"""Sections of the recommendation that show only their heading at first: what one looks up, not what one reads first."""


class Late(Struct, frozen=True):
    """Values that take longer than a key may, worked out a moment after the last one."""

    tips: tuple[Tip, ...]
    why_not: tuple[WhyNot, ...]


class _Answer(Struct, frozen=True):
    """When what can be had, and the answer on one card."""

    plan: Plan
    card: Card


class WorkspaceState:
    """The profile in work with everything that is shown of it."""

    def __init__(self, session: Session, decider: Decider, today: Callable[[], date]) -> None:
        self.decider = decider
        self.navigation = Navigation(self)
        self._today = today
        self._listeners: list[Callable[[], None]] = []
        self._words: QuestionWords | None = None
        self._matched: tuple[object, Matching] | None = None
        self._planned: tuple[Extracted, str, Plan] | None = None
        self.data: Path | None = None
        """The folder of the knowledge base, where it is not the one that comes with socui."""
        self.folded = set(FOLDED)
        self.opened_rows: set[str] = set()
        self._take(session)

    def _take(self, session: Session) -> None:
        self.session = session
        self.sought = ""
        self.late: Late | None = None
        self._answer: _Answer | None = None
        self.why: tuple[Said, ...] | None = None
        self._before: Side | None = None
        self.moved = Moved()
        self.begun = False
        """Whether the person went past what happened without saying it."""
        self.current: str | None = None
        self._advise()
        if not self.starting:
            self.current = self.advice.next or next(iter(self.advice.states), None)

    # ---- what there is

    @property
    def starting(self) -> bool:
        """Whether nothing is known yet: the interview begins with what happened."""
        profile = self.profile
        return profile.silent and not (self.begun or profile.not_sure or profile.notes)

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge that decides, in the words of the profile's country."""
        return self._local.knowledge

    @property
    def today(self) -> date:
        """The day that turns dates into answers; tests pin it."""
        return self._today()

    @property
    def work(self) -> History:
        """What the keys change: the what-if where one is open, else the profile itself."""
        return self.session.work

    @property
    def profile(self) -> Profile:
        """What is shown and changed: the what-if where one is open, else the profile itself."""
        return self.work.profile

    @property
    def question(self) -> Question | None:
        """The question that is open."""
        return self.knowledge.questions[self.current] if self.current is not None else None

    # ---- one change, one advice, one call

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Have this called after every change of the profile."""
        self._listeners.append(listener)

    def open(self, session: Session) -> None:
        """Work on another profile from now on."""
        self._take(session)
        self._tell()

    def change(self, profile: Profile) -> bool:
        """Take a new value of the profile, which undo takes back. Gives whether it differs."""
        moved = self.work.change(profile)
        if moved:
            self.decide()
        return moved

    def decide(self) -> None:
        """The profile is another one by now: work out the advice, and call those who subscribed."""
        self._advise()
        self._tell()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def _advise(self) -> None:
        self._local = self.decider.local(seat(self.profile))
        self.advice = self._local.advise(self.profile, self.today)
        self.late = self.why = self._answer = None
        fork = self.session.fork
        if fork is None:
            self._before, self.moved = None, Moved()
            self.session.result = self.advice.result
            return
        if self._before is None:
            profile, today = self.session.profile, self.today
            advice = self.decider.advise(profile, today)
            self._before = Side(profile, advice, card_for(self.decider, profile, today))
        self.moved = moved(self.knowledge, self._before, Side(fork.profile, self.advice, self.answer.card))

    def work_out_late(self) -> None:
        """Work out what takes longer than a key may: what would change the result, why no other one, the plan."""
        profile, today = self.profile, self.today
        self.late = Late(self.decider.tips(profile, today), self.decider.why_not(profile, today))

    @property
    def obtains(self) -> bool:
        """Whether others' reports are collected and none is issued: what follows is the list of vendors."""
        return self.profile.answers.get("role") == "obtain"

    @property
    def silent(self) -> bool:
        """Whether nothing was said yet, so that there is nothing to advise."""
        return self.profile.silent

    def card_text(self) -> str:
        """Return the answer card as some ten lines of plain prose."""
        from socui.reports.card_lines import card_text

        return card_text(self.answer.card, self.knowledge.texts)

    @property
    def answer(self) -> _Answer:
        """The plan and the answer card of the profile as it is now; worked out when first asked for."""
        if self._answer is None:
            plan = self._plan()
            self._answer = _Answer(plan, card(self.knowledge, self.profile, self.advice, plan))
        return self._answer

    def _plan(self) -> Plan:
        """Return the plan; made anew only where what it rests on is not the same any more, which few answers change."""
        country = seat(self.profile)
        inputs = extract(self._local, self.profile, self.today)
        if self._planned is None or self._planned[:2] != (inputs, country):
            self._planned = inputs, country, plan_of(inputs, Words(self.knowledge.messages, country))
        return self._planned[2]

    def turn_why(self) -> bool:
        """Work out the fewest answers that force the result, or forget them. Gives whether they are shown now."""
        self.why = self.decider.why(self.profile, self.today) if self.why is None else None
        return self.why is not None

    # ---- the questions

    def go(self, id: str) -> bool:
        """Open that question; the one before is complete now. Gives whether that changed something. A question that the
        filter hides ends it."""
        if self.sought and id not in self.matching:
            self.sought = ""
        completed = self.current is not None and self.current != id and self.work.leave(self.current)
        self.current = id
        if completed:
            self.decide()
        return completed

    def leave(self) -> None:
        """The person moved on: what is not ticked in the open question is now no."""
        if self.current is not None and self.work.leave(self.current):
            self.decide()

    def rest(self) -> None:
        """Open no question: the cursor is on a request or on what happened."""
        self.leave()
        self.current = None

    def travel(self, step: Callable[[History], bool]) -> Landing | None:
        """Undo or redo. Gives the question whose answer that changes; None where there is nothing to take back."""
        before = self.profile
        if not step(self.work):
            return None
        self.decide()
        changed = answers_changed(before, self.profile)
        if not changed or self.current in changed:
            return Landing(None)
        return Landing(next((q for q in self.navigation.order() if q in changed), None))

    # ---- search

    @property
    def matching(self) -> frozenset[str]:
        """The questions that have all the words sought, parts of words and notes included; all of them where none are."""
        return self._matching().ids

    @property
    def sought_as(self) -> str:
        """What is looked for instead, where a word sought is misspelled."""
        return self._matching().read_as

    def _matching(self) -> Matching:
        asked = tuple(id for id, question in self.knowledge.questions.items() if is_asked(self.profile, question))
        read = (self.sought, asked, self.profile.notes)
        if self._matched is None or self._matched[0] != read:
            from socui.screens.workspace.question_words import QuestionWords

            self._words = self._words or QuestionWords(self.knowledge, self.data)
            self._matched = read, self._words.matching(asked, self.profile, self.sought)
        return self._matched[1]

    # ---- what if

    def begin_what_if(self) -> bool:
        """Open a what-if of the profile as it is. Gives False where one is open already."""
        begun = self.session.begin_fork()
        if begun:
            self.decide()
        return begun

    def keep_what_if(self) -> bool:
        """Return the what-if becomes the profile. Gives whether that changed anything."""
        moved = self.session.keep_fork()
        self.decide()
        return moved

    def save_what_if(self, name: str) -> None:
        """Save the what-if as a new profile; no question is open then. Raises StoreError, ProfileError."""
        self.session.save_fork_as(name, self.advice.result)
        self.current = None
        self.decide()

    def drop_what_if(self) -> None:
        """Forget the what-if; no question is open then."""
        self.session.drop_fork()
        self.current = None
        self.decide()
