"""Defines facts, written in our own words, and the publications that support them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

DURATIONS = ("readiness", "fixes", "engage", "prepare", "type1", "type2", "renewal", "reach", "shortest", "custom_soc1",
             "custom_soc2", "longest", "moved", "stale", "behind")  # fmt: skip
"""The steps whose lengths a plan needs: readiness review, fixes, engaging a firm, getting ready for a Type 1 with controls
that run, then from the as-of date or the end of a period to the report (`renewal`: with the same firm and testing on the
way), how far a bridge letter reaches, the shortest period that is of any use, the customary first ones, the longest one,
the longest one that moves an end, how old a report may be, and how long before today a period may have ended."""


DurationRange = tuple[float, float, float, float]


SOURCE_KINDS = ("standard", "law", "regulator", "body", "firm", "vendor", "press", "article")
"""The kinds of publishers, in this order: a setter of standards in a standard; a law or regulation; a public authority; a professional
or trade body; a CPA, law or consulting firm; a seller of tools, training or listings; a journal or book; the article that
socui was built from, which is covered and is no authority."""


OFFICIAL = ("standard", "law", "regulator", "body")
"""The kinds of sources that carry the confidence "standard"."""


CONFIDENCE = ("standard", "firms", "one")
"""How well a fact is supported: by an official source, by two or more publishers, or by one."""


OWN = ("judgement", "program")
"""The kinds of statements without a source: an opinion of socui, or a statement on what socui itself does."""


class Source(Struct, frozen=True):
    """A publication. `edition` says which version was read, `read` the month it was read in (YYYY-MM). `address` is the
    publisher's own page; `no_page` says why there is none. `read_at` is where the text was read if not there."""

    id: str
    publisher: str
    title: str
    kind: str
    edition: str = ""
    address: str = ""
    read: str = ""
    no_page: str = ""
    read_at: str = ""


class Fact(Struct, frozen=True):
    """One statement in our words. `confidence` is one of CONFIDENCE, or one of OWN where it has no source. `dispute`
    names the other side where credible sources disagree; the statement is then a stance of this app. `months` are the
    durations that it states, by kind of step: the least, the usual ones from and to, and the most."""

    id: str
    says: str
    sources: tuple[str, ...]
    confidence: str
    dispute: str = ""
    months: Mapping[str, DurationRange] = field(default_factory=dict)


class Duration(Struct, frozen=True):
    """How long something takes, in months: low, typical, high. `id` is one of DURATIONS."""

    id: str
    title: str
    months: tuple[float, float, float]
    facts: tuple[str, ...]
