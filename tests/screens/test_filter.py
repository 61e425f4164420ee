"""Finding a question: by its words, by what its answer tells, and why it is asked."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from seen import later, settled, until
from textual.widgets import Input

from socui.app import SocuiApp
from socui.deciding.decide import Decider
from socui.deciding.most_deciding import most_telling, telling_words
from socui.deciding.random_profile import random_profile
from socui.knowledge.model import Knowledge
from socui.profiles.examples import examples
from socui.profiles.profile import Profile
from socui.screens.widgets.questionnaire import asked_because, question_lines
from socui.screens.widgets.recommendation import plain
from socui.screens.workspace.question_words import QuestionWords

Make = Callable[..., SocuiApp]


def shown(app: SocuiApp) -> str:
    """Every cell of the screen as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip) for strip in strips)


def listed(app: SocuiApp) -> list[str]:
    """The questions in the pane, in order."""
    kinds = ("question", "ask")
    tags = [line.tag for line in app.workspace.sheet("questions").lines if line.tag[:1] and line.tag[0] in kinds]
    return list(dict.fromkeys(tag[1] for tag in tags))


# ---- by words


def test_all_words_parts_of_words_and_notes(knowledge: Knowledge) -> None:
    asked = [q.id for q in knowledge.questions.values() if not q.derived]
    words = QuestionWords(knowledge)

    def matching(sought: str) -> frozenset[str]:
        return words.matching(asked, profile, sought).ids

    profile = Profile(notes={"role": "Ask Straße the CFO"})
    assert matching("  ") == set(asked)
    assert matching("strasse cf") == {"role"}, "the note, whatever the case"
    for question in (knowledge.questions[id] for id in asked):
        option = question.options[-1]
        for text in (question.short, question.ask, question.help[:60], option.label, option.short):
            assert question.id in matching(text.upper()), text
    one, both = matching("book"), matching("book approve")
    assert both < one < set(asked)
    assert matching("zzz") == set()


@pytest.mark.parametrize("size", [(160, 50), (120, 36), (80, 24), (60, 18)])
async def test_what_is_typed_filters_and_commands_nothing(make_app: Make, size: tuple[int, int]) -> None:
    app = make_app(example=examples()["fintech-payments"])
    async with app.run_test(size=size) as pilot:
        before = app.workspace.session.profile
        everything = listed(app)
        await pilot.press("tab", "slash")
        await pilot.pause()
        assert app.workspace.pane == 0
        await pilot.press(*"qxu1 :w?")
        assert app.workspace.query_one("#find", Input).value == "qxu1 :w?"
        assert app.workspace.session.profile is before and app.workspace.session.fork is None
        assert "No question has these words" in shown(app)
        for _ in range(8):
            await pilot.press("backspace")
        await pilot.press(*"book")
        assert "/ book" in shown(app) and f"of {app.workspace.state.advice.asked}" in shown(app)
        some = listed(app)
        assert some == [q for q in everything if q in app.workspace.state.matching] and 1 < len(some) < len(everything)
        await pilot.press("escape")
        await pilot.pause()
        assert listed(app) == everything
        assert not app.workspace.query_one("#find", Input).display
        assert app.focused is app.workspace.sheet("questions")
        assert app.workspace.sheet("questions").cursor[1] == app.workspace.state.current


async def test_keys_move_among_what_is_found(make_app: Make) -> None:
    app = make_app(example=Profile(answers=dict(list(examples()["fintech-payments"].answers.items())[:6])))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"client", "enter")
        await pilot.pause()
        some = listed(app)
        assert app.workspace.state.current == some[0]
        assert not app.workspace.query_one("#find", Input).display, "room for the questions"
        assert "/ client" in shown(app)
        seen = {app.workspace.state.current}
        for _ in range(250):
            await pilot.press("down")
            seen.add(app.workspace.state.current)
        assert seen - {None} == set(some), "then come those found elsewhere"
        await pilot.press("g")
        assert app.workspace.state.current == some[0]
        matter = [q for q in some if q in app.workspace.state.advice.matter]
        assert len(matter) > 1
        for id in [*matter, matter[0]]:
            await pilot.press("n")
            assert app.workspace.state.current == id
        await pilot.press(*["n"] * (len(matter) - 1))
        assert app.workspace.state.current == matter[-1]
        await pilot.press("2")
        assert matter[-1] in app.workspace.state.profile.answers, "in the list, keys are commands again"
        states = app.workspace.state.advice.states
        before = [q for q in some[: some.index(matter[-1])] if states[q].state not in ("needless", "inapplicable")]
        await pilot.press("p")
        assert app.workspace.state.current == before[-1]
        await pilot.press("slash")
        assert app.workspace.query_one("#find", Input).value == "client", "to go on typing"
        await pilot.press("down", "escape")
        assert not app.workspace.state.sought and app.workspace.state.current == some[0]


