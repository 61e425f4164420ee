"""Reports: whatever a person wrote, the structure is the document's; every sentence names its sources; JSON keeps its schema."""

from __future__ import annotations

import argparse
import json
import re
from datetime import date
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from base import DECIDER, KNOWLEDGE, WIDTH
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from markdown_it import MarkdownIt
from msgspec.structs import replace
from rich.cells import cell_len

from socui.cli import check as check_verb
from socui.cli import report as report_verb
from socui.deciding.decide import Decider
from socui.deciding.random_profile import random_profile
from socui.errors import Usage
from socui.profiles.profile import Profile
from socui.profiles.records import Event, ReportHeld, Request
from socui.reports.advice_document import document
from socui.reports.blocks import Document
from socui.reports.findings import findings
from socui.reports.html import STYLE
from socui.reports.json_schema import report_schema
from socui.reports.markdown import escape_markdown
from socui.reports.render import FORMATS, report, request
from socui.text import visible, visible_lines

TODAY = date(2026, 11, 23)
SCHEMA = report_schema()

OPEN = Profile(name="Blank")
PAYROLL = Profile(
    name="Acme Payroll",
    organization="Acme, Inc.",
    service="Payroll",
    answers={
        "role": "provide",
        "customer_types": ("organizations",),
        "delivery_model": ("saas",),
        "financial_activities": ("payroll",),
        "financial_link": ("posts",),
        "asked_by_finance": ("soc1",),
        "asked_by_security": ("soc2",),
    },
    notes={"financial_link": "Controller confirmed."},
    not_sure=frozenset({"data_types"}),
    dates={"needed_by": date(2027, 9, 1)},
)
PROFILES = {"open": OPEN, "payroll": PAYROLL}

HOSTILE = (
    "<script>alert(1)</script>",
    "</title></style><h1 onclick='x()'>&lt;b&gt; \"q\" & <!-- <![CDATA[",
    "# Heading\n## Another\n\n- item\n1. one\n2) two\n***\n---\n===\n> quote\n",
    "[link](https://evil.example) ![i](x.png) <https://evil.example> https://evil.example www.evil.example a@evil.example",
    "| a | b |\n| --- | --- |\n| c | d |",
    "text\n---\ntext\n===\n    code\n\tcode\n```\nfence\n~~~",
    "\x1b[31mred\x1b]52;c;aGk=\x07 \x9b2J \u202eevil\u2066 \x00 \ud800 \u200b \u2028 x",
    "*a* _b_ **c** ~~d~~ `e` \\ trailing \\",
    "&amp; &#35; &copy; $x$ ^[note] [^1] [x]: http://y {#id}",
    "- [ ] task\n+ plus\n: def\n\n\n<div>\n\nhtml\n</div>",
    "<!-- a\n<?php\n<pre\n<![CDATA[ x\n<!DOCTYPE x",
    r"\*a\* \_b\_ \<b\> \[x\](y) \`c\` \\*d*",
    "x" * 5000,
    "e\u0301" * 300 + "漢字" * 200 + "👩‍👩‍👧" * 50,
)


def with_text(text: str) -> Profile:
    """A profile that has the text in every field and note, known and unknown."""
    return replace(
        PAYROLL,
        id=text,
        name=text,
        organization=text,
        service=text,
        knowledge=text,
        answers={**PAYROLL.answers, "customer_types": ("organizations", text), text: text, text + "!": (text, "a")},
        not_sure=PAYROLL.not_sure | {text},
        confirm=frozenset({text}),
        begun=frozenset({text}),
        notes={"financial_link": text, "role": text, text: text},
        dates={**PAYROLL.dates, text: TODAY},
        requests=(
            Request("r1", text, "user_auditor", ("soc1", text), subject="amounts", force="contract", words=text,
                    needed_by=date(2027, 9, 1), fiscal_year_end=date(2026, 12, 31)),
            Request("r2", text, text, ("soc2",), type=text, force=text, needed=text, words=text),
        ),
        reports_held=(ReportHeld("soc1", "type2", date(2025, 1, 1), date(2025, 12, 31), opinion=text, firm=text),
                      ReportHeld(text, text)),
        events=(Event(date(2027, 3, 1), "system_change", text),),
        engagement={field.id: text for field in KNOWLEDGE.fields} | {text: text},
    )  # fmt: skip


@cache
def of(text: str, format: str) -> str:
    """The report on that profile."""
    return report(DECIDER, with_text(text), TODAY, format)


def harmless(text: str) -> str:
    """As many lines that say something, of letters alone."""
    kept = [line for line in visible_lines(text).split("\n") if line.split()]
    return "\n".join("xyz" for _ in kept) or (text and " ")


