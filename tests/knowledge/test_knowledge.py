"""The loader: what a valid base becomes, and for each kind of fault the file, line and id that it is reported with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from socui.errors import KnowledgeError
from socui.knowledge.conditions import Condition
from socui.knowledge.load import FILES, load_knowledge
from socui.knowledge.toml_lines import find_lines, line_of

BASE = {
    "sources.toml": """
[[source]]
id = "AICPA"
publisher = "AICPA"
title = "Guide"
kind = "standard"
""",
    "facts.toml": """
[[fact]]
id = "F-1"
says = "A statement."
sources = ["AICPA"]
confidence = "standard"
""",
    "questions.toml": """
[[section]]
id = "use"
title = "Use"

[[question]]
id = "link"
section = "use"
ask = "How does it reach their books?"
short = "Link to books"
help = "Help."
whom = "sales"
facts = ["F-1"]
several = true

[[question.option]]
id = "posts"
label = "It posts amounts"
short = "posts"
soc1 = "trigger"

[[question.option]]
id = "nothing"
label = "It does nothing"
short = "nothing"
alone = true

[[question]]
id = "check"
section = "use"
ask = "Do they check?"
short = "Check"
help = "Help."
whom = "sales"
facts = ["F-1"]
ask_when = { any = [{ link = "posts" }, { when = { link = "nothing" } }] }
otherwise = "yes"

[[question.option]]
id = "yes"
label = "Yes"
short = "yes"

[[question.option]]
id = "no"
label = "No"
short = "no"
""",
    "conclusions.toml": """
[texts]
"settled.soc1" = "SOC 1."

[[result]]
id = "soc1"
title = "SOC 1 report"
stage = 1
ladder = true
default = "expected"

[[result.value]]
id = "expected"
label = "expected"
says = "It is expected."
facts = ["F-1"]

[[result.value]]
id = "required"
label = "required"
says = "It is required."
facts = ["F-1"]

[[result]]
id = "soc2"
title = "SOC 2 report"
stage = 1
default = "expected"

[[result.value]]
id = "expected"
label = "expected"

[[result]]
id = "type"
title = "Type"
stage = 2
default = "two"
needs = { when = { headline = ["both", "soc1"] } }

[[result.value]]
id = "two"
label = "Type 2"
""",
    "rules.toml": """
[[term]]
id = "books"
means = "It reaches the books."
when = { link = ["posts", "none"] }

[[term]]
id = "unchecked"
means = "It reaches the books unchecked."
when = { books = true, check = "no" }

[[rule]]
id = "posts"
concludes = "soc1.expected"
because = "It posts."
facts = ["F-1"]
when = { books = true }
all = { link = "posts" }
only = { link = ["posts"] }
unless = { check = "yes" }
overrides = ["pair"]

[[rule]]
id = "pair"
concludes = ["soc1.required", "soc2.expected"]
because = "Both."
facts = ["F-1"]
any = [{ link = "posts" }]

[[rule]]
id = "typed"
concludes = "type.two"
because = "Covered."
facts = ["F-1"]
when = { soc1 = "required", headline = "both" }
""",
    "presumptions.toml": """
[[presumption]]
id = "p-link"
question = "link"
answer = "none"
because = "Normally not."
facts = ["F-1"]

[[presumption]]
id = "p-check"
question = "check"
answer = "no"
because = "Normally not."
facts = ["F-1"]
when = { unchecked = true }
""",
    "comparison.toml": """
[[row]]
id = "subject"
title = "Subject"
soc1 = "Books"
soc2 = "Criteria"
facts = ["F-1"]
questions = ["link"]
""",
    "scope.toml": """
[[category]]
id = "availability"
title = "Availability"
criteria = 3
says = "It is up."
facts = ["F-1"]
""",
    "mistakes.toml": """
[[note]]
id = "m-1"
kind = "mistake"
title = "A mistake"
says = "Do not."
facts = ["F-1"]
when = { soc1 = "required" }
cost = "Months."
reminder = true
purpose = "plan"
""",
    "hints.toml": """
[[note]]
id = "h-1"
kind = "hint"
title = "A hint"
says = "Do."
facts = ["F-1"]
""",
    "plan.toml": """
[[duration]]
id = "readiness"
title = "Readiness"
months = [1, 2, 3.5]
facts = ["F-1"]
""",
    "reference.toml": """
