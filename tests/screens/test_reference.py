"""The reference: what is met by the user can be found there by its words, and is reached from where it is spoken of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from seen import shown

from socui.app import SocuiApp
from socui.knowledge.model import Knowledge
from socui.profiles.examples import examples
from socui.reports.words import CONFIDENCE_WORDS
from socui.screens.reference import screen as reference
from socui.screens.reference.articles import Article, articles, articles_about, closed_line, open_lines
from socui.screens.reference.screen import HERE, Found, Reference
from socui.screens.widgets.line_list import Sheet
from socui.screens.widgets.lines import Line, width_of
from socui.screens.widgets.recommendation import plain

Make = Callable[..., SocuiApp]


def text(app: SocuiApp) -> str:
    """The list as text."""
    return plain(app.screen.query_one(Found).lines)


def heads(app: SocuiApp) -> list[str]:
    """The headings of the list."""
    lines = app.screen.query_one(Found).lines
    return [
        line.spans[0].text.strip().rpartition(" (")[0] for line in lines if line.spans and line.spans[0].style == "head"
    ]


async def test_it_is_searched_as_one_types(make_app: Make) -> None:
    """r opens it, words filter it, few are opened at once, escape leads back."""
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.pause()
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(app.screen, Reference)
        before = len(app.screen.query_one(Found).lines)
        await pilot.press(*"bridge lette")
        await pilot.pause()
        assert "Bridge letter" in text(app) and len(app.screen.query_one(Found).lines) < before / 4
        await pilot.press(*"r xyz")
        await pilot.pause()
        assert "nothing has all of these words; these have some" in text(app) and "Bridge letter" in text(app)
        app.screen.sought.value = "qqqqq"
        await pilot.pause()
        assert "Nothing has these words. Try" in text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, Reference)


async def test_the_key_that_finds_elsewhere_is_no_word_of_the_search(make_app: Make) -> None:
    """Everywhere else a slash begins a search: who types it here looks for the same."""
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7", "f", "slash", *"cost")
        await pilot.pause()
        assert "What does it cost?" in text(app) and "have some" not in text(app)


async def test_an_article_opens_in_full_and_closes(make_app: Make, knowledge: Knowledge) -> None:
    app = make_app()
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("7")
        app.show_reference(((), ""))
        await pilot.pause()
        await pilot.press("down", "down")
        entry = [e for e in knowledge.entries if e.kind == "faq"][2]
        assert app.screen.query_one(Found).cursor == ("Questions people ask", "article", "faq", entry.id)
        closed = text(app)
        await pilot.press("enter")
        opened = " ".join(text(app).split())
        for id in entry.facts:
            fact = knowledge.facts[id]
            assert fact.says in opened and f"{id}, {CONFIDENCE_WORDS[fact.confidence]}" in opened
            for source in (knowledge.sources[s] for s in fact.sources):
                for part in (source.publisher, source.title, source.edition):
                    assert part in opened
                assert source.address in opened.replace(" ", "")
        await pilot.press("enter")
        assert text(app) == closed


async def test_groups_are_jumped_to_and_the_mouse_opens(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("7")
        app.show_reference(((), ""))
        await pilot.pause()
        seen = []
        for _ in range(7):
            seen.append(app.screen.query_one(Found).cursor[0])
            assert seen[-1] in shown(app)
            await pilot.press("tab")
        assert seen == [title for title, _ in articles(app.knowledge)]
        await pilot.press("shift+tab")
        assert app.screen.query_one(Found).cursor[0] == "Sources"
        await pilot.press("tab")
        before = len(app.screen.query_one(Found).lines)
        await pilot.click(Found, offset=(10, 4))
        await pilot.pause()
        assert len(app.screen.query_one(Found).lines) > before
        await pilot.press(*"zz")
        assert app.screen.sought.value == "zz"


@pytest.mark.parametrize("width", [56, 100, 10_000])
def test_everything_is_in_it(knowledge: Knowledge, width: int) -> None:
    """Every question people ask, term, mistake, fact and source; the other side of a dispute; no line too wide."""
    groups = articles(knowledge)
    lines = [line for _, group in groups for a in group for line in open_lines(knowledge, a, width)]
    closed = [closed_line(a, width) for _, group in groups for a in group]
    assert all(width_of(line.spans) <= width for line in [*lines, *closed])
    if width == 10_000:
        text = plain(lines)
        for entry in knowledge.entries:
            assert entry.title in text and entry.says in text
        for fact in knowledge.facts.values():
            assert fact.says in text and fact.dispute in text
        for source in knowledge.sources.values():
            assert all(p in text for p in (source.publisher, source.title, source.edition, source.address))


def test_a_line_is_about_its_terms_and_its_facts(knowledge: Knowledge) -> None:
    about = articles_about(
        articles(knowledge),
        ("F-S1-02", "F-NOT-THERE", "F-S1-02"),
        "The user auditors rely on ICFR; audits, not auditable",
    )
    assert next(a.title for a in about if a.kind == "term") == "User auditor"
    assert "Internal control over financial reporting" in [a.title for a in about]
    assert [a.id for a in about if a.kind == "fact"] == ["F-S1-02"]
    assert articles_about(articles(knowledge), (), "") == []


async def test_f_opens_it_at_what_the_line_under_the_cursor_speaks_of(make_app: Make, knowledge: Knowledge) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(160, 50)) as pilot:
        app.workspace.answering.go("audited_clients")
        await pilot.press("f")
        await pilot.pause()
        assert heads(app)[0] == HERE
        facts = {line.tag[3] for line in app.screen.query_one(Found).lines if line.tag[:3] == (HERE, "article", "fact")}
        assert facts == set(knowledge.questions["audited_clients"].facts)
        await pilot.press("escape", "tab", "down", "f")
        await pilot.pause()
        facts = {line.tag[3] for line in app.screen.query_one(Found).lines if line.tag[:3] == (HERE, "article", "fact")}
        assert facts == set(knowledge.rows[1].facts)
        await pilot.press("escape", "tab")
        rule = next(line.tag for line in app.workspace.sheet("recommendation").lines if line.tag[:1] == ("rule",))
        app.workspace.sheet("recommendation").point(rule)
        for key in ("f", "enter"):
            await pilot.press(key)
            await pilot.pause()
            facts = {
                line.tag[3] for line in app.screen.query_one(Found).lines if line.tag[:3] == (HERE, "article", "fact")
            }
            assert facts == set(knowledge.rules[rule[1]].facts)
            await pilot.press("escape")
            await pilot.pause()


async def test_a_heading_stands_for_its_section(make_app: Make, knowledge: Knowledge) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(160, 50)) as pilot:
        sheet = app.workspace.sheet("recommendation")
        await pilot.press("tab", "tab")
        sheet.point(("fold", "because"))
        facts, words = app.workspace.leading.subject()
        rules = {line.tag[1] for line in sheet.lines if line.tag[:1] == ("rule",)}
        assert rules and set(facts) >= {f for r in rules for f in knowledge.rules[r].facts}
        notes = {f for n in app.workspace.state.advice.notes for f in n.note.facts}
        assert len(set(facts) & notes) < len(notes) and "Scope of the SOC 2" not in words


async def test_a_click_on_who_is_cited_opens_it_there(make_app: Make, knowledge: Knowledge) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=(160, 50)) as pilot:
        sheet = app.workspace.sheet("recommendation")
        app.workspace.panes.work_out_late()  # what comes late moves the lines
        await pilot.pause()
        row, span = next((i, s) for i, line in enumerate(sheet.lines) for s in line.spans if s.tag[:1] == ("facts",))
        sheet.scroll_to(y=row, animate=False)
        await pilot.pause()
        assert span in sheet.lines[row].spans
        line = sheet.lines[row]
        x = sum(len(s.text) for s in line.spans[: line.spans.index(span)])
        await pilot.click(sheet, offset=(x + 2, row - sheet.scroll_offset.y + 1 + len(sheet.pin)))
        await pilot.pause()
        assert isinstance(app.screen, Reference)
        assert {a.id for a in app.screen.groups[0][1]} == set(span.tag[1:]) & set(knowledge.facts)
        assert isinstance(app.screen.query_one(Found), Sheet)


async def test_closed_articles_are_not_written_in_full(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there at once: an article that is closed costs its one line."""
    written: list[str] = []

    def counted(knowledge: Knowledge, article: Article, width: int) -> Iterator[Line]:
        written.append(article.id)
        return open_lines(knowledge, article, width)

    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        monkeypatch.setattr(reference, "open_lines", counted)
        app.show_reference(((), ""))
        await pilot.pause()
        assert isinstance(app.screen, Reference) and written == []
        await pilot.press("enter")
        assert len(set(written)) == 1