async def test_where_none_matters_n_goes_through_all_found(make_app: Make) -> None:
    app = make_app(example=Profile(answers={"role": "obtain"}))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("slash", *"book", "enter")
        await pilot.pause()
        some = listed(app)
        for id in (*some[1:], some[0]):
            await pilot.press("n")
            assert app.workspace.state.current == id


async def test_a_question_that_is_hidden_ends_it_and_so_does_the_mouse(make_app: Make) -> None:
    app = make_app(example=Profile(answers={"role": "provide"}))
    async with app.run_test(size=(160, 50)) as pilot:
        everything = listed(app)
        await pilot.press("slash", *"book", "enter")
        await pilot.pause()
        hidden = next(q for q in everything if q not in app.workspace.state.matching)
        app.workspace.answering.go(hidden)
        assert listed(app) == everything and app.workspace.state.current == hidden
        foot = plain(app.workspace.sheet("foot").lines)
        await pilot.click("#foot", offset=(foot.index("find"), 0))
        await pilot.pause()
        await pilot.press(*"book")
        assert listed(app) != everything
        row = next(line.tag for line in app.workspace.sheet("questions").lines if line.stop)
        await pilot.click("#questions", offset=(6, 3))
        await pilot.pause()
        assert app.workspace.state.current == row[1], "the line that was clicked, not the one that moved there"
        await pilot.click("#questions", offset=(6, 1))
        await pilot.pause()
        assert listed(app) == everything


async def test_another_profile_opens_unfiltered(make_app: Make) -> None:
    app = make_app(example=Profile(answers={"role": "provide"}))
    async with app.run_test(size=(120, 36)) as pilot:
        everything = listed(app)
        await pilot.press("slash", *"book", "enter", "o")
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        assert set(listed(app)) == set(everything)


# ---- why it is asked


@pytest.mark.parametrize("seed", range(5))
def test_every_open_question_says_why_it_is_asked(knowledge: Knowledge, seed: int) -> None:
    decider, random = Decider(knowledge), Random(seed)
    for _ in range(6):
        profile = random_profile(knowledge, random, random.random())
        for state in decider.advise(profile).states.values():
            words = asked_because(state)
            open_ = state.state in ("waiting", "begun", "not_sure", "confirm")
            assert bool(words) == (open_ and bool(state.purposes))
            for word, purpose in (("result", "headline"), ("scope", "scope"), ("plan", "plan")):
                assert not words or (word in words) == (purpose in state.purposes), (words, state.purposes)
            firm = "strength" in state.purposes and "headline" not in state.purposes
            assert ("firmly" in words) == (open_ and firm)


def test_the_reason_stands_in_the_open_question(knowledge: Knowledge) -> None:
    profile = Profile(answers={"role": "provide"})
    advice = Decider(knowledge).advise(profile)
    text = plain(question_lines(knowledge, advice, profile, 60, "customer_types"))
    assert text.count("Can still change: result") == 1
    assert "Can still change" not in plain(question_lines(knowledge, advice, profile, 60, "role"))


# ---- the most deciding question


def test_what_the_most_deciding_question_tells_is_true(knowledge: Knowledge) -> None:
    """Each claim has an answer that shows it, found by answering and deciding anew."""
    decider, random = Decider(knowledge), Random(7)
    profiles = [Profile(), Profile(answers={"role": "provide"})]
    profiles += [random_profile(knowledge, random, share) for share in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)]
    checked = 0
    for profile in profiles:
        telling = most_telling(decider, profile)
        before = decider.advise(profile)
        assert (telling is None) == (not [q for q in before.matter if q not in profile.not_sure])
        if telling is None:
            continue
        checked += 1
        question = knowledge.questions[telling.question]
        assert telling.question in before.matter and telling.bits > 0
        base = profile.answers.get(question.id, ())
        ticked = base if isinstance(base, tuple) else ()
        answers = [(*ticked, o.id) if question.several else o.id for o in question.options]
        after = [decider.advise(profile.with_answer(question.id, a)).possible for a in answers]
        if question.several:
            after.append(decider.advise(profile.with_answer(question.id, ticked)).possible)
        for headline in telling.forces:
            assert (headline,) in after
        for headline in telling.rules_out:
            assert headline in before.possible and any(headline not in left for left in after)
        words = telling_words(knowledge, telling)
        assert words.startswith("tells most")
        assert ("settles" in words) == bool(telling.forces)
    assert checked > 3