[[entry]]
id = "icfr"
kind = "term"
title = "ICFR"
says = "Controls over financial reporting."
facts = ["F-1"]
also = ["SOX controls"]
""",
    "history.toml": """
[[change]]
version = "2026.1"
says = "First."

[[change]]
version = "2026.2"
says = "Second."
confirm = ["link"]
renamed = { "link.post" = "link.posts" }

[[left_out]]
id = "F-9"
reason = "Not needed."

[[exception]]
id = "X-1"
reason = "Meant so."
""",
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A folder with the small valid base."""
    for name, text in BASE.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def faults(folder: Path) -> tuple[str, ...]:
    """The faults that the base in a folder is refused with."""
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(folder)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return caught.value.faults


def replace_once(folder: Path, file: str, old: str, new: str) -> str:
    """Break a file of the base, whose text then is returned. The first place that has `old` is changed."""
    text = (folder / file).read_text("utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    (folder / file).write_text(changed, "utf-8")
    return changed


def test_a_valid_base_becomes_values(base: Path) -> None:
    knowledge = load_knowledge(base)
    assert knowledge.version == "2026.2"
    assert list(knowledge.questions) == ["link", "check"]
    link, check = knowledge.questions.values()
    assert link.several and link.options[0].pulls == {"soc1": "trigger"} and link.options[1].alone
    branches = (Condition(when={"link": ("posts",)}), Condition(when={"link": ("nothing",)}))
    assert check.ask_when == Condition(any=branches) and check.otherwise == ("yes",)
    assert knowledge.terms["unchecked"].condition.when == {"books": ("true",), "check": ("no",)}
    assert knowledge.rules["posts"].condition == Condition(
        when={"books": ("true",)}, all={"link": ("posts",)}, only={"link": ("posts",)}, unless={"check": ("yes",)}
    )
    assert [p.answer for p in knowledge.presumptions] == [(), ("no",)]
    assert knowledge.presumptions[0].condition is None
    assert knowledge.results["type"].needs == Condition(when={"headline": ("both", "soc1")})
    assert [n.id for n in knowledge.notes] == ["m-1", "h-1"] and knowledge.notes[0].reminder
    assert knowledge.durations["readiness"].months == (1.0, 2.0, 3.5)
    assert knowledge.changes[1].renamed == {"link.post": "link.posts"}
    assert knowledge.left_out == {"F-9": "Not needed."} and knowledge.exceptions == {"X-1": "Meant so."}
    assert knowledge.texts == {"settled.soc1": "SOC 1."}


def test_a_rule_on_two_results_becomes_two_and_is_overridden_on_the_same_result(base: Path) -> None:
    rules = load_knowledge(base).rules
    assert [(r.id, r.result, r.value) for r in rules.values()] == [
        ("posts", "soc1", "expected"),
        ("pair/soc1", "soc1", "required"),
        ("pair/soc2", "soc2", "expected"),
        ("typed", "type", "two"),
    ]
    assert rules["posts"].overrides == ("pair/soc1",)


def test_files_beside_the_needed_ones_may_be_missing(base: Path) -> None:
    for name in BASE.keys() - {"sources.toml", "facts.toml", "questions.toml", "conclusions.toml", "rules.toml"}:
        (base / name).unlink()
    knowledge = load_knowledge(base)
    assert (knowledge.version, knowledge.notes, knowledge.presumptions) == ("", (), ())


def test_the_digest_changes_with_the_content_of_the_base_only(base: Path) -> None:
    before = load_knowledge(base).digest
    assert len(before) == 16
    (base / "README.md").write_text("not of the base", "utf-8")
    assert load_knowledge(base).digest == before
    replace_once(base, "hints.toml", "Do.", "Do!")
    assert load_knowledge(base).digest != before


@dataclass(frozen=True)
class Break:
    """Replaces `old` by `new` in a file, upon which a fault that begins with `says` has to be reported: on the line that
    has `at` in it, else the one with the comment `#!`, else the one where `new` begins."""

    file: str
    old: str
    new: str
    says: str
    at: str = ""


SOURCE, FACT, QUESTION, RESULT, RULE = "sources.toml", "facts.toml", "questions.toml", "conclusions.toml", "rules.toml"
BREAKS = [
    # shape
    Break(SOURCE, 'title = "Guide"', 'titel = "Guide" #!', "[AICPA] unknown key `titel`. Did you mean title?"),
    Break(
        SOURCE, "[[source]]", '[[sauce]] #!\nid = "S"\n[[source]]', "[sources.toml] unknown key `sauce`. Did you mean"
    ),
    Break(
        SOURCE, '[[source]]\nid = "AICPA"', '[[source]]\nid = "AICPA"\naddress = 3 #!', "[AICPA] `address` is a number."
    ),
    Break(SOURCE, "[[source]]", "[source] #!", "[sources.toml] `source` is a table. It has to be an array of tables"),
    Break(SOURCE, '[[source]]\nid = "AICPA"', "[[source]] #!", '[source 1] `id` is missing. Add id = "..."'),
    Break(SOURCE, 'title = "Guide"', "title = = #!", "[sources.toml] Invalid value in column 9."),
    Break(
        QUESTION, "several = true", 'several = "yes" #!', "[link] `several` is a string. It has to be true or false."
    ),
    Break("scope.toml", "criteria = 3", "criteria = true #!", "[availability] `criteria` is true or false."),
    Break("reference.toml", '"SOX controls"', "3 #!\n", "[icfr] `also` is a list. It has to be a string or a list"),
    Break("history.toml", '"link.posts" }', "1 } #!", "[2026.2] `link.post` is a number. It has to be a string."),
    Break(RULE, "when = { books = true }", "when = true #!", "[posts] `when` is true or false. It has to be a table."),
    Break(
        RULE, "any = [{ link", 'any = [3] #!\nwhen = { link = "posts" } #', "[pair] `any` is a list. It has to be a l"
    ),
    # texts
    Break(FACT, '"A statement."', '" " #!', "[F-1] `says` is empty. Write the text."),
    Break(FACT, '"standard"', '"standart" #!', "[F-1] `confidence` cannot be 'standart'. Did you mean standard?"),
    Break(RESULT, '"SOC 1."', '"" #!', "[conclusions.toml] `settled.soc1` is empty."),
    Break(QUESTION, '"Link to books"', f'"{"x" * 27}" #!', "[link] `short` is 27 characters long. Shorten it to 26."),
    Break(QUESTION, 'short = "posts"', f'short = "{"x" * 29}" #!', "[link/posts] `short` is 29 characters long."),
    Break(RESULT, 'label = "expected"', f'label = "{"x" * 25}" #!', "[soc1/expected] `label` is 25 characters long."),
    Break("comparison.toml", '"Books"', f'"{"x" * 131}" #!', "[subject] `soc1` is 131 characters long."),
    # ids used twice
    Break(RESULT, 'id = "soc2"', 'id = "soc1" #!', "[soc1] `soc1` is used twice. Give this one another id."),
    Break(QUESTION, 'id = "nothing"', 'id = "posts" #!', "[link/posts] `posts` is used twice."),
    Break("hints.toml", 'id = "h-1"', 'id = "m-1" #!', "[m-1] `m-1` is used twice."),
    Break(RULE, 'id = "unchecked"', 'id = "check" #!', "[check] is the id of a question too"),
    Break(RESULT, 'id = "type"', 'id = "check" #!', "[check] is the id of a question too"),
    Break(QUESTION, 'id = "nothing"', 'id = "none" #!', '[link/none] the option id "none" is reserved'),
    # facts and sources
    Break(
        FACT,
        'sources = ["AICPA"]',
        'sources = [\n  "AICPA",\n  "AIPCA", #!\n]',
        "[F-1] unknown source `AIPCA`. Did you",
    ),
    Break(
        FACT,
        '[[fact]]\nid = "F-1"\nsays = "A statement."\nsources = ["AICPA"]',
        '[[fact]] #!\nid = "F-1"\nsays = "A statement."',
        "[F-1] cites no source. Add sources",
    ),
    Break(
        SOURCE,
        "[[source]]",
        '[[source]] #!\nid = "ISO"\npublisher = "ISO"\ntitle = "T"\n[[source]]',
        "[ISO] no fact cites this source.",
    ),
    Break(QUESTION, 'facts = ["F-1"]', 'facts = ["F-2"] #!', "[link] unknown fact `F-2`. Did you mean F-1?"),
    Break(
        "hints.toml",
        '[[note]]\nid = "h-1"',
        '[[note]] #!\nid = "h-2"\nkind = "hint"\ntitle = "T"\nsays = "S"\n[[note]]\nid = "h-1"',
        "[h-2] cites no fact. Add facts",
    ),
    Break(
        RESULT,
        '[[result.value]]\nid = "two"',
        '[[result.value]] #!\nid = "two"\nsays = "Advice."',
        "[type/two] cites no fact.",
    ),
    # questions
    Break(QUESTION, 'section = "use"', 'section = "usa" #!', "[link] `section` cannot be 'usa'. Did you mean use?"),
    Break(QUESTION, 'soc1 = "trigger"', 'soc1 = "triger" #!', "[link/posts] `soc1` cannot be 'triger'. Did you mean"),
    Break(
        QUESTION,
        "[[question]]",
        '[[question]] #!\nid = "bare"\nsection = "use"\nask = "?"\nshort = "s"\nhelp = "h"\n'
        'whom = "w"\nfacts = ["F-1"]\n[[question]]',
        "[bare] has no option.",
    ),
    Break(QUESTION, 'otherwise = "yes"', "#", "[check] `ask_when` and `otherwise` need each other.", "ask_when ="),
    Break(
        QUESTION, 'otherwise = "yes"', 'otherwise = "yess" #!', "[check] `otherwise` names the unknown option `yess`."
    ),
    Break(QUESTION, 'otherwise = "yes"', "otherwise = [] #!", "[check] `otherwise`: takes one answer, not none."),
    Break(QUESTION, '{ link = "posts" }', '{ check = "no" }', "[check] `ask_when` looks at itself."),
    Break(QUESTION, '{ link = "posts" }', "{ books = true }", "[check] `ask_when` looks at `books`, not at an answer."),
    Break(
        QUESTION, '{ link = "posts" }', '{ soc1 = "required" }', "[check] `ask_when` looks at `soc1`, not at an answ"
    ),
    Break(QUESTION, '{ link = "posts" }', '{ lnik = "posts" }', "[check] unknown question, term or result `lnik`. Did"),
    Break(
        QUESTION,
        "several = true",
        'several = true\notherwise = ["posts", "nothing"]\nask_when = { check = "no" } #!',
        "[link] `ask_when` looks at `check`, which is asked later.",
    ),
    Break(
        QUESTION,
        "several = true",
        'several = true\nask_when = { check = "no" }\notherwise = ["posts", "nothing"] #!',
        "[link] `otherwise`: nothing stands alone.",
    ),
    # conditions
    Break(RULE, '"posts", "none"', '\n"posts",\n"post", #!\n', "[books] `link` has no `post`. Did you mean posts?"),
    Break(RULE, 'check = "no" }', 'check = "none" } #!', "[unchecked] `check` has no `none`. Did you mean no?"),
    Break(
        RULE, "when = { books = true }", "when = { boks = true } #!", "[posts] unknown question, term or result `boks`."
    ),
    Break(
        RULE, "when = { books = true }", 'when = { books = "yes" } #!', "[posts] `books` is a term: it holds or not."
    ),
    Break(RULE, "when = { books = true }", "when = {} #!", "[posts] `when` is empty."),
    Break(
        RULE,
        'any = [{ link = "posts" }]',
        '[rule.when]\nlink = "post" #!',
        "[pair] `link` has no `post`. Did you mean posts?",
    ),
    Break(
        RULE, "when = { books = true }", "when = { link = [] } #!", "[posts] `link` has no values, so `when` says noth"
    ),
    Break(RULE, 'any = [{ link = "posts" }]', "any = [] #!", "[pair] `any` has no alternatives, so it never holds."),
    Break(
        RULE,
        'any = [{ link = "posts" }]',
        'any = [\n{ link = "posts" },\n{ when = { link = "posts" }, check = "no" } #!\n]',
        "[pair] unknown key `check`.",
    ),
    Break(
        RULE, 'all = { link = "posts" }', 'all = { check = "no" } #!', "[posts] `all` looks at `check`, where only one"
    ),
    Break(RULE, 'only = { link = ["posts"] }', 'only = { link = "none" } #!', "[posts] `link` has no `none`."),
    Break(
        RULE,
        'only = { link = ["posts"] }',
        "only = { books = true } #!",
        "[posts] `only` looks at `books`, which is no q",
    ),
    Break(RULE, 'headline = "both" }', 'headline = "bot" } #!', "[typed] `headline` has no `bot`. Did you mean both?"),
    Break(RULE, 'soc1 = "required",', 'soc1 = "requird",', "[typed] `soc1` has no `requird`. Did you mean required?"),
    Break(RULE, "when = { books = true }", 'when = { soc2 = "expected" } #!', "[posts] `soc2` is concluded at stage 1"),
    Break(
        RULE, "when = { books = true }", 'when = { headline = "both" } #!', "[posts] `headline` is concluded at stage 1"
    ),
    Break(
        RULE,
        'when = { link = ["posts", "none"] }',
        'when = { soc2 = "expected" }',
        "[posts] `books` is concluded at stage 1, too late to be looked at here. Use a result of an earlier stage.",
        "when = { books = true }",
    ),
    Break(RESULT, 'headline = ["both", "soc1"] } }', 'type = "two" } } #!', "[type] `type` is concluded at stage 2"),
    Break(
        "presumptions.toml", "unchecked = true }", 'soc1 = "required" } #!', "[p-check] `soc1` is concluded at stage 1"
    ),
    Break(RULE, 'when = { link = ["posts", "none"] }', "#", "[books] has no condition.", "[[term]]"),
    Break(
        RULE,
        'when = { link = ["posts", "none"] }',
        "when = { books = true }",
        "[books] is defined by itself.",
        "[[term]]",
    ),
    Break(
        RULE,
        'when = { link = ["posts", "none"] }',
        "when = { unchecked = true }",
        "[books] is defined by itself: books -> unchecked -> books.",
        "[[term]]",
    ),
    # rules and presumptions
    Break(
        RULE, '"soc1.expected"', '"soc1.expcted" #!', "[posts] concludes the unknown `soc1.expcted`. Did you mean soc1"
    ),
    Break(
        RULE, '["soc1.required", "soc2.expected"]', '["soc1.required", "soc1.expected"] #!', "[pair] concludes the same"
    ),
    Break(RULE, '["pair"]', '["pear"] #!', "[posts] overrides the unknown rule `pear`. Did you mean pair?"),
    Break(RULE, '["pair"]', '["typed"] #!', "[posts] overrides `typed`, which concludes type and not soc1."),
    Break(RULE, '["pair"]', '["posts"] #!', "[posts] overrides itself."),
    Break(
        RULE,
        'any = [{ link = "posts" }]',
        'overrides = ["posts"]\nany = [{ link = "posts" }]',
        "[posts] overrides itself: posts -> pair/soc1 -> posts.",
        'overrides = ["pair"]',
    ),
    Break(
        RESULT, 'default = "expected"', 'default = "expect" #!', "[soc1] `default` cannot be 'expect'. Did you mean exp"
    ),
    Break(
        RESULT,
        "[texts]",
        '[[result]] #!\nid = "bare"\ntitle = "T"\nstage = 1\ndefault = "x"\n[texts]',
        "[bare] has no value.",
    ),
    Break("presumptions.toml", '"link"', '"lnk" #!', "[p-link] `question` cannot be 'lnk'. Did you mean link?"),
    Break(
        "presumptions.toml",
        'answer = "none"',
        'answer = "post" #!',
        "[p-link] `answer` names the unknown option `post`",
    ),
    Break(
        "presumptions.toml",
        'answer = "no"\n',
        'answer = ["no", "yes"] #!\n',
        "[p-check] `answer`: takes one answer, not ",
    ),
    # the rest
    Break("comparison.toml", '["link"]', '["lnk"] #!', "[subject] unknown question `lnk`. Did you mean link?"),
    Break("mistakes.toml", '"plan"', '"plam" #!', "[m-1] `purpose` cannot be 'plam'. Did you mean plan?"),
    Break(
        "plan.toml", "months = [1, 2, 3.5]", "months = [1, 3, 2] #!", "[readiness] `months` is not three rising numbers"
    ),
    Break("reference.toml", '"term"', '"word" #!', "[icfr] `kind` cannot be 'word'. Use one of term, faq."),
    Break("history.toml", '["link"]', '["lnk"] #!', "[2026.2] unknown question `lnk`. Did you mean link?"),
]


@pytest.mark.parametrize("broken", BREAKS, ids=lambda b: f"{b.file}-{b.says[:50]}")
def test_a_fault_is_reported_with_its_file_line_and_id(base: Path, broken: Break) -> None:
    text = replace_once(base, broken.file, broken.old, broken.new)
    place = text.index(broken.at or ("#!" if "#!" in broken.new else broken.new))
    expected = f"{broken.file}:{text.count(chr(10), 0, place) + 1}: {broken.says}"
    lines = faults(base)
    assert any(line.startswith(expected) for line in lines), (expected, lines)
    assert all(line.endswith((".", "?")) and "\n" not in line for line in lines)


@pytest.mark.parametrize("name", ["sources.toml", "facts.toml", "questions.toml", "conclusions.toml", "rules.toml"])
def test_a_needed_file_that_is_missing_is_one_fault(base: Path, name: str) -> None:
    (base / name).unlink()
    (fault,) = faults(base)
    assert fault.startswith(f"{name}:1: [{name}] this file is missing in {base}.")


@pytest.mark.parametrize("name", BASE)
def test_a_file_that_is_no_toml_is_one_fault(base: Path, name: str) -> None:
    (base / name).write_text(BASE[name] + "\n[[", "utf-8")
    (fault,) = faults(base)
    assert fault.startswith(f"{name}:{BASE[name].count(chr(10)) + 2}: [{name}] ")


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"a = 1\nb = '\xff'", 2, "this line is not UTF-8."),
        (b"a = 1\nb = [", 2, "Invalid value at the end of the file."),
        (b"a = " + b"[" * 100_000, 1, "cannot be read: "),
        (b"a = " + b"1" * 5_000, 1, "cannot be read: "),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault(base: Path, content: bytes, line: int, says: str) -> None:
    (base / "hints.toml").write_bytes(content)
    (fault,) = faults(base)
    assert fault.startswith(f"hints.toml:{line}: [hints.toml] {says}")


