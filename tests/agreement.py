"""How far socui agrees with the labelled organizations, and how many questions it takes: `python tests/agreement.py`.

`python tests/agreement.py FILE` scores another reading of them instead. Each line of the file is a JSON object: `id`,
`answers`, and where the reading has them `not_all` (several-answers questions of which more may apply), `requests`,
`reports_held`, `evidence` and `country`, in the words of a profile's file.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).resolve().parent / "cases"
TODAY = date(2026, 1, 15)
LABELS = ("soc1", "soc2", "both", "neither")

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from socui.deciding.advice import Advice  # noqa: E402
from socui.deciding.decide import Decider  # noqa: E402
from socui.knowledge.load import load_knowledge  # noqa: E402
from socui.knowledge.model import Knowledge  # noqa: E402
from socui.profiles.cases import WorkedCase, worked_cases  # noqa: E402
from socui.profiles.profile import Answer, Profile  # noqa: E402
from socui.profiles.records import Evidence, ReportHeld, Request, record_of  # noqa: E402

UNTOLD: Mapping[str, Answer] = {"existing_reports": (), "ask_weight": "much", "insists": "not_yet"}
"""What a worked case means where it does not answer a question that others may be asked."""

Choose = Callable[[Decider, Profile, Advice], str | None]


class Organization(Struct, frozen=True):
    """A labelled organization, as answers."""

    id: str
    expected: str
    also: tuple[str, ...]
    profile: Profile
    why: str

    @property
    def fair(self) -> tuple[str, ...]:
        """The labels that can be defended."""
        return (self.expected, *self.also)


class Invented(Struct, frozen=True):
    """An invented organization: answers with the verdicts they must give, the notes and the facts behind them."""

    id: str
    title: str
    profile: Profile
    expect: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


def _answers(raw: Mapping[str, str | list[str]]) -> dict[str, Answer]:
    return {q: a if isinstance(a, str) else tuple(a) for q, a in raw.items()}


def organizations() -> tuple[Organization, ...]:
    """The labelled organizations. What is not ticked is unknown unless the question is complete."""
    labelled = []
    for case in tomllib.loads((CASES / "organizations.toml").read_text("utf-8"))["case"]:
        answers = _answers(case["answers"])
        begun = frozenset(q for q, a in answers.items() if not isinstance(a, str)) - set(case["complete"])
        profile = Profile(id=case["id"], answers=answers, begun=begun)
        labelled.append(
            Organization(case["id"], case["expected"], tuple(case["also_defensible"]), profile, case["why"])
        )
    return tuple(labelled)


def second_reading() -> tuple[Organization, ...]:
    """The labelled organizations as a second reading maps them to answers, made without labels or the first reading."""
    mapped = {c["id"]: c for c in tomllib.loads((CASES / "second_reading.toml").read_text("utf-8"))["case"]}
    labelled = []
    for first in organizations():
        answers = _answers(mapped[first.id]["answers"])
        begun = frozenset(q for q, a in answers.items() if not isinstance(a, str)) - set(mapped[first.id]["complete"])
        labelled.append(replace(first, profile=Profile(id=first.id, answers=answers, begun=begun)))
    return tuple(labelled)


_DAYS = ("fiscal_year_end", "needed_by", "received", "from", "to", "as_of", "issued", "since")


def _days(table: Mapping[str, object]) -> dict[str, object]:
    """The table of a record with its days, which JSON has as texts, as days."""
    return {
        key: _days(value)
        if isinstance(value, dict)
        else date.fromisoformat(value)
        if key in _DAYS and isinstance(value, str) and value[:4].isdigit()
        else value
        for key, value in table.items()
    }


def other_reading(knowledge: Knowledge, file: Path) -> tuple[Organization, ...]:
    """The labelled organizations as the JSON lines of a file map them; those that it leaves out are left out."""
    labelled, read = {o.id: o for o in organizations()}, []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        case = json.loads(line)
        if case["id"] not in labelled:
            sys.exit(f"{file}:{number}: no labelled organization {case['id']!r}")
        answers = _answers(case.get("answers", {}))
        for question, answer in answers.items():
            options = (
                {o.id for o in knowledge.questions[question].options} if question in knowledge.questions else set()
            )
            if unknown := {answer} - options if isinstance(answer, str) else set(answer) - options:
                sys.exit(f"{file}:{number}: {question} has no answer {', '.join(sorted(unknown))}")
        profile = Profile(
            id=case["id"],
            answers=answers,
            begun=frozenset(case.get("not_all", ())),
            country=case.get("country", ""),
            requests=tuple(
                record_of(Request, {"id": f"r{n}", **_days(r)}) for n, r in enumerate(case.get("requests", ()), 1)
            ),
            reports_held=tuple(record_of(ReportHeld, _days(r)) for r in case.get("reports_held", ())),
            evidence=record_of(Evidence, _days(case.get("evidence", {}))),
        )
        read.append(replace(labelled[case["id"]], profile=profile))
    return tuple(read)


def invented() -> tuple[Invented, ...]:
    """Invented organizations with the verdicts that a practitioner wrote down beforehand."""
    return tuple(
        Invented(
            case["id"],
            case["says"],
            Profile(id=case["id"], answers=_answers(case["answers"])),
            case["expect"],
            case.get("findings", {}),
            notes=tuple(case.get("notes", ())),
            facts=tuple(case["facts"]),
        )
        for case in tomllib.loads((CASES / "invented.toml").read_text("utf-8"))["case"]
    )


SAID = {"yes": ("expected", "required"), "maybe": ("consider",), "ask": ("clarify",), "no": ("not_indicated",)}
"""What a verdict of the third reading on one report means in the program's words."""


