"""The worked cases that stand beside the rules: answers, and the result an expert expects of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import tomli
from msgspec import Struct, field

from socui.data import FOLDER
from socui.errors import KnowledgeError
from socui.knowledge.model import HEADLINES, LADDER
from socui.knowledge.toml_tables import Faults, Table, keep
from socui.profiles.profile import Profile

FILE = "cases.toml"


class WorkedCase(Struct, frozen=True):
    """Answers with the result they must give. A complete case has `expect`: the verdict on "soc1" and "soc2" and the
    "headline"; an `open` one has the headlines that stay `possible` and the `leaning`. `findings` maps other results to
    their values. `line` is where the case begins in its file."""

    id: str
    title: str
    profile: Profile
    expect: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    open: bool = False
    possible: tuple[str, ...] = ()
    leaning: str = ""
    line: int = 1


def worked_cases(folder: Path | None = None) -> dict[str, WorkedCase]:
    """Return the worked cases of a folder with a knowledge base by their ids; without one, or where it has none,
    those that are shipped. Raises KnowledgeError with every fault of the file."""
    from socui.knowledge.toml_lines import find_lines, line_of

    own = folder / FILE if folder is not None else None
    path = own if own is not None and own.is_file() else FOLDER / FILE
    try:
        text = path.read_text("utf-8")
        data = tomli.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise KnowledgeError((f"{FILE}:1: [{FILE}] cannot be read: {error}. Correct the TOML.",)) from None
    faults = Faults()
    faults.texts[FILE] = text
    root = Table(faults, FILE, (), data, FILE)
    lines = find_lines(text)
    cases: dict[str, WorkedCase] = {}
    for index, table in enumerate(root.tables("case")):
        keep(cases, table, _case(table, line_of(lines, ("case", index))))
    root.close()
    if faults:
        raise KnowledgeError(faults.lines())
    return cases


def _case(table: Table, line: int) -> WorkedCase:
    """Return one [[case]]; what is wrong with it is noted in the table's faults."""
    id = table.text("id")
    answers = table.table("answers")
    if answers is None:
        table.fault("`answers` is missing", 'Add answers = { question = "option", ... }')
    profile = Profile(id=id, answers={q: _answer(answers, q) for q in answers.data} if answers else {})
    is_open = table.flag("open")
    possible, leaning = table.texts("possible"), table.text("leaning", need=is_open, among=HEADLINES)
    expect, findings = table.table("expect"), table.mapping("findings")
    table.text("note", need=False)
    verdicts: dict[str, str] = {}
    if is_open:
        if not possible:
            table.fault("`possible` is missing", 'Add possible = ["..."], the headlines that are not ruled out')
        if expect is not None:
            table.fault("an open case has no `expect`", "Say possible and leaning, or remove open = true", "expect")
    elif expect is None:
        table.fault("`expect` is missing", 'Add expect = { soc1 = "...", soc2 = "...", headline = "..." }')
    else:
        verdicts = {key: expect.text(key, among=LADDER) for key in ("soc1", "soc2")}
        verdicts["headline"] = expect.text("headline", among=HEADLINES)
        expect.close()
    return WorkedCase(id, table.text("title"), profile, verdicts, findings, is_open, possible, leaning, line)


def _answer(answers: Table, question: str) -> str | tuple[str, ...]:
    """Return an option, or a tuple of options where the file has a list."""
    return answers.texts(question) if isinstance(answers.data[question], list) else answers.text(question)
