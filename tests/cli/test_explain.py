"""`socui explain`: what an id stands for, in full, with addresses and where it is used; and every judgement in one list."""

from __future__ import annotations

import pytest
from base import KNOWLEDGE

from socui.cli.explain import JUDGEMENTS, explained, groups
from socui.errors import Usage


def said(id: str) -> str:
    return "\n".join(explained(KNOWLEDGE, id))


def test_a_fact_is_said_in_full_with_the_address_of_each_source_and_where_it_is_used() -> None:
    fact = KNOWLEDGE.facts["F-S1-01"]
    text = said("F-S1-01")
    assert fact.says in " ".join(text.split())
    assert all(KNOWLEDGE.sources[id].address in text for id in fact.sources)
    citing = [r.id for r in KNOWLEDGE.rules.values() if "F-S1-01" in r.facts]
    assert citing
    assert all(f"  {id}: rule" in text for id in citing)


def test_a_rule_says_what_it_concludes_when_and_on_what_it_rests() -> None:
    rule = next(r for r in KNOWLEDGE.rules.values() if r.condition.when)
    text = said(rule.id)
    assert f"Concludes: {rule.result} = {rule.value}" in text
    assert f"If: {next(iter(rule.condition.when))} is one of " in text
    assert all(f"\n{fact}: " in text for fact in rule.facts)


def test_a_source_names_the_facts_that_rest_on_it() -> None:
    text = said("AS2601")
    resting = [f.id for f in KNOWLEDGE.facts.values() if "AS2601" in f.sources]
    assert resting
    assert all(f"  {id}: " in text for id in resting)


def test_judgements_are_listed_in_one_place_and_nothing_else_is() -> None:
    listed = said(JUDGEMENTS)
    own = {f.id for f in KNOWLEDGE.facts.values() if not f.sources}
    assert own
    assert {line.partition(":")[0] for line in listed.splitlines() if line.partition(":")[0] in KNOWLEDGE.facts} == own
    assert "http" not in listed


def test_every_id_can_be_explained() -> None:
    for things in groups(KNOWLEDGE).values():
        for id in things:
            assert explained(KNOWLEDGE, id)[0].startswith(id)


def test_an_unknown_id_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(Usage, match="Did you mean F-CAT-PI1"):
        explained(KNOWLEDGE, "F-CAT-PI1x")
