"""Lists what the palette can find, each with the action that choosing it runs: commands, papers, questions, answers, profiles, themes
and what stands in the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual.screen import Screen
from textual.worker import Worker

from socui.errors import ProfileError, StoreError
from socui.knowledge.word_search import SearchEntry
from socui.profiles.examples import example, examples
from socui.reports.render import SUFFIXES
from socui.screens.library.screen import Pick
from socui.screens.reference.articles import Article, articles, entry_of
from socui.screens.save_file import save_picture
from socui.screens.widgets.reason_lines import publishers_of
from socui.screens.workspace.screen import Workspace
from socui.settings.commands import COMMANDS, Command, keys_of
from socui.text import visible

if TYPE_CHECKING:
    from socui.app import SocuiApp
    from socui.knowledge.model import Knowledge
    from socui.profiles.folder_index import Head

_ARTICLES = {"faq": "Question people ask", "term": "Glossary", "mistake": "Common mistake", "fact": "Fact",
             "source": "Source", "neighbour": "Besides a SOC report", "hint": "Good to know"}  # fmt: skip
_PAPERS = {".html": "HTML", ".docx": "Word", ".md": "Markdown", ".txt": "plain text", ".json": "JSON"}
_FURTHER = {
    "report": ("preview", ("auditors", "letters", "whole", "as_markdown")),
    "library": ("library", ("trash", "import", "example")),
    "vendors": ("vendors", ("import", "year_end")),
}
"""By the command that shows another screen: commands of that screen that need nothing chosen there first."""


class Findable(NamedTuple):
    """An entry that can be found: the text that is searched, the line below its title, and the action when it is chosen."""

    entry: SearchEntry
    below: str
    run: Callable[[], object]


def commands(app: SocuiApp, screen: Screen[Any]) -> Iterator[Findable]:
    """Yield what can be done on that screen, and on those that are one command away."""
    for command, run in app.commands_of(screen):
        yield Findable(_of(command, command.title), f"{command.help} ({keys_of(command)})", run)
    if not isinstance(screen, Workspace):
        return
    for opener, (group, ids) in _FURTHER.items():
        title = next(c.title for c in COMMANDS if c.id == opener)
        for command in COMMANDS:
            if command.group == group and command.id in ids:
                entry = _of(command, f"{title}: {command.title.lower()}")
                yield Findable(entry, command.help, _after(app, opener, command.id))


def _of(command: Command, title: str) -> SearchEntry:
    return SearchEntry(("command", command.id), title, f"{command.help} {command.id.replace('_', ' ')}")


def _after(app: SocuiApp, opener: str, id: str) -> Callable[[], object]:
    """Show the screen of that command, and when it stands do the other one there."""

    async def run() -> None:
        before = app.screen
        await app.run_action(opener, before)

        def do() -> None:
            if app.screen is not before:
                app.call_later(app.run_action, id, app.screen)

        app.call_after_refresh(do)

    return run


def papers(workspace: Workspace) -> Iterator[Findable]:
    """Saving the report in each of its formats."""
    for suffix, name in _PAPERS.items():
        if suffix in SUFFIXES:
            entry = SearchEntry(("paper", suffix), f"Save report as {name}", f"export download file {suffix}")
            yield Findable(entry, f"Into a file that ends in {suffix}", partial(workspace.leading.save_report, suffix))


def pictures(app: SocuiApp) -> Iterator[Findable]:
    """Saving what the screen shows."""

    def begin() -> None:
        saving: Worker[bool] = app.run_worker(partial(save_picture, app))
        del saving

    def save() -> None:
        app.call_after_refresh(begin)  # the palette is gone by then

    entry = SearchEntry(("paper", ".svg"), "Save picture", "screenshot image svg export save the screen")
    yield Findable(entry, "Save what the screen shows, as SVG", save)


def questions(workspace: Workspace) -> Iterator[Findable]:
    """Yield the questions and their answers."""
    for id in workspace.state.navigation.order():
        question = workspace.state.knowledge.questions[id]
        note = workspace.state.profile.notes.get(id, "")
        entry = SearchEntry(("question", id), question.ask, f"{question.short} {question.help} {note}")
        yield Findable(entry, "Question", partial(workspace.leading.question, id))
        for option in question.options:
            entry = SearchEntry(("option", id, option.id), option.label, f"{option.short} {option.detail}")
            run = partial(workspace.leading.question, id, option.id)
            yield Findable(entry, f"Answer to: {question.ask}", run)


def profiles(workspace: Workspace, heads: Iterable[Head]) -> Iterator[Findable]:
    """Saved profiles and examples."""
    store, texts = workspace.session.store, workspace.state.knowledge.texts

    def open_file(path: Path) -> None:
        try:
            opened = store.open(path)
        except (StoreError, ProfileError) as error:
            workspace.tell(str(error))
        else:
            workspace.saving.open(Pick(opened.profile, opened))

    for head in heads:
        word = texts.get(f"listed.{head.result}", head.result)
        entry = SearchEntry(("file", str(head.path)), head.title, f"{head.organization} {head.service} {word} profile")
        below = " · ".join(filter(None, ("Profile", head.organization, word)))
        yield Findable(entry, below, partial(open_file, head.path))
    today = cast("SocuiApp", workspace.app).today()

    def open_example(name: str) -> None:
        workspace.saving.open(Pick(example(name, today), at_result=True))

    for name, profile in examples(today).items():
        entry = SearchEntry(
            ("example", name), profile.name, f"{profile.organization} {profile.service} example profile"
        )
        run = partial(open_example, name)
        yield Findable(entry, f"Example · {profile.service}", run)


def themes(app: SocuiApp) -> Iterator[Findable]:
    """Yield the themes by name."""
    for name, theme in app.available_themes.items():
        kind = "dark" if theme.dark else "light"
        run = partial(setattr, app, "theme", name)
        yield Findable(SearchEntry(("theme", name), f"Theme {name}", f"{kind} color theme"), f"Colors, {kind}", run)


def reference(app: SocuiApp) -> Iterator[Findable]:
    """Yield what stands in the reference."""
    for _, group in articles(app.knowledge):
        for article in group:
            yield Findable(entry_of(article), _below(app.knowledge, article), partial(app.show_article, article.tag))


def _below(knowledge: Knowledge, article: Article) -> str:
    kind = _ARTICLES[article.kind]
    words = visible(article.says) or (publishers_of(knowledge, article.facts) if article.kind == "fact" else "")
    return f"{kind}: {words}" if words else kind


def everything(app: SocuiApp, screen: Screen[Any], heads: Iterable[Head]) -> list[Findable]:
    """Return all that can be entries from that screen."""
    entries = [*commands(app, screen)]
    if isinstance(screen, Workspace):
        entries += [*papers(screen), *questions(screen), *profiles(screen, heads)]
    return [*entries, *pictures(app), *reference(app), *themes(app)]
