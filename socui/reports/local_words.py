"""Says what papers say by the names that apply where the service organization sits.

Sentences are written as in the United States. Elsewhere the report has another name and another kind of firm signs it.
What the user wrote keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from socui.knowledge.model import Knowledge
from socui.planning.words import local_name
from socui.profiles.countries import seat
from socui.profiles.profile import Profile
from socui.reports.blocks import Block, Bullets, DocTable, Heading, Item, Run, TextLine
from socui.text import visible

Saying = Callable[[str], str]
_S = TypeVar("_S", bound=Struct)

_REPORT = r"(?P<a>\b[Aa]n? )?(?<!\()\bSOC (?P<number>[12])\b(?!®| \([A-Z])"
"""A report by its US name, unless that only explains another one in parentheses."""
_AAF_TOO = r"(?:(?: report)?(?: or|,| and) (?:an )?AAF 01/20)?"
"""A request for a report on amounts or an AAF 01/20 report names the same thing twice in the United Kingdom."""
_NAMED = r"\b(?P<before>[Aa]) (?=ISAE|ASAE|AAF)"
"""The article before a name that applies there."""
_FIRM = r"(?P<firm>CPA firm)"
"""Only the United States license CPA firms."""
_BRIDGE = r"(?P<bridge>[Bb])ridge letter(?! is called)"
"""What is called a bridging letter in the United Kingdom."""
_COUNTERPART = r"US counterpart of [^.]* SOC 1"
"""What explains the name in use there."""


def is_abroad(country: str) -> bool:
    """Return whether the service organization is known to sit outside the United States."""
    return country not in ("", "US")


def us_name(knowledge: Knowledge, country: str) -> str:
    """Return what a SOC 1 report is called there and in the United States, as a sentence; "" where one name has both."""
    name = local_name("soc1", country)
    return "" if not is_abroad(country) or "SOC 1" in name else knowledge.texts["card.abroad"].format(name=name)


def local_say(profile: Profile) -> Saying:
    """Return what says a text by the names that apply where the organization sits."""
    country = seat(profile)
    if not is_abroad(country):
        return lambda text: text
    requests, held = profile.requests, profile.reports_held
    own = [profile.organization, profile.service, *(r.asked_by for r in requests), *(h.firm for h in held)]
    kept = sorted({visible(text) for text in own} - {""}, key=len, reverse=True)
    british = country == "GB"
    bridged = _BRIDGE if british else r"(?P<bridge>(?!))"
    report = _REPORT + _AAF_TOO if british else _REPORT
    names = (rf"(?<!\w){re.escape(text)}(?!\w)" for text in kept)
    pattern = re.compile("|".join([*names, _COUNTERPART, report, _NAMED, _FIRM, bridged]))

    def said(found: re.Match[str]) -> str:
        if found["firm"]:
            return "audit firm"
        if found["bridge"]:
            return f"{found['bridge']}ridging letter"
        if found["before"]:
            return f"{found['before']}n "
        if not found["number"]:
            return found[0]
        name = local_name(f"soc{found['number']}", country)
        article = "an " if name.startswith(("I", "A")) else "a "
        return name if not found["a"] else (article.capitalize() if found["a"][0] == "A" else article) + name

    return lambda text: pattern.sub(said, text)


def local_struct(say: Saying, value: _S) -> _S:
    """Return a value with all its texts said so, however deep, but for ids and keys."""
    return replace(value, **{name: _local(say, name, getattr(value, name)) for name in value.__struct_fields__})


_CODES = ("key", "facts", "report", "type", "request", "certainty", "answer")


def _local(say: Saying, name: str, value: object) -> object:
    if name in _CODES:
        return value
    if isinstance(value, str):
        return say(value)
    if isinstance(value, Struct):
        return local_struct(say, value)
    return tuple(_local(say, "", part) for part in value) if isinstance(value, tuple) else value


def local_blocks(say: Saying, blocks: Iterable[Block]) -> list[Block]:
    """Return blocks said so; what is marked as the user's keeps its words, and a card is said so already."""
    return [_block(say, block) for block in blocks]


def _block(say: Saying, block: Block) -> Block:
    if isinstance(block, TextLine):
        return _line(say, block)
    if isinstance(block, Heading):
        return block._replace(text=say(block.text))
    if isinstance(block, Bullets):
        return block._replace(
            items=tuple(Item(_line(say, i.line), tuple(_line(say, m) for m in i.more)) for i in block.items)
        )
    if isinstance(block, DocTable):
        rows = tuple(tuple(_line(say, cell) for cell in row) for row in block.rows)
        return block._replace(caption=say(block.caption), head=tuple(map(say, block.head)), rows=rows)
    return block


def _line(say: Saying, line: TextLine) -> TextLine:
    return line._replace(runs=tuple(run if run.kind == "user" else Run(say(run.text), run.kind) for run in line.runs))
