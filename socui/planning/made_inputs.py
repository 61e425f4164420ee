"""The grid of made inputs over which proofs of plans run, and inputs in a line for whoever reads a failure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from socui.knowledge.model import Knowledge
from socui.planning.extract import durations
from socui.planning.inputs import ABSENT, DatedRequest, Held, Inputs
from socui.planning.judge import months_of

TODAY = date(2026, 11, 20)


def made_inputs(knowledge: Knowledge) -> Iterator[tuple[str, Inputs]]:
    """Yield the grid: evidence of every age and none, near and far dates, years that end soon and late, a report
    held, several readers."""
    base = Inputs(today=TODAY, durations=durations(knowledge), reports=("soc1",), year_end=date(2026, 12, 31))
    year = DatedRequest(asked_by="Auditor", reader="user_auditor", force="contract", reports=("soc1",), type="type2")
    plain = DatedRequest(asked_by="Buyer", reader="security", force="deal", reports=("soc2",), type="type2")
    ages = [("absent", None), ("new", TODAY), ("half a year", date(2026, 5, 20)), ("years", date(2024, 1, 1))]
    for age, since in ages:
        controls = replace(base, since=since, controls=ABSENT if since is None else base.controls)
        for due in (date(2027, 1, 15), date(2027, 3, 5), date(2028, 2, 28)):
            for end in (date(2026, 12, 31), date(2027, 6, 30)):
                asked = replace(year, year=end, due=due)
                yield f"{age}, year to {end}, by {due}", replace(controls, asks=(asked,), year_end=end)
            yield f"{age}, SOC 2 by {due}", replace(controls, reports=("soc2",), asks=(replace(plain, due=due),))
    held = Held("soc1", "type2", date(2026, 9, 30), date(2025, 10, 1), date(2026, 11, 20))
    late = replace(year, year=date(2027, 12, 31), due=date(2028, 2, 15))
    yield "renewal", replace(base, since=date(2025, 1, 1), held={"soc1": held}, asks=(late,))
    soon = replace(plain, due=date(2027, 6, 30))
    both = replace(base, since=date(2026, 10, 1), reports=("soc1", "soc2"), asks=(late, soon))
    yield "both reports", both
    yield "both reports, one held", replace(both, held={"soc1": held})
    wish = replace(plain, asked_by="Prospect", force="wish", due=date(2027, 1, 10))
    yield "a wish beside a contract", replace(both, reports=("soc2",), asks=(replace(soon, force="contract"), wish))


def shape(inputs: Inputs) -> str:
    """Return the inputs in a line, for whoever reads a failure."""
    asks = [
        f"{a.reports} {a.force} {a.type} due {a.due} year {a.year} ({len(months_of(a))} months)" for a in inputs.asks
    ]
    held = [f"{h.report} {h.type} to {h.last}" for h in inputs.held.values()]
    return f"{inputs.today} {inputs.reports} since {inputs.since} {inputs.controls} held {held} asks {asks}"
