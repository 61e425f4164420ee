"""The lines above and below the panes: pure functions of what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from socui.screens.widgets.comparison import NAMES, verdict
from socui.screens.widgets.key_hints import Hint, foot
from socui.screens.widgets.lines import Line, Span, clip, fill, said, width_of
from socui.settings.commands import key_of

if TYPE_CHECKING:
    from socui.deciding.advice import Advice
    from socui.profiles.session import Session
    from socui.screens.workspace.state import WorkspaceState

PANES = ("questions", "comparison", "recommendation")
TITLES = ("Questions", "Comparison", "Recommendation")
FOOT = (
    ("space", "choose", "", "choose"),
    ("n", "next", "", "next"),
    ("tab", "next pane", "pane", "pane"),
    ("u", "undo", "", "undo"),
    ("slash", "find", "", "find"),
    ("d", "most deciding", "deciding", "deciding"),
    ("e", "explain", "why", "why"),
    ("w", "what if", "", "what_if"),
    ("z", "zoom", "", "zoom"),
    ("o", "profiles", "saved", "library"),
    ("s", "save", "", "save"),
    ("r", "report", "", "report"),
    ("P", "plan", "", "plan"),
    ("f", "reference", "facts", "reference"),
    ("question_mark", "help", "", "keys"),
    ("ctrl+p", "commands", "all", "command_palette"),
    ("q", "quit", "", "quit"),
)
"""Key, word, shorter word, and command."""
FIRST = ("keys", "quit", "next", "undo", "report", "library", "plan", "reference", "what_if", "pane", "choose", "save")
"""What is given room before all else."""
IN_TABS = ("pane",)
"""What the line of the tabs says, where there is one."""


def status(session: Session) -> str:
    """What the top line says of saving."""
    key = key_of("save", "s")
    if session.conflict:
        return f"not saved: {'gone from the' if session.gone else 'changed on'} disk ({key})"
    if problem := session.problem or session.fork_problem:
        problem = problem if problem.startswith("not saved") else f"not saved: {problem}"
        return problem.replace("not saved", f"not saved ({key})", 1)
    if session.named and session.saved_at is not None:
        return "saving" if session.dirty else f"saved {session.saved_at.astimezone():%H:%M}"
    return "draft, kept automatically" if session.drafted else "new"


def top_line(state: WorkspaceState, message: str, width: int) -> Line:
    """Whose profile it is, how far it is, and whether it is saved; of a what-if, that it is one and how much differs."""
    session, advice, changes = state.session, state.advice, state.moved.changes
    profile = session.work.profile
    name = said(profile.organization or profile.name) or "New profile"
    left = f" {name}" + (f"  ·  {said(profile.service)}" if profile.service else "")
    if session.fork is not None:
        left = f" What if: {changes} change{'' if changes == 1 else 's'}  ·  {name}"
    count = f"{advice.answered} of {advice.asked} answered"
    matter = f"{len(advice.matter)} can still change the result" if advice.matter else "result settled"
    problem = session.problem or session.fork_problem
    leads_out = f"{key_of('what_if', 'w')} {'keeps or drops it' if changes else 'leads out'}"
    saving = message or (status(session) if problem or session.fork is None else leads_out)
    style = "warn" if problem or message else ""
    facts = f"{count} · {matter} · " if width >= 100 and not message else f"{advice.answered}/{advice.asked} · "
    saving = clip(said(saving), max(width - len(facts) - min(cell_len(left), width // 3) - 3, 12))
    room = width - len(facts) - cell_len(saving) - 2
    tag = ("run", "what_if") if session.fork is not None else ()
    return Line(
        (Span(fill(left, room), "warn strong" if tag else "strong"), Span(" "), Span(facts), Span(saving, style)), tag
    )


def tabs_line(current: int) -> Line:
    """The names of the panes, where one is shown at a time, and the key that turns them."""
    spans = [Span(" ")]
    for i, (pane, title) in enumerate(zip(PANES, TITLES, strict=True)):
        here = i == current
        spans.append(Span(f"[{title}]" if here else f" {title} ", "tab strong" if here else "dim", ("tab", pane)))
        spans.append(Span(" "))
    run = ("run", "pane")
    return Line((*spans, Span("  "), Span(key_of("pane", "tab"), "key", run), Span(" next", "", run)))


def headline_line(advice: Advice, width: int) -> Line:
    """The headline in one line, with the verdicts where there is room."""
    marks = [Span(f"{NAMES[r]} {verdict(advice, r)}", f"{r} strong") for r in NAMES]
    words = clip(advice.sentence, width - 2)
    if len(words) + width_of(marks) + 5 > width:
        return Line((Span(" "), Span(words, "strong")))
    return Line((Span(" "), Span(words, "strong"), Span("  "), marks[0], Span("  "), marks[1]))


def foot_line(width: int, tabs: bool) -> Line:
    """The main keys; each can be clicked. With `tabs` the key that turns them stands beside them."""
    hints = [
        Hint(run, key_of(run, key), word, short) for key, word, short, run in FOOT if not (tabs and run in IN_TABS)
    ]
    return foot(hints, width, FIRST)


def small_line(width: int, height: int) -> Line:
    """What is said where there is no room for anything else: what it needs, what there is, and the way without."""
    long = f"socui needs 60 columns and 18 rows, here are {width} and {height}; or run socui ask --plain"
    short = f"needs 60x18, is {width}x{height}: socui ask --plain"
    return Line((Span(clip(long if len(long) <= width else short, width)),))