def test_a_folder_in_place_of_a_file_is_a_fault(base: Path) -> None:
    (base / "hints.toml").unlink()
    (base / "hints.toml").mkdir()
    (fault,) = faults(base)
    assert fault == "hints.toml:1: [hints.toml] cannot be read: Is a directory. Make it readable."


def test_all_faults_are_reported_at_once_by_file_and_line(base: Path) -> None:
    replace_once(base, "rules.toml", '"soc1.expected"', '"soc1.expcted"')
    replace_once(base, "rules.toml", 'link = ["posts", "none"]', 'lnk = ["posts", "none"]')
    replace_once(base, "questions.toml", 'title = "Use"', 'title = ""')
    replace_once(base, "hints.toml", 'facts = ["F-1"]', 'facts = ["F-2"]')
    assert [fault.split("]")[0] for fault in faults(base)] == [
        "hints.toml:7: [h-1",
        "questions.toml:4: [use",
        "rules.toml:5: [books",
        "rules.toml:14: [posts",
    ]


def test_windows_line_ends_do_not_move_the_lines(base: Path) -> None:
    replace_once(base, "rules.toml", '"soc1.expected"', '"soc1.expcted"')
    before = faults(base)
    for path in base.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert faults(base) == before


def test_lines_are_found_in_every_shape_of_toml() -> None:
    text = """# [[no]]
a.b = 1
"c d" = '''
[not a header]
'''
x = \"\"\"one \\\"
["two"] = #
\"\"\"\"
[[t]]
k = [
  "]", # "]
  { u = 1.5, v.w = 2026-01-01 },
]
[t.sub]
l = '#' # comment
[[t.deep]]
m = true
[[t]]
[[t.deep]]
[[t.deep]]
n = 0
"""
    lines = find_lines(text)
    expected = {
        ("a", "b"): 2, ("c d",): 3, ("x",): 6, ("t", 0): 9, ("t", 0, "k"): 10, ("t", 0, "k", 0): 11,
        ("t", 0, "k", 1, "v", "w"): 12, ("t", 0, "sub", "l"): 15, ("t", 0, "deep", 0, "m"): 17, ("t", 1): 18,
        ("t", 1, "deep", 0): 19, ("t", 1, "deep", 1, "n"): 21,
    }  # fmt: skip
    assert {place: lines.get(place) for place in expected} == expected
    assert line_of(lines, ("t", 1, "missing", 3)) == 18
    assert line_of(lines, ("missing",)) == 1


def test_the_packaged_base_is_valid() -> None:
    knowledge = load_knowledge()
    assert knowledge.rules and knowledge.questions and knowledge.facts and knowledge.version


def test_every_file_of_the_small_base_is_one_that_is_read() -> None:
    assert set(BASE) <= set(FILES)
