"""The lines above and below the panes: pure functions of what they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from socui.screens.widgets.comparison import NAMES, verdict
from socui.screens.widgets.key_hints import Hint, foot
from socui.screens.widgets.lines import Line, Span, clip, fill, flow, width_of
from socui.settings.commands import key_of
from socui.text import visible

if TYPE_CHECKING:
    from socui.deciding.advice import Advice
    from socui.profiles.session import Session
    from socui.screens.workspace.state import WorkspaceState

PANES = ("questions", "comparison", "recommendation")
LEAST_OF_SERVICE = 16
"""Cells that the service's words take at least beside the organization's, or they are left out."""
TITLES = ("Questions", "Comparison", "Recommendation")
_KEYS: Mapping[str, tuple[str, str, str]] = {
    "number": ("1", "choose", ""),
    "choose": ("space", "choose", ""),
    "next": ("n", "next", ""),
    "add_request": ("a", "add request", "add"),
    "clear": ("x", "clear", ""),
    "undo": ("u", "undo", ""),
    "pane": ("tab", "next pane", "pane"),
    "zoom": ("z", "zoom", ""),
    "find": ("slash", "find", ""),
    "what_if": ("w", "what if", ""),
    "copy": ("y", "copy", ""),
    "report": ("r", "report", ""),
    "plan": ("P", "plan", ""),
    "reference": ("f", "reference", "facts"),
    "library": ("o", "profiles", ""),
    "save": ("s", "save", ""),
    "why": ("e", "explain", "why"),
    "deciding": ("d", "most deciding", "deciding"),
    "command_palette": ("colon", "all", ""),
    "keys": ("question_mark", "help", ""),
    "quit": ("q", "quit", ""),
}
"""By command: its key, what it does, and that in a shorter word."""
ALWAYS = ("keys", "quit", "command_palette", "find", "zoom")
"""What is on the line whatever pane has the focus."""
_FIRST = (
    (
        "choose",
        "next",
        "undo",
        "pane",
        "report",
        "library",
        "what_if",
        "plan",
        "add_request",
        "reference",
        "save",
        "clear",
    ),
    ("choose", "pane", "next", "reference", "report", "library", "what_if", "plan", "undo"),
    ("choose", "pane", "copy", "report", "plan", "next", "why", "library", "what_if", "undo", "reference"),
)
"""By pane: what is given room next, in this order; the rest of KEYS follows where there is room."""
CHOOSE = ("choose", "open row", "open, fold")
"""By pane: what space does."""


def status(session: Session) -> str:
    """Return what the top line says of saving."""
    key = key_of("save", "s")
    if session.conflict:
        return f"not saved: {'gone from the' if session.gone else 'changed on'} disk ({key})"
    if problem := session.problem or session.fork_problem:
        problem = problem if problem.startswith("not saved") else f"not saved: {problem}"
        return problem.replace("not saved", f"not saved ({key})", 1)
    if session.named and session.saved_at is not None:
        return "saving" if session.dirty else f"saved {session.saved_at.astimezone():%H:%M}"
    return "draft, kept automatically" if session.drafted else "new"


def top_line(state: WorkspaceState, width: int) -> Line:
    """Whose profile it is, how far it is, and whether it is saved; of a what-if, that it is one and how much differs."""
    session, advice, changes = state.session, state.advice, state.moved.changes
    profile = session.work.profile
    name = visible(profile.organization or profile.name) or "New profile"
    left = f" {name}" + (f"  ·  {visible(profile.service)}" if profile.service else "")
    if session.fork is not None:
        left = f" What if: {changes} change{'' if changes == 1 else 's'}  ·  {name}"
    count = f"{advice.answered} of {advice.asked} answered"
    # "Settled" only where every word of the card is: dates may be open or at risk once the report is.
    sure = (
        "result settled"
        if not advice.can_change and (state.silent or state.answer.card.settled)
        else "which report: settled"
    )
    matter = f"{advice.can_change} can still change the result" if advice.can_change else sure
    problem = session.problem or session.fork_problem
    leads_out = f"{key_of('what_if', 'w')} {'keeps or drops it' if changes else 'ends it'}"
    saving = status(session) if problem or session.fork is None else leads_out
    style = "warn" if problem else ""
    narrow = "" if session.fork is not None and width < 80 else f"{count} · "
    facts = f"{count} · {matter} · " if width >= 100 else narrow
    saving = clip(visible(saving), max(width - len(facts) - min(cell_len(left), width // 3) - 3, 12))
    room = width - len(facts) - cell_len(saving) - 2
    if cell_len(left) > room and session.fork is not None:
        facts, room = "", width - cell_len(saving) - 2  # the count stands on the line again when the what-if is over
        left = left if cell_len(left) <= room else left.partition("  ·  ")[0]
    elif cell_len(left) > room:
        # The service gives way first, then the numbers grow short, and only then is the organization cut.
        if cell_len(name) + LEAST_OF_SERVICE > room:
            left = f" {name}"
        if cell_len(left) > room and cell_len(name) >= room:
            count = f"{advice.answered}/{advice.asked} · "
            least = f"{count}{advice.can_change} open · " if advice.can_change else count
            others = width - cell_len(saving) - 2
            longer = f"{count}{matter} · "
            facts = longer if width >= 100 and cell_len(left) <= others - len(longer) else least
            room = others - len(facts)
    tag = ("run", "what_if") if session.fork is not None else ()
    return Line(
        (Span(fill(left, room), "warn strong" if tag else "strong"), Span(" "), Span(facts), Span(saving, style)), tag
    )


def tabs_line(current: int) -> Line:
    """Return the names of the panes, where one is shown at a time, and the key that turns them."""
    spans = [Span(" ")]
    for i, (pane, title) in enumerate(zip(PANES, TITLES, strict=True)):
        here = i == current
        spans.append(Span(f"[{title}]" if here else f" {title} ", "tab strong" if here else "dim", ("tab", pane)))
        spans.append(Span(" "))
    run = ("run", "pane")
    return Line((*spans, Span("  "), Span(key_of("pane", "tab"), "key", run), Span(" next", "", run)))


def headline_line(state: WorkspaceState, width: int) -> Line:
    """Return the answer in one line that is not cut, with how certain each report is where there is room: without
    the name of the organization, or by report, where the whole is too long."""
    advice, marks = state.advice, _certainties(state.advice)
    if state.silent:
        whole, (first, *_) = advice.sentence, advice.sentence.split(";")
        return Line(
            (Span(" "), Span(whole if cell_len(whole) + 2 <= width else clip(f"{first}.", width - 2), "strong"))
        )
    title = visible(state.answer.card.title)
    name = visible(state.profile.organization or state.profile.name)
    nameless = title.removeprefix(f"{name} ") if name else title
    words = next((w for w in (title, f"{nameless[:1].upper()}{nameless[1:]}") if cell_len(w) + 2 <= width), "")
    if not words:
        return Line((Span(" "), *marks))
    if cell_len(words) + width_of(marks) + 4 > width:
        return Line((Span(" "), Span(words, "strong")))
    return Line((Span(" "), Span(words, "strong"), Span("  "), *marks))


def _certainties(advice: Advice) -> tuple[Span, ...]:
    spans = [Span(f"{NAMES[r]} {verdict(advice, r)}", f"{r} strong") for r in NAMES]
    return spans[0], Span("  "), spans[1]


def foot_line(width: int, pane: int, *, tabs: bool, small: bool, forked: bool = False, message: str = "") -> Line:
    """Return the keys of the pane that has the focus, each of which can be clicked; a message stands before them.
    Where there are `tabs` their line names the key that turns them; where the screen is `small` there is nothing to
    zoom. In a what-if (`forked`) its key comes first and ends it."""
    idle = (*(("pane",) if tabs else ()), *(("zoom",) if small else ()))
    hints = [
        Hint(run, key_of(run, key), CHOOSE[pane] if run == "choose" else word, short)
        for run, (key, word, short) in _KEYS.items()
        if run not in idle and run != "number"
    ]
    first = (*ALWAYS, *_FIRST[pane])
    if forked:
        hints = [
            hint._replace(word="finish what if", short="finish") if hint.action == "what_if" else hint for hint in hints
        ]
        first = (*ALWAYS, "what_if", *_FIRST[pane])
    if not message:
        return foot(hints, width, first)
    room = max(width // 3, 24)
    words = clip(f" {visible(message)}", width - room)
    rest = foot([h for h in hints if h.action in ALWAYS], width - cell_len(words) - 1, ALWAYS)
    return Line((Span(words, "warn"), Span(" "), *rest.spans))


def small_line(width: int, height: int) -> Line:
    """Return what is said where there is no room for anything else: what it needs, what there is, and the way without."""
    long = f"socui needs 60 columns and 18 rows, here are {width} and {height}; or run socui ask --plain"
    short = f"needs 60x18, is {width}x{height}: socui ask --plain"
    return Line((Span(clip(long if len(long) <= width else short, width)),))


def notice_lines(notices: Sequence[str], width: int) -> list[Line]:
    """Return what there is to say beside the work, each in as many lines as it takes."""
    return [
        line
        for notice in notices
        for part in notice.split("\n")
        for line in flow(visible(part), width, (Span(" ! ", "warn"),), style="warn")
    ]


def settled_lines(fixing: int, obtains: bool, width: int) -> list[Line]:
    """Return the stop: the result is settled, and what is left to answer; of who collects reports, the list of vendors."""
    if obtains:
        led = (
            Span("You issue no report here.", "good"),
            Span(" Press "),
            Span(key_of("vendors", "V"), "key"),
            Span(" to list your vendors and what to ask of each."),
        )
        return list(flow(led, width, (Span(" ✓ ", "good"),), tag=("run", "vendors")))
    run = ("run", "next" if fixing else "report")
    more = "1 more answer fixes" if fixing == 1 else f"{fixing} more answers fix"
    words = (
        (Span(f"{more} Type and dates: "), Span(f"press {key_of('next', 'n')}", "key", run))
        if fixing
        else (Span(f"Press {key_of('report', 'r')} to read the memo.", "key", run),)
    )
    return list(
        flow((Span("Which report: settled.", "good"), Span(" "), *words), width, (Span(" ✓ ", "good"),), tag=run)
    )