async def test_d_goes_there_and_says_so(make_app: Make, knowledge: Knowledge) -> None:
    app = make_app(example=Profile(answers={"role": "provide", "customer_types": ("organizations",)}))
    async with app.run_test(size=(120, 36)) as pilot:
        telling = most_telling(Decider(knowledge), app.workspace.state.profile, app.workspace.state.today)
        assert telling is not None and telling.question != app.workspace.state.current
        await pilot.press("tab", "d")
        await told(app)
        await pilot.pause()
        assert app.workspace.state.current == telling.question
        assert app.focused is app.workspace.sheet("questions")
        assert telling_words(knowledge, telling)[:30] in shown(app).split("\n")[-1]
        assert "shortest" not in shown(app)


async def told(app: SocuiApp) -> None:
    """Wait for the thread."""
    for worker in [w for w in app.workers if w.group == "telling"]:
        await worker.wait()


@pytest.mark.parametrize(("profile", "words"), [
    (Profile(answers={"role": "obtain"}), "the result is settled"),
    (Profile(not_sure=frozenset({"role"})), "tells most"),
])  # fmt: skip
async def test_d_where_nothing_decides(make_app: Make, profile: Profile, words: str) -> None:
    app = make_app(example=profile)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("d")
        await told(app)
        await pilot.pause()
        assert words in shown(app)
        assert app.workspace.state.current != "role" or words != "tells most"


async def test_an_answer_in_the_meantime_is_not_overtaken(make_app: Make) -> None:
    app = make_app(example=Profile(answers={"role": "provide"}))
    async with app.run_test(size=(120, 36)) as pilot:
        app.workspace.action_deciding()
        app.workspace.state.change(app.workspace.state.profile.with_answer("binding", ()))
        here = app.workspace.state.current
        await told(app)
        await pilot.pause()
        assert app.workspace.state.current == here and "tells most" not in shown(app)


# ---- the way out


async def test_who_obtains_a_report_is_led_out_with_advice_of_its_own(make_app: Make, knowledge: Knowledge) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("7")
        await pilot.press("2")
        advice = app.workspace.state.advice
        assert advice.possible == ("neither",) and "You do not issue a report here" in advice.sentence
        kinds = [n.note.kind for n in advice.notes]
        assert {"question1", "question2", "question3", "step"} <= set(kinds)
        assert kinds.count("step") >= 3 and all(n.certain for n in advice.notes)
        rest = {q: s.state for q, s in advice.states.items() if q != "role"}
        assert set(rest.values()) <= {"needless", "inapplicable"}, rest
        assert set(rest) == set(knowledge.questions) - {"role"}
        assert "result settled" in shown(app)
        await pilot.press("n")
        assert "V lists your vendors" in shown(app) and app.workspace.state.current == "role"
        app.workspace.focus_pane(2)
        await pilot.pause()
        text = plain(app.workspace.sheet("recommendation").lines)
        assert "lists your vendors" in " ".join(text.split())
        assert "Scope of the SOC 2" not in text and "Still open" not in text


@pytest.mark.parametrize(
    ("sought", "first"),
    [("cost", "What does it cost?"), ("SSAE 16", "SAS 70"), ("sas 70", "SAS 70"), ("bridge letter", "Bridge letter"), ("html", "Report")],
)  # fmt: skip
async def test_words_that_no_question_has_lead_to_what_has_them(make_app: Make, sought: str, first: str) -> None:
    app = make_app(example=examples()["payroll-bureau"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *(key if key != " " else "space" for key in sought))
        await until(pilot, lambda: "Not a question, but found" in shown(app))
        assert f"▸ {first}" in shown(app).split("Not a question, but found")[1]
        leads = [line.tag for line in app.workspace.sheet("questions").lines if line.tag[:1] == ("found",)]
        assert leads
        await pilot.press("escape")
        await settled(pilot)
        assert "Not a question" not in shown(app)


async def test_enter_leads_to_what_was_found_elsewhere_and_opens_it(make_app: Make) -> None:
    app = make_app(example=examples()["early-saas"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"sas", "space", *"70")
        await until(pilot, lambda: "Not a question, but found" in shown(app))
        assert not app.workspace.state.navigation.order()
        await pilot.press("enter")
        await settled(pilot)
        later(app)
        assert app.workspace.sheet("questions").cursor[:1] == ("found",)
        await pilot.press("enter")
        await settled(pilot)
        assert type(app.screen).__name__ == "Reference"


async def test_enter_in_the_filter_leads_to_a_question_that_is_asked(make_app: Make) -> None:
    app = make_app(example=examples()["payroll-bureau"])
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("slash", *"books")
        await settled(pilot)
        states = app.workspace.state.advice.states
        assert states[app.workspace.state.navigation.order()[0]].state == "inapplicable"
        assert "Esc shows all" in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert states[str(app.workspace.state.current)].state != "inapplicable"
