"""The diagram against brute force, on random functions."""

from __future__ import annotations

import pickle
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from socui.deciding.diagram import Diagrams

DOMAINS = (2, 3, 2, 4)
ALL = list(product(*(range(d) for d in DOMAINS)))
tables = st.lists(st.integers(0, 2), min_size=len(ALL), max_size=len(ALL))


def build(d: Diagrams, table: list[int]) -> int:
    """The function that a table of values stands for."""
    total = d.terminal(0)
    for point, value in zip(ALL, table, strict=True):
        here = d.all(d.test(v, [x]) for v, x in enumerate(point))
        total = d.choose(here, d.terminal(value), total)
    return total


@settings(max_examples=40, deadline=None)
@given(tables, tables, st.dictionaries(st.integers(0, 3), st.integers(0, 1), max_size=3))
def test_equals_its_table(one: list[int], other: list[int], fixed: dict[int, int]) -> None:
    """Value, possible set, support and combination agree with the tables."""
    d = Diagrams(DOMAINS)
    f, g = build(d, one), build(d, other)
    assert (f == g) == (one == other), "equal functions are equal ints"
    rest = d.restrict(f, fixed)
    fits = [i for i, p in enumerate(ALL) if all(p[v] == x for v, x in fixed.items())]
    assert set(d.possible(rest)) == {one[i] for i in fits}
    assert d.under(f, fixed) == d.reach[rest]
    total = d.combine((f, g), lambda a, b: (a, b))
    for i, point in enumerate(ALL):
        assert d.evaluate(total, dict(enumerate(point))) == (one[i], other[i])
    for variable in range(len(DOMAINS)):
        depends = any(
            one[i] != one[ALL.index((*p[:variable], x, *p[variable + 1 :]))]
            for i, p in enumerate(ALL)
            if i in fits and variable not in fixed
            for x in range(DOMAINS[variable])
        )
        assert (variable in d.support(rest)) == depends


@settings(max_examples=40, deadline=None)
@given(tables, tables, tables, st.dictionaries(st.integers(0, 3), st.integers(0, 1), max_size=3))
def test_a_packed_store_is_the_same_store(
    kept: list[int], dropped: list[int], later: list[int], fixed: dict[int, int]
) -> None:
    """What is packed keeps its values; what is made after is shared with it, also once it was stored and read."""
    d = Diagrams(DOMAINS)
    f = build(d, kept)
    build(d, dropped)
    f = d.pack([f])[f]
    stored = pickle.loads(pickle.dumps(d))
    for store in (d, stored):
        assert build(store, kept) == f, "an equal function is found in the base"
        g = build(store, later)
        assert (f == g) == (kept == later)
        again = pickle.loads(pickle.dumps(store))
        for i, point in enumerate(ALL):
            assert store.evaluate(f, dict(enumerate(point))) == kept[i]
            assert again.evaluate(g, dict(enumerate(point))) == later[i], "and what grew on it is stored with it"
        assert store.under(f, fixed) == store.reach[store.restrict(f, fixed)]
    assert stored.var == d.var and [*map(stored.below, range(len(d.var)))] == [*map(d.below, range(len(d.var)))]


def test_packing_drops_what_nobody_needs() -> None:
    d = Diagrams(DOMAINS)
    f = d.all([d.test(0, [1]), d.test(1, [0, 2]), d.test(3, [2])])
    d.any([d.test(0, [0]), d.test(2, [1]), d.test(3, [1])])
    assert d.pack([f])[f] == len(d.var) - 1
    assert len(d.var) == 2 + 3


def test_a_limit_is_kept() -> None:
    """Growth past the limit is an error, not a hang."""
    d = Diagrams([2] * 40, limit=50)
    try:
        d.combine(tuple(d.test(v, [1]) for v in range(40)), lambda *bits: sum(bits))
    except Exception as error:
        assert type(error).__name__ == "TooLarge"
    else:
        raise AssertionError("the limit was not kept")
