"""Finds the question that comes next, in the order in which questions are asked; those that still matter come first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from socui.deciding.advice import REPORTS
from socui.deciding.answers import is_asked
from socui.settings.commands import key_of

if TYPE_CHECKING:
    from socui.planning.model import Assumed, Missing
    from socui.screens.workspace.state import WorkspaceState

OPEN_STATES = ("waiting", "confirm", "begun")


class Landing(NamedTuple):
    """Where a key leads: a question, None where there is none, and what there is to say of it. `record` is the key of the
    record that the plan lacks, where no question is left."""

    question: str | None
    words: str = ""
    record: str = ""


class Navigation:
    """Moves among the questions of the state that it is given."""

    def __init__(self, state: WorkspaceState) -> None:
        self.state = state

    def order(self) -> Sequence[str]:
        """Return the questions as they stand on the screen: those sought, or all."""
        sections = [s.id for s in self.state.knowledge.sections]
        states = self.state.advice.states
        shown = [q for q in states if is_asked(self.state.profile, states[q].question)]
        if self.state.sought:
            shown = [q for q in shown if q in self.state.matching]
        return sorted(shown, key=lambda q: sections.index(states[q].question.section))

    def fixing(self) -> Sequence[str]:
        """Return the open questions that fix Type and dates, once it is settled which report."""
        advice = self.state.advice
        return [q for q in self.order() if q in advice.to_go] if advice.stage == "dates" else ()

    def deciding_fields(self) -> dict[str, tuple[str, ...]]:
        """By request, what it leaves out and what can still change the result."""
        fields: dict[str, tuple[str, ...]] = {}
        for field in self.state.advice.fields:
            if "headline" in field.purposes:
                fields[field.request] = (*fields.get(field.request, ()), field.field)
        return fields

    def next(self) -> Landing:
        """Return the next question that can still change the result, else anything; from the end it starts over."""
        self.state.leave()
        order = self.order()
        waiting = [q for q in order if q in self.state.advice.matter]
        for others in (self.fixing(), self._scoping(), [q for q in order if self._opens(q)]):
            if not [q for q in waiting if q != self.state.current]:
                waiting = [q for q in order if q in others]
        if self.state.sought and not [q for q in waiting if q != self.state.current]:
            waiting = list(order)  # of the questions sought, those that matter come first, else any
        here = order.index(self.state.current) if self.state.current in order else -1
        turned = [*order[here + 1 :], *order[: max(here, 0)]]
        following = next((q for q in turned if q in waiting), None)
        if following is None:
            if self.state.obtains:
                return Landing(None if self.state.current else "role", f"{key_of('vendors', 'V')} lists your vendors")
            if self.deciding_fields():
                return Landing(None, "a request at the top decides")
            return self._lacking() or Landing(None, "no other question matters any more")
        return Landing(following, "from the top again" if order.index(following) <= here else "")

    def _lacking(self) -> Landing | None:
        """Return the record that the plan lacks something of."""
        plan = self.state.answer.plan
        lacks: tuple[Missing | Assumed, ...] = (*plan.missing, *plan.assumed)
        lacking = next((i for i in lacks if i.key.startswith(("reports_held.", "events."))), None)
        if lacking is None:
            return None
        return Landing(None, f"{lacking.sentence} {key_of('choose', 'enter')} opens it", lacking.key)

    def _opens(self, id: str) -> bool:
        state = self.state.advice.states[id]
        return state.state in OPEN_STATES and bool(state.purposes)

    def _scoping(self) -> Sequence[str]:
        """Return the open questions that can change something of a report that is advised."""
        advised = set(filter(self.state.advice.advised, REPORTS))
        reports = {q: self.state.advice.states[q].question.reports for q in self.order()}
        return [q for q, of in reports.items() if self._opens(q) and (not of or advised.intersection(of))]

    def previous(self) -> Landing:
        """Return the question before, answered or not, as long as its answer counts."""
        self.state.leave()
        order, states = self.order(), self.state.advice.states
        here = order.index(self.state.current) if self.state.current in order else len(order)
        before = (q for q in reversed(order[:here]) if states[q].state not in ("needless", "inapplicable"))
        id = next(before, None)
        return Landing(id, "" if id else "this is the first question")