class Tags(HTMLParser):
    """Collects tags with their attributes' names, and the values but those that hold text."""

    def __init__(self) -> None:
        super().__init__()
        self.parsed: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parsed.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.parsed.append(tag)

    def handle_comment(self, data: str) -> None:
        self.parsed.append(("comment", data))


def tags(html: str) -> list[object]:
    parser = Tags()
    parser.feed(html)
    parser.close()
    return parser.parsed


def tokens(markdown: str) -> list[tuple[str, list[str]]]:
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    text = ("text", "text_special", "softbreak")
    return [(t.type, [c.type for c in t.children or () if c.type not in text]) for t in reader.parse(markdown)]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_changes_no_structure(text: str) -> None:
    assert tags(of(text, "html")) == tags(of(harmless(text), "html"))
    assert tokens(of(text, "md")) == tokens(of(harmless(text), "md"))


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [*"<>&\"'#*_`|[]()!~=+-.:\\\n\t\r", "\n\n", "    ", "---", "](", "&#", "<!--", "]]>", "http://", "www.", "@"]
    ),
    st.sampled_from([*HOSTILE[:-2]]),
)


@settings(max_examples=10 * WIDTH, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=8).map("".join))
def test_no_text_at_all_changes_the_structure(text: str) -> None:
    """As the hostile ones, over texts nobody thought of."""
    profile, plain = with_text(text), with_text(harmless(text))
    for format, shape in (("html", tags), ("md", tokens)):
        for write in (report, request):
            assert shape(write(DECIDER, profile, TODAY, format)) == shape(write(DECIDER, plain, TODAY, format))
    for write in (report, request):
        json.loads(write(DECIDER, profile, TODAY, "json").encode("utf-8"), parse_constant=pytest.fail)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("format", FORMATS)
def test_nothing_acts_on_a_terminal(format: str, text: str) -> None:
    out = of(text, format)
    out.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]", out)


@pytest.mark.parametrize(
    "text", [*HOSTILE, "# a *b* [c](d) <e> 1. | & `f` www.x.y https://z"], ids=range(len(HOSTILE) + 1)
)
def test_text_that_is_escaped_reads_as_it_was(text: str) -> None:
    text = visible(text)
    read = MarkdownIt("gfm-like", {"html": True}).parse(f"| h | k |\n| --- | --- |\n| {escape_markdown(text)} | end |")
    cells = ["".join(child.content for child in t.children or ()) for t in read if t.type == "inline"]
    assert cells == ["h", "k", text, "end"]


@pytest.mark.parametrize("name", PROFILES)
def test_json_keeps_the_schema(name: str) -> None:
    def fail(value: str) -> None:
        raise AssertionError(f"{value} is not JSON")

    Draft202012Validator.check_schema(SCHEMA)
    data = json.loads(report(DECIDER, PROFILES[name], TODAY, "json"), parse_constant=fail)
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(data)
    assert set(data) == set(SCHEMA["required"])
    assert {s for f in data["facts"].values() for s in f["sources"]} == set(data["sources"])


def test_json_of_random_profiles_keeps_the_schema() -> None:
    random, validator = Random(6), Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    for _ in range(40):
        profile = random_profile(KNOWLEDGE, random, random.random())
        validator.validate(json.loads(report(DECIDER, profile, TODAY, "json")))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_json_of_hostile_text_keeps_the_schema(text: str) -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(of(text, "json")))


def made(profile: Profile) -> Document:
    return document(findings(DECIDER, profile, TODAY))


@pytest.mark.parametrize("name", PROFILES)
def test_every_sentence_of_advice_names_a_fact(name: str) -> None:
    k = KNOWLEDGE
    advice = [*(r.because for r in k.rules.values()), *(r.ask_back for r in k.rules.values() if r.ask_back)]
    advice += [p.because for p in k.presumptions] + [n.says for n in k.notes] + [n.cost for n in k.notes if n.cost]
    advice += [v.says for r in k.results.values() for v in r.values if v.says] + [e.says for e in k.entries]
    document = made(PROFILES[name])
    for line in document.lines():
        if any(sentence in line.text for sentence in advice):
            assert document.numbered(line), line.text
    assert document.numbers


@pytest.mark.parametrize("name", PROFILES)
def test_every_number_in_the_text_has_its_fact(name: str) -> None:
    document = made(PROFILES[name])
    assert sorted(document.numbers.values()) == list(range(1, len(document.numbers) + 1))
    html = report(DECIDER, PROFILES[name], TODAY, "html")
    assert set(re.findall(r'href="#(fact-\d+)"', html)) == set(re.findall(r'id="(fact-\d+)"', html))


@cache
def other_decider() -> Decider:
    """One that decided nothing before these reports."""
    return Decider(KNOWLEDGE)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", PROFILES)
