"""What all words of a text say beside the phrases: probabilities, quotes, what is suggested and what is only asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from train_weights import fit, of_text, read, written

from socui.asking.reading.combined import WEIGHTS, held_together
from socui.asking.reading.matcher import match_text
from socui.asking.reading.phrases import load_phrases
from socui.asking.reading.reading import read_request
from socui.asking.reading.weight_proofs import weight_faults
from socui.asking.reading.weights import Weighed, Weights, load_weights
from socui.cli.main import main
from socui.data import FOLDER
from socui.errors import KnowledgeError

TEXT = "Hello,\nour wombats look at this every spring, so a SOC 2 would help us."


def weighed(text: str, reader: dict[str, dict[str, int]]) -> Weighed:
    """What these weights for the reader say of a text."""
    phrases = load_phrases()
    return Weighed(match_text(text, phrases), phrases.families, (Weights({"reader": reader}), Weights({})))


def test_words_that_speak_for_an_answer_make_it_likely_and_are_its_quote() -> None:
    one = weighed(TEXT, {"security": {"wombats": 9000, "our wombats": 9000}, "client": {}, "-": {"": 100}})
    likely = one.of("reader")
    assert likely["security"] > 0.9 and sum(likely.values()) == pytest.approx(1)
    start, end = one.span("reader", "security") or (0, 0)
    assert match_text(TEXT, load_phrases()).masked[start:end] in ("our wombats", "wombats")


@pytest.mark.parametrize(
    ("weight", "part", "outcome"),
    [
        (9000, None, (True, "security", WEIGHTS)),  # sure: suggested
        (1200, None, (False, "security", WEIGHTS)),  # likely: asked
        (0, None, None),
        (9000, "security", (True, "security", "phrase")),
        (9000, "client", (False, "client", "phrase")),  # the words say something else
        (0, "finance", (False, "finance", "phrase")),
    ],
)
def test_phrases_and_words_together_suggest_and_apart_they_ask(
    weight: int, part: str | None, outcome: tuple[bool, str, str] | None
) -> None:
    one = weighed(TEXT, {"security": {"wombats": weight}, "client": {}, "finance": {"": -900}, "-": {"": 50}})
    parts = [("reader", part, 0, 5, "phrase")] if part else []
    told = dict(held_together(parts, one, (), False))
    sure, (_, value, _, _, phrase) = told.get("reader", (None, ("", "", 0, 0, "")))
    assert ((sure, value, phrase) if told else None) == outcome


def test_a_terse_note_is_not_read_by_words_alone_and_excluded_values_are_not_told() -> None:
    one = weighed(TEXT, {"security": {"wombats": 9000}, "-": {}})
    assert [sure for sure, _ in dict(held_together([], one, (), True)).values()] == [False]
    assert not dict(held_together([], one, ("security",), False))


def test_what_is_learned_is_what_the_file_says(tmp_path: Path) -> None:
    texts = [(f"wombat {n} says please", "yes") for n in "abcdef"] + [
        (f"quokka {n} naps today", "none") for n in "abcdef"
    ]
    fitted = fit([(of_text(read(text)), answer) for text, answer in texts])
    (tmp_path / "weights.toml").write_text(written({"request": fitted}))
    phrases = load_phrases()
    for text, answer in (("wombat g says please", "yes"), ("quokka g naps today", "none")):
        one = Weighed(match_text(text, phrases), phrases.families, load_weights(tmp_path))
        assert one.of("request")[answer] > 0.5, text


def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "weights.toml").write_text('[request.yes]\n"please" = "much"\n')
    with pytest.raises(KnowledgeError, match=r"weights\.toml:1: .* cannot be read"):
        load_weights(tmp_path)


def test_the_weights_that_come_with_it_fit_the_code() -> None:
    assert weight_faults(None, load_phrases()) == ()


@pytest.mark.parametrize(
    ("table", "line", "says"),
    [
        ('[readers.client]\n"a" = 1', 5, "[readers] is no question"),
        ('[reader.cilent]\n"a" = 1', 5, "[reader.cilent] 'cilent' is no answer. Did you mean client?"),
        ('[reader.client]\n"a" = 1.5', 6, "whole number"),
        ('[reader.client]\n"a b c" = 1', 6, "one word or two"),
        ('[reader.client]\n"a  b" = 1', 6, "one word or two"),
        ('[reader.client]\n"a-b" = 1', 6, "nothing that is seen in a text"),
        ('[reader.client]\n"<wombats> a" = 1', 6, "no list <wombats>"),
        ('[reader.client]\n"a @soc9" = 1', 6, "no report soc9"),
        ('[name.asked]\n"please" = 1', 6, "two words"),
        ('[name.passing]\n"in a" = 1', 5, "[name] has no answer 'asked'"),
        ('[type."-"]\n"a" = 1', 5, "[type] has no answer"),
    ],
)
def test_weights_that_do_not_fit_the_code_are_told_with_file_and_line(
    tmp_path: Path, table: str, line: int, says: str
) -> None:
    (tmp_path / "weights.toml").write_text(f'[request.none]\n"" = 1\n[request.yes]\n"\\n <asks>" = 2\n{table}\n')
    (fault,) = weight_faults(tmp_path, load_phrases())
    assert fault.startswith(f"weights.toml:{line}: ") and says in fault


def test_check_reads_the_weights(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for proof in ("deciding.proofs.prove", "asking.reading.phrases.phrase_faults", "planning.proofs.prove_plans"):
        monkeypatch.setattr(f"socui.{proof}", lambda *_: ())
    folder = tmp_path / "data"
    copytree(FOLDER, folder)
    text = (folder / "weights.toml").read_text("utf-8")
    (folder / "weights.toml").write_text(text.replace("[side.obtain]", "[side.obtains]"), "utf-8")
    assert main(["check", str(folder)]) == 1
    line = text[: text.index("[side.obtain]")].count("\n") + 1
    assert capsys.readouterr().err.startswith(f"weights.toml:{line}: [side.obtains] ")


def test_a_text_without_a_phrase_that_asks_is_read_by_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = """You're down to the last two. The other vendor came along with a SOC 2 yesterday. If there is one on your
    side as well, now would be the time."""
    assert ("asks", "soc2") in {(s.field, s.value) for s in read_request(text).suggestions}
    (tmp_path / "weights.toml").write_text("")
    none = load_weights(tmp_path)
    monkeypatch.setattr("socui.asking.reading.reading.load_weights", lambda _: none)
    assert not read_request(text).suggestions  # phrases alone
    reading = read_request("Please send your SOC 2 report by 14 March 2027.", date(2027, 1, 4))
    assert {s.field: s.value for s in reading.suggestions}["needed_by"] == date(2027, 3, 14) and not reading.questions


def test_an_offer_that_may_be_a_request_is_asked_about_and_suggests_nothing() -> None:
    reading = read_request(
        "Task: get SOC 2 Type 2 done so that we can close Apexor (signature planned for 30 June 2027; their procurement "
        "insists on a report, and a badge is not enough for them)."
    )
    assert not reading.suggestions and ("asks", "soc2") in {(s.field, s.value) for s in reading.questions}


def test_a_notice_of_an_audit_beside_a_plain_request_takes_nothing_away() -> None:
    reading = read_request(
        "Pls ask Mercer Cloud for their latest SOC 2 Type II and check the exceptions against our user controls. We need it in "
        "the binder for our own audit (kick-off 8 Feb 2027)."
    )
    assert ("asks", "soc2") in {(s.field, s.value) for s in reading.suggestions}