class Unseen(Struct, frozen=True):
    """An organization that no rule was written for, with the verdicts that came before any result."""

    organization: Organization
    reports: Mapping[str, str]
    named: frozenset[str] | None
    """The SOC reports that its company names in public; None where no statement was looked up."""


def unseen() -> tuple[Unseen, ...]:
    """The third reading. Every list is complete; a question that is not answered is unknown."""
    headline = {"both": "both", "SOC 1": "soc1", "SOC 2": "soc2", "neither": "neither", "ask": "clarify"}
    readings = []
    for case in tomllib.loads((CASES / "unseen.toml").read_text("utf-8"))["organization"]:
        case = {**case, **case.get("revised", {})}  # noqa: PLW2901
        reports = {report: case[report] for report in ("soc1", "soc2")}
        profile = Profile(id=case["id"], answers=_answers(case["answers"]))
        organization = Organization(case["id"], headline[case["overall"]], _also(reports), profile, case["why"])
        readings.append(Unseen(organization, reports, frozenset(case["named"]) if "named" in case else None))
    return tuple(readings)


def _also(reports: Mapping[str, str]) -> tuple[str, ...]:
    """The headlines that the verdicts on the two reports leave room for."""
    has = {"yes": (True,), "maybe": (True, False), "ask": (True, False), "no": (False,)}
    names = {(True, True): "both", (True, False): "soc1", (False, True): "soc2", (False, False): "neither"}
    return tuple(names[one, two] for one in has[reports["soc1"]] for two in has[reports["soc2"]])


def weakened(organization: Organization) -> Iterator[Organization]:
    """The organization with one of its answers taken away, each in turn."""
    profile = organization.profile
    for name in profile.answers:
        rest = {q: a for q, a in profile.answers.items() if q != name}
        yield replace(organization, profile=replace(profile, answers=rest, begun=profile.begun - {name}))


def same_answers(first: Organization, second: Organization, questions: Collection[str]) -> tuple[int, int]:
    """On how many questions two readings agree, of those that at least one of them answers."""
    a, b = first.profile.answers, second.profile.answers
    named = [q for q in questions if q in a or q in b]
    return sum(_unordered(a.get(q)) == _unordered(b.get(q)) for q in named), len(named)


def _unordered(answer: Answer | None) -> Answer | frozenset[str] | None:
    return frozenset(answer) if isinstance(answer, tuple) else answer


def worked() -> tuple[WorkedCase, ...]:
    """The worked cases that are shipped."""
    return tuple(worked_cases().values())


_CHOSEN: dict[tuple[int, str, frozenset[tuple[str, Answer]]], str | None] = {}
"""What was asked next after the same answers before: interviews share their beginnings."""


def questions_until_settled(decider: Decider, case: WorkedCase, choose: Choose) -> int:
    """How many questions are asked until the headline is settled, the case's answers being given."""
    profile, asked = Profile(), 0
    while True:
        key = (id(decider), choose.__name__, frozenset(profile.answers.items()))
        if key not in _CHOSEN:
            _CHOSEN[key] = choose(decider, profile, decider.advise(profile, TODAY))
        question = _CHOSEN[key]
        if question is None:
            return asked
        if question == "more_requests":  # whoever is asked tells of every request, as the case has them
            derived = {q: a for q, a in case.profile.answers.items() if decider.knowledge.questions[q].derived}
            profile = replace(profile, answers={**profile.answers, **derived, question: "no"})
        elif question in UNTOLD:
            profile = profile.with_answer(question, case.profile.answers.get(question, UNTOLD[question]))
        elif question not in case.profile.answers:
            raise ValueError(f"{case.id}: asked {question}, which the case does not answer")
        else:
            profile = profile.with_answer(question, case.profile.answers[question])
        asked += 1


def authored(_decider: Decider, _profile: Profile, advice: Advice) -> str | None:
    """The next question in authored order that can still change the headline."""
    return advice.matter[0] if advice.matter and not advice.settled else None


def most_deciding(decider: Decider, profile: Profile, advice: Advice) -> str | None:
    """The question that tells most about the headline."""
    best = None if advice.settled else decider.most_deciding(profile, TODAY)
    return best[0] if best else None


