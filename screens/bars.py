"""The lines above and below the panes: pure functions of what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from socui.commands import key_of
from socui.screens.widgets.comparison import NAMES, verdict
from socui.screens.widgets.lines import Line, Span, clip, fill, said, width_of

if TYPE_CHECKING:
    from socui.advice import Advice
    from socui.screens.session import Session

PANES = ("questions", "comparison", "recommendation")
TITLES = ("Questions", "Comparison", "Recommendation")
FOOT = (
    ("space", "choose", "choose", 1),
    ("n", "next", "next", 2),
    ("tab", "next pane", "pane", 3),
    ("u", "undo", "undo", 6),
    ("slash", "find", "find", 12),
    ("d", "most deciding", "deciding", 13),
    ("e", "explain", "why", 10),
    ("w", "what if", "what_if", 8),
    ("z", "zoom", "zoom", 14),
    ("o", "profiles", "library", 7),
    ("s", "save", "save", 9),
    ("r", "report", "report", 15),
    ("question_mark", "help", "keys", 4),
    ("ctrl+p", "commands", "command_palette", 11),
    ("q", "quit", "quit", 5),
)
"""Key, word, command, and how early it is given room: what does not fit is left out."""


def top_line(session: Session, advice: Advice, message: str, width: int, changes: int = 0) -> Line:
    """Whose profile it is, how far it is, and whether it is saved; of a what-if, that it is one and how much differs."""
    profile = session.work.profile
    name = said(profile.organization or profile.name) or "New profile"
    left = f" {name}" + (f"  ·  {said(profile.service)}" if profile.service else "")
    if session.fork is not None:
        left = f" What if: {changes} change{'' if changes == 1 else 's'}  ·  {name}"
    count = f"{advice.answered} of {advice.asked} answered"
    matter = f"{len(advice.matter)} can still change the result" if advice.matter else "result settled"
    problem = session.problem or session.fork_problem
    status = message or (session.status() if problem or session.fork is None else "w keeps or drops it")
    style = "warn" if problem or message else ""
    facts = f"{count} · {matter} · " if width >= 100 and not message else f"{advice.answered}/{advice.asked} · "
    status = clip(said(status), max(width - len(facts) - min(cell_len(left), width // 3) - 3, 12))
    room = width - len(facts) - cell_len(status) - 2
    tag = ("run", "what_if") if session.fork is not None else ()
    return Line(
        (Span(fill(left, room), "warn strong" if tag else "strong"), Span(" "), Span(facts), Span(status, style)), tag
    )


def tabs_line(current: int) -> Line:
    """The names of the panes, where one is shown at a time."""
    spans = [Span(" ")]
    for i, (pane, title) in enumerate(zip(PANES, TITLES, strict=True)):
        here = i == current
        spans.append(Span(f"[{title}]" if here else f" {title} ", "tab strong" if here else "dim", ("tab", pane)))
        spans.append(Span(" "))
    return Line(tuple(spans))


def headline_line(advice: Advice, width: int) -> Line:
    """The headline in one line, with the verdicts where there is room."""
    marks = [Span(f"{NAMES[r]} {verdict(advice, r)}", f"{r} strong") for r in NAMES]
    words = clip(advice.sentence, width - 2)
    if len(words) + width_of(marks) + 5 > width:
        return Line((Span(" "), Span(words, "strong")))
    return Line((Span(" "), Span(words, "strong"), Span("  "), marks[0], Span("  "), marks[1]))


def foot_line(width: int) -> Line:
    """The main keys; each can be clicked."""
    shown: set[str] = set()
    used = 1
    for key, title, action, _ in sorted(FOOT, key=lambda f: f[3]):
        size = len(key_of(action, key)) + len(title) + 3
        if used + size <= width + 2:
            shown.add(action)
            used += size
    spans: list[Span] = [Span(" ")]
    for key, title, action, _ in FOOT:
        if action in shown:
            spans += [
                Span(key_of(action, key), "key", ("run", action)),
                Span(f" {title}", "", ("run", action)),
                Span("  "),
            ]
    return Line(tuple(spans))


def small_line(width: int) -> Line:
    """What is said where there is no room for anything else."""
    return Line((Span(clip("socui needs 60 columns and 18 rows", width)),))
