"""Ten worked profiles, as people bring them: what every paper is read with."""

from __future__ import annotations

from datetime import date

from socui.profiles.profile import Profile
from socui.profiles.records import Evidence, ReportHeld, Request

TODAY = date(2026, 11, 24)
SERVICE = {"role": "provide", "customer_types": ("organizations",)}
PAYROLL = {
    **SERVICE,
    "delivery_model": ("saas",),
    "financial_activities": ("payroll",),
    "financial_link": ("posts",),
    "client_check": "approves",
    "audited_clients": "many",
    "entrusted": ("employee_personal",),
    "controls_age": "over_12m",
    "more_requests": "no",
}
SAAS = {
    **SERVICE,
    "delivery_model": ("saas",),
    "financial_activities": (),
    "financial_link": (),
    "entrusted": ("business_confidential",),
    "controls_age": "3_6m",
    "more_requests": "no",
}


def profile(
    name: str, organization: str, service: str, answers: dict[str, object], *requests: Request, **more: object
) -> Profile:
    """A worked profile."""
    return Profile(
        name=name, organization=organization, service=service, answers=answers, requests=requests, **{"country": "US", **more}  # type: ignore[arg-type]
    )  # fmt: skip


def request(id: str, asked_by: str, reader: str, *asks: str, **more: object) -> Request:
    """A request."""
    return Request(id, asked_by, reader, asks, **more)  # type: ignore[arg-type]


AUDIT = request(
    "r1", "Merchant Inc., audit team", "user_auditor", "soc1", type="type2", force="contract", subject="amounts",
    fiscal_year_end=date(2026, 12, 31), needed_by=date(2027, 4, 30), received=date(2026, 11, 20),
    words="Please provide your SOC 1 Type 2 report for our fiscal year 2026.",
)  # fmt: skip
DEAL = request(
    "r1", "BigCo, procurement", "security", "soc2", force="deal", subject="data", needed_by=date(2027, 3, 31),
    words="We cannot sign without your SOC 2 report.",
)  # fmt: skip
HELD1 = ReportHeld(
    "soc1",
    "type2",
    date(2025, 10, 1),
    date(2026, 9, 30),
    issued=date(2026, 11, 15),
    opinion="unmodified",
    firm="Smith LLP",
)
HELD2 = ReportHeld(
    "soc2",
    "type2",
    date(2025, 10, 1),
    date(2026, 9, 30),
    issued=date(2026, 11, 20),
    opinion="qualified",
    firm="Smith LLP",
)

WORKED = {
    "payroll": profile("Bureau", "Quick Pay Bureau", "Payroll for small and mid-sized companies", PAYROLL, AUDIT,
                       dates={"year_end": date(2026, 12, 31)}),
    "partner bank": profile("Lender", "Swift Lend, Inc.", "Loan servicing for a partner bank",
                            {**SERVICE, "delivery_model": ("outsourced_process",), "financial_activities": ("loan_servicing",),
                             "financial_link": ("posts",), "entrusted": ("individual_personal",), "controls_age": "6_12m",
                             "more_requests": "no"},
                            request("r1", "First Partner Bank, third-party risk", "partner_bank", "soc_unnamed", force="contract",
                                    needed_by=date(2027, 6, 30), words="Send us your SOC report annually.")),
    "SaaS with a deal": profile("Start", "Ticket Cloud, Inc.", "Help desk software", SAAS, DEAL),
    "renewals": profile("Renew", "Steady Data, Inc.", "Billing software",
                        {**PAYROLL, "financial_activities": ("billing",), "financial_link": ("feeds",)},
                        request("r1", "Utility Co., external auditor", "user_auditor", "soc1", type="type2", force="contract",
                                subject="amounts", fiscal_year_end=date(2027, 12, 31), bridge=True),
                        request("r2", "Utility Co., vendor risk", "security", "soc2", type="type2", force="contract", subject="data"),
                        reports_held=(HELD1, HELD2)),
    "nothing in place": profile("New", "Fresh Books Feed, Inc.", "Feeds of card transactions for ledgers",
                                {**PAYROLL, "financial_activities": ("transaction_processing",), "controls_age": "not_in_place"},
                                AUDIT),
    "UK": profile("UK", "Thames Pensions Ltd", "Administration of pension schemes",
                  {**PAYROLL, "financial_activities": ("benefits_admin",), "client_profile": ("international",)},
                  request("r1", "Scheme auditor", "user_auditor", "soc1", type="type2", subject="amounts",
                          fiscal_year_end=date(2027, 3, 31), force="wish"), country="GB"),
    "both": profile("Both", "Settle Right, Inc.", "Settlement of card payments",
                    {**PAYROLL, "financial_activities": ("payments_settlement",), "entrusted": ("card", "business_confidential")},
                    AUDIT, request("r2", "BigCo, security", "security", "soc2", type="type2", force="deal", subject="data",
                                   needed_by=date(2027, 9, 30)),
                    evidence=Evidence(date(2026, 7, 1))),
    "neither": profile("Boards", "Board Hub, Inc.", "Project boards for small teams",
                       {**SAAS, "asked_by_security": (), "asked_by_finance": (), "asked_by_others": (), "binding": (),
                        "plans_12_18m": ()}),
    "clarify": profile("Host", "Rack Space Co.", "Licenses of desktop software",
                       {**SERVICE, "delivery_model": ("onprem_software",), "financial_activities": (), "financial_link": (),
                        "entrusted": (), "more_requests": "no"},
                       request("r1", "Old Bank, audit", "user_auditor", "soc1", force="contract", subject="amounts")),
    "contradicting": profile("Odd", "Pay Loop, Inc.", "Hosted payroll",
                             {**PAYROLL, "financial_link": (), "entrusted": ()}, AUDIT),
}  # fmt: skip
