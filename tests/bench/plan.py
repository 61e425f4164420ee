"""`python tests/bench/plan.py`: how long a plan takes: five requests on two reports. It reports and never fails."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from time import process_time

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent.parent))
    sys.path.insert(0, str(Path(__file__).parent))

from decide import milliseconds

from socui.deciding.decide import Decider
from socui.knowledge.load import load_knowledge
from socui.planning.plan_for import plan_for
from socui.profiles.profile import Profile
from socui.profiles.records import Evidence, Request

TODAY = date(2026, 11, 20)
SERVICE = {
    "role": "provide",
    "customer_types": ("organizations",),
    "delivery_model": ("outsourced_process",),
    "audited_clients": "many",
    "client_check": "approves",
    "financial_link": ("posts",),
    "financial_activities": ("payroll",),
    "entrusted": ("employee_personal",),
}


def asked(id: str, reader: str, report: str, force: str, due: date, year: date | None = None) -> Request:
    """A request that names Type 2."""
    return Request(
        id=id,
        asked_by=id,
        reader=reader,
        asks=(report,),
        type="type2",
        force=force,
        fiscal_year_end=year,
        needed_by=due,
        audited_as="private",
    )


FIVE = Profile(
    answers=SERVICE,
    requests=(
        asked("auditor, this year", "user_auditor", "soc1", "contract", date(2027, 3, 31), date(2026, 12, 31)),
        asked("auditor, next year", "user_auditor", "soc1", "contract", date(2028, 3, 15), date(2027, 12, 31)),
        asked("buyer", "security", "soc2", "deal", date(2027, 6, 30)),
        asked("bank", "partner_bank", "soc2", "contract", date(2027, 12, 31)),
        asked("prospect", "prospect", "soc2", "wish", date(2027, 1, 10)),
    ),
    evidence=Evidence(date(2026, 7, 1)),
    dates={"year_end": date(2026, 12, 31)},
    country="US",
)


def plans(profile: Profile, times: int = 100) -> list[float]:
    """Seconds of the processor for a plan, each time anew."""
    decider = Decider(load_knowledge())
    plan_for(decider, profile, TODAY)
    taken = []
    for _ in range(times):
        begin = process_time()
        plan_for(decider, profile, TODAY)
        taken.append(process_time() - begin)
    return taken


def main() -> None:
    """Print what a plan takes."""
    times = plans(FIVE)
    milliseconds("a plan: five requests, two reports", times)
    print(f"{'':44} best   {min(times) * 1000:7.2f} ms")


if __name__ == "__main__":
    main()
