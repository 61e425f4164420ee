"""ask and compare, driven through standard input."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import forked
import pytest
from base import DECIDER, KNOWLEDGE

from socui.deciding.answers import parse_numbers, replied
from socui.knowledge.model import Question
from socui.profiles.profile import Profile
from socui.profiles.records import Request
from socui.profiles.store import Store


def socui(folder: Path, *args: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line on profiles of its own."""
    return forked.text(forked.socui("--profiles", str(folder / "profiles"), *args, typed=typed.encode("utf-8")))


def saved(folder: Path, name: str) -> Profile:
    """A profile as it was saved."""
    return Store(folder / "profiles").open(name).profile


def test_one_settling_answer(tmp_path: Path) -> None:
    """Whoever collects reports is told so at once; what follows asks no more and is saved."""
    done = socui(tmp_path, "ask", "Acme", "--plain", typed="6\nq\n")
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.index("What happened?") < done.stdout.index("6. We need reports from our own vendors")
    assert "\nYou do not issue a report here" in done.stdout
    assert "SOC 1 report: no." in done.stdout
    profile = saved(tmp_path, "Acme")
    assert dict(profile.answers) == {"role": "obtain"} and profile.result == "neither"
    assert profile.knowledge == KNOWLEDGE.version


def test_nothing_moves_the_cursor(tmp_path: Path) -> None:
    """Plain lines only: no colour, no cursor, nothing that a screen reader stumbles over."""
    done = socui(tmp_path, "ask", "A", "--plain", typed="h\n7\nh\n1\n1 2\n0\n?\nb\nh\nq\n")
    assert done.returncode == 0
    assert not set(done.stdout) & set("\x1b\r\b\x07")


def test_keys(tmp_path: Path) -> None:
    """Several numbers, none, not sure, partly, back and help do what they say; what is no answer is said in words."""
    typed = ["b", "8", "7", "", "x", "5", "1 2", "0", "1", "1", "1 7", "h", "2 1 ?", "b", "1,3", "0", "?", "q"]
    done = socui(tmp_path, "ask", "Acme", typed="\n".join(typed) + "\n")
    assert done.returncode == 0
    for words in (
        "There is nothing before this question.",
        "Give one number from 1 to 7, or u if you are not sure.",
        "Give a number, or u if you are not sure; h explains the question, r reads it again.",
        "x is none of the numbers: give one from 1 to 4.",
        "5 is none of the numbers",
        "Choose just one, from 1 to 4",
        "7 stands alone: leave out the others.",
        "Who knows: sales, or the head of the service.",
        "Numbers and u together: these apply, and more may.",
    ):
        assert words in done.stdout, words
    profile = saved(tmp_path, "Acme")
    assert profile.answers["customer_types"] == ("organizations", "partner_bank")
    assert profile.answers["delivery_model"] == ()
    assert len(profile.not_sure) == 1 and not profile.begun


def test_what_was_typed_is_said_back(tmp_path: Path) -> None:
    """Who hears the screen hears what was taken, what was taken back, and what follows; a letter stands for the mark."""
    out = socui(tmp_path, "ask", "Acme's", typed="7\n1\n1\nr\n2 1\nb\n1 U\nu\ns\nQ\n").stdout
    question = KNOWLEDGE.questions["customer_types"]
    one, two = (o.label for o in question.options[:2])
    assert out.count(question.ask) == 3  # asked, read again, and asked anew after going back
    assert f"{question.short}: {one}; {two}.\n" in out
    assert f"Taken back: {question.short}.\n" in out
    assert f"{question.short}: {one}; not sure of the rest, ask {question.whom}.\n" in out
    assert f": not sure, ask {KNOWLEDGE.questions['delivery_model'].whom}.\n" in out
    assert out.count("SOC 1 report: ") == 2  # asked for, and at the end
    assert "So far: " in out and "Several of 8 may apply." in out and "One of 2." in out
    assert out.endswith("socui report 'Acme'\"'\"'s'\n")
    profile = saved(tmp_path, "Acme's")
    assert profile.answers["customer_types"] == ("organizations",)
    assert profile.not_sure == {"customer_types", "delivery_model"}