def headline_questions(knowledge: Knowledge, case: WorkedCase) -> int:
    """How many questions a complete case answers in the sections that the headline looks at."""
    return sum(knowledge.questions[q].section in ("use", "asks") for q in case.profile.answers)


def _row(name: str, cases: Iterable[tuple[Organization, Advice]]) -> str:
    results = list(cases)
    strict = sum(a.leaning == o.expected for o, a in results)
    lenient = sum(a.leaning in o.fair for o, a in results)
    possible = sum(o.expected in a.possible for o, a in results)
    settled = sum(a.settled for _, a in results)
    return f"{name:<14}{len(results):>4}{strict:>8}{lenient:>9}{possible:>16}{settled:>9}"


def _agreement(decider: Decider, cases: Iterable[Organization]) -> None:
    results = [(o, decider.advise(o.profile, TODAY)) for o in cases]
    print(f"{'label':<14}{'n':>4}{'strict':>8}{'lenient':>9}{'still possible':>16}{'settled':>9}")
    for label in LABELS:
        print(_row(label, ((o, a) for o, a in results if o.expected == label)))
    print(_row("all", results))
    print(_row("uncontested", ((o, a) for o, a in results if not o.also)))
    print("\nDisagreements (! not even lenient, x the label is impossible):")
    for o, a in results:
        if a.leaning != o.expected:
            mark = ("!" if a.leaning not in o.fair else " ") + ("x" if o.expected not in a.possible else " ")
            print(f"{mark} {o.id}: leaning {a.leaning}, possible {'/'.join(a.possible)}, expected {'/'.join(o.fair)}")


def _readings(knowledge: Knowledge, decider: Decider) -> None:
    questions = [q.id for q in knowledge.questions.values() if q.section in ("use", "asks")]
    pairs = list(zip(organizations(), second_reading(), strict=True))
    counts = [same_answers(first, second, questions) for first, second in pairs]
    same, named = sum(n for n, _ in counts), sum(n for _, n in counts)
    leanings = [tuple(decider.advise(o.profile, TODAY).leaning for o in pair) for pair in pairs]
    print(f"\nThe two readings give the same answer to {same} of {named} questions answered by either,")
    print(f"and the same leaning for {sum(a == b for a, b in leanings)} of {len(leanings)} organizations.")
    less = [w for o, _ in pairs for w in weakened(o)]
    held = sum(decider.advise(w.profile, TODAY).leaning in w.fair for w in less)
    print(f"With one answer taken away, the leaning stays defensible in {held} of {len(less)} profiles.")


def _unseen(decider: Decider) -> None:
    results = [(u, decider.advise(u.organization.profile, TODAY)) for u in unseen()]
    print(f"\nThird reading, {len(results)} organizations that no rule was written for, verdicts first:")
    print(f"  the headline                    {sum(a.leaning == u.organization.expected for u, a in results)}")
    agrees = [a.findings[r].leaning in SAID[v] for u, a in results for r, v in u.reports.items()]
    print(f"  each report                     {sum(agrees)} of {len(agrees)}")
    public = [(u, a) for u, a in results if u.named is not None]
    likely = dict.fromkeys(("soc1", "soc2"), SAID["yes"])
    fits = [u.named == {r for r in likely if a.findings[r].leaning in likely[r]} for u, a in public]
    print(f"  the reports named in public     {sum(fits)} of {len(fits)}")
    less = [w for u, _ in results for w in weakened(u.organization)]
    held = sum(decider.advise(w.profile, TODAY).leaning in w.fair for w in less)
    print(f"  with one answer taken away, still defensible: {held} of {len(less)}")
    for (u, a), same in zip(public, fits, strict=True):
        if not same:
            print(f"    {u.organization.id}: leaning {a.leaning}, named {'/'.join(sorted(u.named or ())) or 'none'}")


def main() -> None:
    """Prints the agreement under the readings, every disagreement, and the question counts."""
    knowledge = load_knowledge()
    decider = Decider(knowledge)
    if sys.argv[1:]:
        _agreement(decider, other_reading(knowledge, Path(sys.argv[1])))
        return
    _agreement(decider, organizations())
    print("\nBy the second reading, kept as it was made:")
    _agreement(decider, second_reading())
    _readings(knowledge, decider)
    _unseen(decider)
    complete = [w for w in worked() if not w.open]
    every = sum(headline_questions(knowledge, w) for w in complete) / len(complete)
    print(f"\nQuestions until the headline is settled, average over {len(complete)} complete worked cases:")
    print(f"  all that apply in the first two sections   {every:5.1f}")
    for name, choose in (
        ("authored order without the needless", authored),
        ("the most deciding one first", most_deciding),
    ):
        counts = [questions_until_settled(decider, w, choose) for w in complete]
        print(f"  {name:<43}{sum(counts) / len(counts):5.1f}   (most {max(counts)})")


if __name__ == "__main__":
    main()