def test_any_profile_has_a_report(name: str, format: str) -> None:
    out = report(DECIDER, PROFILES[name], TODAY, format)
    assert DECIDER.advise(PROFILES[name], TODAY).sentence.split()[0] in out
    assert out == report(other_decider(), PROFILES[name], TODAY, format)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_has_at_most_80_columns(text: str) -> None:
    lines = of(text, "text").splitlines()
    assert all(cell_len(line) <= 80 for line in lines if "http" not in line)


def test_html_loads_and_runs_nothing() -> None:
    html = report(DECIDER, PAYROLL, TODAY, "html")
    html_tags = tags(html)
    assert ("meta", [("http-equiv", "Content-Security-Policy"),
                     ("content", "default-src 'none'; style-src 'unsafe-inline'")]) in html_tags  # fmt: skip
    names = {tag[0] for tag in html_tags if isinstance(tag, tuple)}
    assert not names & {"script", "img", "link", "iframe", "object", "form", "base"}
    assert "url(" not in html and "@import" not in html
    levels = [int(tag[0][1]) for tag in html_tags if isinstance(tag, tuple) and re.fullmatch(r"h\d", str(tag[0]))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_text_has_contrast_in_light_dark_and_print() -> None:
    """WCAG AA: 4.5 to 1 for text, 3 to 1 for what is drawn."""
    assert contrast("#fff", "#000") == pytest.approx(21)
    themes = [dict(re.findall(r"--(\w+):(#\w+)", block)) for block in re.findall(r":root\{([^}]*)\}", STYLE)]
    assert len(themes) == 3
    for colours in themes:
        for ink in ("ink", "soft", "soc1", "soc2", "late"):
            for ground in ("bg", "panel"):
                assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground, colours)
        assert contrast(colours["both"], colours["bg"]) >= 3


@pytest.mark.parametrize("name", PROFILES)
def test_html_can_be_read_by_everybody(name: str) -> None:
    html_tags = [t for t in tags(report(DECIDER, PROFILES[name], TODAY, "html")) if isinstance(t, tuple)]
    heads = [dict(attributes) for tag, attributes in html_tags if tag == "th"]
    assert heads and all(head.get("scope") in ("col", "row") for head in heads)
    names = [tag for tag, _ in html_tags]
    assert names.count("caption") == names.count("table")
    assert ("html", [("lang", "en")]) in html_tags and "title" in names and "main" in names
    for tag, attributes in html_tags:
        if tag == "svg":
            assert dict(attributes)["role"] == "img" and dict(attributes)["aria-labelledby"] == "plan-title plan-about"
            assert "desc" in names


def arguments(**changed: object) -> argparse.Namespace:
    defaults = {
        "name": None,
        "example": None,
        "format": None,
        "output": "-",
        "today": None,
        "schema": False,
        "for_auditors": False,
        "full": False,
        "reply": None,
        "bridge_letter": None,
    }
    return argparse.Namespace(**{**defaults, "replace": False, "profiles": None, "data": None, **changed})


def test_report_goes_to_a_new_file_in_the_format_of_its_name(tmp_path: Path) -> None:
    from socui.errors import Exists
    from socui.profiles.store import Store

    store = Store.default(str(tmp_path / "profiles"))
    store.create(PAYROLL)
    target = tmp_path / "r.html"
    args = arguments(name="Acme Payroll", profiles=str(tmp_path / "profiles"), output=str(target), today="2026-11-23")
    assert report_verb.run(args) == 0
    first = target.read_text(encoding="utf-8")
    assert first.startswith("<!doctype html>")
    args.today = "2026-11-24"
    with pytest.raises(Exists):
        report_verb.run(args)
    assert target.read_text(encoding="utf-8") == first
    args.replace = True
    assert report_verb.run(args) == 0
    assert target.read_text(encoding="utf-8") != first


@pytest.mark.parametrize(
    "changed", [{}, {"name": "a", "example": "b"}, {"example": "nope"}, {"example": "x", "today": "1"}]
)
def test_report_says_what_is_wrong_with_the_command(changed: dict[str, object]) -> None:
    with pytest.raises(Usage):
        report_verb.run(arguments(**changed))


def test_check_names_every_fault(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "facts.toml").write_text("x = ")
    assert check_verb.run(argparse.Namespace(folder=str(tmp_path), against=None, data=None)) == 1
    assert "rules.toml:1" in capfd.readouterr().err


def test_check_against_itself_finds_no_difference() -> None:
    assert check_verb.changes(KNOWLEDGE, KNOWLEDGE) == ("no differences",)
    fewer = replace(KNOWLEDGE, rules={k: v for i, (k, v) in enumerate(KNOWLEDGE.rules.items()) if i})
    assert f"- rule {next(iter(KNOWLEDGE.rules))}" in check_verb.changes(KNOWLEDGE, fewer)