def test_a_request_is_told_line_by_line(tmp_path: Path) -> None:
    """An auditor or a finance team asked: who, for what, how firmly; what is not known is skipped, and the list is closed."""
    typed = ["2", "Merchant Inc., audit team", "2", "99", "2", "", "1", "1", "", "1", "q"]
    done = socui(tmp_path, "ask", "Acme", typed="\n".join(typed) + "\n")
    assert "Enter alone keeps: A client's finance team." in done.stdout
    assert "Give a number from 1 to 19, or Enter to skip." in done.stdout
    assert "Recorded: Merchant Inc., audit team: SOC 1, Type 2, by contract." in done.stdout
    profile = saved(tmp_path, "Acme")
    (request,) = profile.requests
    assert (request.id, request.reader, request.asks, request.force) == ("r1", "user_auditor", ("soc1",), "contract")
    assert (request.type, request.subject, request.needed) == ("type2", "", "")
    assert profile.answers["more_requests"] == "no"


MAIL = """From: Ann Lee <ann@merchant.example>

Hello, we are the auditors of Merchant Inc. Please send your SOC 1 Type 2 report
by this Friday. A SOC 3 is not enough.

q
"""


def asked_on_a_terminal(folder: Path, keys: str) -> str:
    """What `socui ask` prints while these keys are typed on a terminal of its own."""
    primary, secondary = os.openpty()
    command = [sys.executable, "-m", "socui", "--profiles", str(folder / "profiles"), "ask", "Acme", "--plain"]
    with subprocess.Popen(command, stdin=secondary, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        os.write(primary, keys.encode())
        out, err = program.communicate(timeout=60)
    os.close(primary)
    os.close(secondary)
    assert (program.returncode, err) == (0, b"")
    return out.decode()


def test_a_mail_is_pasted_on_a_terminal_and_each_part_is_confirmed(tmp_path: Path) -> None:
    """A dot alone ends it, so that no line of it is taken for an answer; a part that is left out is asked for."""
    keys = f"1\nm\n{MAIL}.\nsoon\n2027-01-18\nn\ny\nx\n\n\n\nn\n\nMerchant Inc.\n\n2\n1\nq\n"
    out = asked_on_a_terminal(tmp_path, keys)
    assert "m as the first answer takes a mail that you paste" in out and "7 things to confirm." in out
    assert "Not a day: write" in out and 'By when: 22 Jan 2027. Its words: "by this Friday"' in out
    assert out.count("Enter or y takes it") == 2, "x is no answer"
    assert "By when?" not in out, "what the mail filled is not asked for"
    profile = saved(tmp_path, "Acme")
    (request,) = profile.requests
    assert request == Request(
        id="r1",
        asked_by="Merchant Inc.",
        reader="user_auditor",
        asks=("soc1",),
        refused=("soc3",),
        type="type1_ok",
        force="contract",
        needed_by=date(2027, 1, 22),
        received=date(2027, 1, 18),
        words=MAIL,
    )


def test_of_a_mail_what_rests_on_weak_evidence_is_taken_by_a_yes_alone(tmp_path: Path) -> None:
    mail = """Task: get SOC 2 Type 2 done so that we can close Apexor (signature planned for 30 June 2027; their procurement
insists on a report, and a badge is not enough for them).
"""
    taken = {}
    for reply in ("", "y"):
        name = f"Acme {reply}".strip()
        done = socui(tmp_path, "ask", name, typed=f"1\nm\n{mail}.\n\n" + f"{reply}\n" * 12 + "q\nq\n")
        assert done.returncode == 0 and "SOC 2?" in done.stdout
        taken[reply] = [request.asks for request in saved(tmp_path, name).requests]
    assert ("soc2",) in taken["y"] and ("soc2",) not in taken[""]


def test_of_a_mail_nothing_counts_that_was_not_confirmed(tmp_path: Path) -> None:
    """Left out one by one, at the end of the input before any answer, and where the mail asks for nothing."""
    for typed, says in (
        (f"1\nm\n{MAIL}.\n\nq\nq\n", "6 things to confirm."),
        (f"1\nm\n{MAIL}", "The day it came"),
        ("1\nm\nThanks for the SOC 1 report.\n.\n\nq\n", "Nothing in this text asks for a report."),
    ):
        done = socui(tmp_path, "ask", f"Acme {says[:3]}", typed=typed)
        assert done.returncode == 0 and says in done.stdout, typed
        assert not any(r.words or r.asks for r in saved(tmp_path, f"Acme {says[:3]}").requests)


def test_what_happened_is_taken_back_and_a_request_can_be_stopped(tmp_path: Path) -> None:
    """Back from the first question leads to what happened; q in a request stops as everywhere, and keeps what went before."""
    out = socui(tmp_path, "ask", "Acme", typed="5\nb\n1\nMerchant Inc.\nq\n").stdout
    assert "Taken back: what happened." in out and out.count("What happened?") == 2
    profile = saved(tmp_path, "Acme")
    assert dict(profile.answers) == {"role": "provide"}
    assert [r.asked_by for r in profile.requests] == ["Merchant Inc."]


def test_only_presumptions_that_bear_on_the_headline_are_read_out(tmp_path: Path) -> None:
    """The others are in the report: nobody wants to listen to them at the end."""
    out = socui(tmp_path, "ask", "Acme", typed="7\n1\n1\n1\nq\n").stdout
    advice = DECIDER.advise(saved(tmp_path, "Acme"))
    presumed = {p.presumption.question for p in advice.presumed}
    assert presumed - set(advice.matter)
    for id in presumed:
        assert (f"Assumed for {KNOWLEDGE.questions[id].short}:" in out) == (id in advice.matter)


def test_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """A name that is there is opened, and only what is open is asked."""
    socui(tmp_path, "ask", "Acme", typed="7\n1\nq\n")
    done = socui(tmp_path, "ask", "acme", typed="1\nq\n")
    assert "What brings you here?" not in done.stdout and "Has anybody else asked?" in done.stdout
    assert len(saved(tmp_path, "Acme").answers) == 2
    again = socui(tmp_path, "ask", "Acme", typed="q\n")
    assert "Nothing was answered, nothing is saved." in again.stdout


def test_all_questions_lead_to_an_end(tmp_path: Path) -> None:
    """Answering the first option of everything comes to an end with reasons, and everything is saved."""
    done = socui(tmp_path, "ask", "Acme", typed="1\n" * 60)
    assert "Nothing that is still open can change anything." in done.stdout
    assert "because: " in done.stdout
    profile = saved(tmp_path, "Acme")
    advice = DECIDER.advise(profile)
    assert advice.next is None or advice.settled
    assert advice.sentence in done.stdout


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("5\nq\nAcme\n", "Acme"),
        ("5\nq\nOther\nAcme\n", "Acme"),
        ("5\n", "Unfinished answers"),
        ("5\nq\n", "Unfinished answers"),
        ("6\nAcme\n", "Acme"),
    ],
)
def test_a_name_is_asked_for(tmp_path: Path, typed: str, name: str) -> None:
    """At the end, until one is free; at the end of the input the answers are kept all the same."""
    socui(tmp_path, "ask", "Other", typed="5\nq\n")
    done = socui(tmp_path, "ask", typed=typed)
    assert done.returncode == 0
    assert ("exists" in done.stderr) == ("Other" in typed)
    assert saved(tmp_path, name).answers["role"] in ("obtain", "provide")
    assert f"Saved as {name}: " in done.stdout


