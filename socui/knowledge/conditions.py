"""Conditions: tables of tests on answers, terms and results, under which a rule or a note holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

NONE = "none"
"""The empty answer ("none of these") to a question with several answers, in conditions, commands and tables."""


class Condition(Struct, frozen=True):
    """A table of tests. The condition holds when all of them hold.

    `when` maps a question, a term or an earlier result to the values of which one has to hold (for a several-answers
    question: one of them is ticked, or "none" when nothing is). `all` names options that are all ticked. `only` holds
    when something is ticked and nothing but the values given. `any` holds when one of its conditions does, `unless`
    when none of its tests does.
    """

    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    all: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    any: tuple[Condition, ...] = ()
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def parts(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yield every test of this condition and of its alternatives: its kind ("when", "all", "only" or "unless"),
        the question, term or result that it looks at, and the values."""
        for kind in ("when", "all", "only", "unless"):
            for name, values in getattr(self, kind).items():
                yield kind, name, values
        for alternative in self.any:
            yield from alternative.parts()

    def names(self) -> Iterator[str]:
        """Yield the questions, terms and results that this condition looks at; one may come twice."""
        return (name for _, name, _ in self.parts())
