"""The reference: what P13 calls met by the user can be found there by its words."""

from __future__ import annotations

from collections.abc import Callable

from socui.app import SocuiApp
from socui.model import Knowledge
from socui.screens.reference import Reference, articles, reference_lines
from socui.screens.widgets.sheet import Sheet


def shown(app: SocuiApp) -> str:
    """The list as text."""
    return "\n".join("".join(s.text for s in line.spans) for line in app.screen.query_one("#reference", Sheet).lines)


async def test_it_is_searched_as_one_types(make_app: Callable[..., SocuiApp]) -> None:
    """r opens it, words filter it, escape leads back."""
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(app.screen, Reference)
        before = shown(app)
        await pilot.press(*"bridge")
        await pilot.pause()
        after = shown(app)
        assert "Bridge letter." in after and len(after) < len(before) / 4
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, Reference)


def test_everything_is_in_it(knowledge: Knowledge) -> None:
    """Every question people ask, term, mistake and fact, each fact with a publisher, and the other side of a dispute."""
    text = " ".join(
        "".join(s.text for s in line.spans) for line in reference_lines(list(articles(knowledge)), "", 10_000)
    )
    for entry in knowledge.entries:
        assert entry.says in text
    for fact in knowledge.facts.values():
        assert fact.says in text and fact.dispute in text
        assert all(knowledge.sources[s].publisher in text for s in fact.sources)