def test_no_name_saves_nothing(tmp_path: Path) -> None:
    """Who gives no name is taken at their word."""
    done = socui(tmp_path, "ask", typed="5\nq\n\n")
    assert done.stdout.endswith("Not saved.\n") and not (tmp_path / "profiles").exists()


def test_interrupt_keeps_what_was_answered(tmp_path: Path) -> None:
    """Ctrl-C ends it; what was answered is saved."""
    command = [sys.executable, "-m", "socui", "--profiles", str(tmp_path / "profiles"), "ask", "Acme"]
    # A runner started in the background ignores SIGINT, and children inherit that.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import socui.__main__"
    command[1:3] = ["-c", f"import sys; sys.argv[0] = 'socui'; {heed}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        process.stdin.write(b"7\n1\n")
        process.stdin.flush()
        while b"Has anybody else asked" not in process.stdout.readline():
            pass
        os.kill(process.pid, signal.SIGINT)
        process.stdout.read()
    assert process.returncode == 130
    assert saved(tmp_path, "Acme").answers == {"role": "provide"}


def test_a_change_from_elsewhere_is_not_lost(tmp_path: Path) -> None:
    """Where another program saves meanwhile, both are kept."""
    socui(tmp_path, "new", "Acme")
    command = [sys.executable, "-m", "socui", "--profiles", str(tmp_path / "profiles"), "ask", "Acme"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        while "What happened" not in process.stdout.readline():
            pass
        socui(tmp_path, "set", "Acme", "role=obtain")
        process.stdin.write("5\nq\n")
        process.stdin.close()
        out = process.stdout.read()
    assert process.returncode == 0 and "yours is now Acme 2" in out
    assert saved(tmp_path, "Acme").answers["role"] == "obtain"
    assert saved(tmp_path, "Acme 2").answers["role"] == "provide"


def test_every_line_answers_or_says_why_not() -> None:
    """Whatever is typed at whatever question either changes the profile or is refused in words."""
    for question in KNOWLEDGE.questions.values():
        for typed in ("0", "1", "1 1", "2 1", "?", "1 ?", "0 ?", "-1", "٣", "9" * 5000, "1;2", "\x1b[2J", "+1"):
            try:
                after = replied(Profile(), question, parse_numbers(question, typed))
            except ValueError as error:
                assert str(error).endswith(".") and "\x1b" not in str(error)
            else:
                assert heard(question, after), (question.id, typed)


def heard(question: Question, profile: Profile) -> bool:
    """Whether something valid is said of the question."""
    answer = profile.answers.get(question.id)
    options = (answer,) if isinstance(answer, str) else answer or ()
    return all(question.option(o) for o in options) and (answer is not None or question.id in profile.not_sure)


def test_compare(tmp_path: Path) -> None:
    """What differs, in at most 100 columns, and as JSON."""
    socui(tmp_path, "new", "Acme", "role=provide", "layer=facility,systems", "asked_by_finance=soc1", "entrusted=card")
    long = "日本" * 20
    socui(tmp_path, "new", long, "role=obtain", "layer=?", "entrusted=card", "--date", "needed_by=2030-01-01")
    done = socui(tmp_path, "compare", "Acme", long)
    assert done.returncode == 0 and done.stderr == ""
    assert "Why you are here" in done.stdout and "provides a service" in done.stdout and "not sure" in done.stdout
    assert "card" not in done.stdout and "neither yet" in done.stdout
    assert (
        max(len(line.encode("utf-16-le")) / 2 + sum(c > "⺀" for c in line) for line in done.stdout.splitlines()) <= 100
    )
    compared = json.loads(socui(tmp_path, "compare", "Acme", long, "--json").stdout)
    assert [p["name"] for p in compared["profiles"]] == ["Acme", long]
    by_id = {a["question"]: a for a in compared["answers"]}
    assert by_id["layer"] == {
        "question": "layer",
        "one": {"options": ["facility", "systems"]},
        "other": {"not_sure": True},
    }
    assert "entrusted" not in by_id and by_id["needed_by"]["other"] == "2030-01-01"
    headline = next(r for r in compared["results"] if r["result"] == "headline")
    assert headline["other"] == {"possible": ["neither"], "leaning": "neither"}
    same = socui(tmp_path, "compare", "Acme", "Acme").stdout
    assert "Answers that differ: none" in same and "Results that differ: none" in same


def test_nothing_is_argued_where_nothing_was_said(tmp_path: Path) -> None:
    done = socui(tmp_path, "ask", "--plain", typed="q\n")
    assert "Nothing was answered, nothing is saved." in done.stdout
    assert "Assumed" not in done.stdout and "SOC 1 report" not in done.stdout
