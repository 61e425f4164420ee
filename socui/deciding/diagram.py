"""Multi-valued decision diagrams: exact functions of finite variables. This module knows nothing of SOC reports.

A function is an int: the number of a node. Equal functions are equal ints, because nodes are shared and no node has
equal children only. Every node knows the set of values that can still be reached below it, as a bit mask.

Most nodes stand in a base that is made once and loaded at every start. `pack` lays them out for that: grouped by
variable, and of those with two children the pair is one number, sorted, so that it is found by halving. Children are
unpacked when they are first walked.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

LEAF = 1 << 30
"""The variable number of a terminal: behind every real variable."""

_HALF = 32
"""Bits of a node's number in a pair."""


class TooLarge(Exception):
    """A diagram grew past its node limit; the argument names the variable it grew at."""


class Diagrams:
    """A store of nodes over variables 0..n-1, variable v having domains[v] values, tested in that order."""

    def __init__(self, domains: Sequence[int], limit: int = 200_000) -> None:
        self.domains = tuple(domains)
        self.limit = limit
        self.var: list[int] = []
        self._kids: list[tuple[int, ...]] = []  # () where they are packed
        self.reach: list[int] = []
        self._tests: list[int] = []  # the variables that a node depends on, as a mask
        self.values: list[Hashable] = []
        self._terminals: dict[Hashable, int] = {}
        self._nodes: dict[tuple[int, tuple[int, ...]], int] = {}
        self._ands: dict[tuple[int, ...], int] = {}
        self._ors: dict[tuple[int, ...], int] = {}
        self._noes: dict[int, int] = {}
        self._listed: dict[int, tuple[int, ...]] = {}
        self._pairs = array("Q")  # the children of the base's nodes, as far as they are two
        self._runs: Sequence[tuple[int, int]] = ()
        self._spans: dict[int, tuple[int, int]] = {}  # where the pairs of a variable stand
        self.false = self.terminal(False)
        self.true = self.terminal(True)

    def pack(self, functions: Iterable[int]) -> Mapping[int, int]:
        """Keep what these functions need, and every terminal, laid out anew as the base. Returns the new numbers by the
        old ones; an old number means nothing any more."""
        kids = {node: self.below(node) for node in self._needed(functions)}
        groups: dict[int, list[int]] = {}
        for node in kids:
            groups.setdefault(self.var[node], []).append(node)
        new = {node: self.reach[node].bit_length() - 1 for node in groups.pop(LEAF)}
        runs, pairs = [(LEAF, len(new))], array("Q", bytes(8 * len(new)))
        wide: dict[int, tuple[int, ...]] = {}
        for at in sorted(groups, reverse=True):  # children before their parents
            ordered = sorted((tuple([new[kid] for kid in kids[node]]), node) for node in groups[at])
            for below, node in ordered:
                new[node] = len(pairs)
                if len(below) != 2:
                    wide[len(pairs)] = below
                pairs.append(below[0] << _HALF | below[1] if len(below) == 2 else 0)
            runs.append((at, len(ordered)))
        nodes = sorted(new, key=new.__getitem__)
        reach, tests = [self.reach[n] for n in nodes], [self._tests[n] for n in nodes]
        self._become(self.values, runs, pairs, wide, reach, tests)
        return new

    def _needed(self, functions: Iterable[int]) -> set[int]:
        """Return the nodes that the functions need, and every terminal."""
        needed = {node for node, at in enumerate(self.var) if at == LEAF}
        stack = [*functions]
        while stack:
            node = stack.pop()
            if node not in needed:
                needed.add(node)
                stack.extend(self.below(node))
        return needed

    def _become(
        self,
        values: list[Hashable],
        runs: Sequence[tuple[int, int]],
        pairs: array[int],
        wide: Mapping[int, tuple[int, ...]],
        reach: list[int],
        tests: list[int],
    ) -> None:
        """Become the store of a base. `runs` are its variables in order, each with how many nodes test it, terminals
        first; `wide` the nodes that have not two children."""
        self.__init__(self.domains, self.limit)  # type: ignore[misc]
        self.values, self.reach, self._tests, self._runs, self._pairs = values, reach, tests, runs, pairs
        self._terminals = {value: node for node, value in enumerate(values)}
        self.var, self._kids = [], [()] * len(pairs)
        for at, count in runs:
            first = len(self.var)
            self.var += [at] * count
            if at != LEAF and self.domains[at] == 2:
                self._spans[at] = first, len(self.var)
        for node, below in wide.items():
            self._kids[node] = below
            self._nodes[self.var[node], below] = node

    def __getstate__(self) -> dict[str, object]:
        """What is kept when functions are stored: the nodes. What was remembered of work done is left behind."""
        base = len(self._pairs)
        pairs = array("Q", self._pairs)
        if sys.byteorder == "big":
            pairs.byteswap()
        return {
            "domains": self.domains,
            "limit": self.limit,
            "values": self.values[: self._runs[0][1] if base else 0],
            "runs": self._runs,
            "pairs": pairs.tobytes(),
            "wide": {n: k for n, k in enumerate(self._kids[:base]) if len(k) > 2},
            "reach": _once(self.reach[:base]),
            "tests": _once(self._tests[:base]),
            "grown": [
                (at, self.value(n) if at == LEAF else self._kids[n]) for n, at in enumerate(self.var) if n >= base
            ],
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.domains, self.limit = state["domains"], state["limit"]
        pairs = array("Q", state["pairs"])
        if sys.byteorder == "big":
            pairs.byteswap()
        reach, tests = _each(state["reach"]), _each(state["tests"])
        self._become(state["values"], state["runs"], pairs, state["wide"], reach, tests)
        for at, what in state["grown"]:
            if at == LEAF:
                self.terminal(what)
            else:
                self._node(at, what)

    def forget(self, nodes: int) -> None:
        """Drop every function made after there were so many nodes. Their numbers must not be used any more."""
        self.values = self.values[: sum(at == LEAF for at in self.var[:nodes])]
        for part in (self.var, self._kids, self.reach, self._tests):
            del part[nodes:]
        self._terminals = {value: n for value, n in self._terminals.items() if n < nodes}
        self._nodes = {key: n for key, n in self._nodes.items() if n < nodes}
        for memo in (self._ands, self._ors, self._noes, self._listed):
            memo.clear()

    def below(self, node: int) -> tuple[int, ...]:
        """Return the children of a node, none of a terminal."""
        kids = self._kids[node]
        if not kids and self.var[node] != LEAF:
            pair = self._pairs[node]
            kids = self._kids[node] = (pair >> _HALF, pair & (1 << _HALF) - 1)
        return kids

    def terminal(self, value: Hashable) -> int:
        """Return the function that is always `value`."""
        node = self._terminals.get(value)
        if node is None:
            node = self._terminals[value] = self._add(LEAF, (), 1 << len(self.values), 0)
            self.values.append(value)
        return node

    def test(self, variable: int, wanted: Iterable[int]) -> int:
        """Return the function that is true where the variable has one of the wanted values."""
        chosen = set(wanted)
        return self._node(
            variable, tuple(self.true if i in chosen else self.false for i in range(self.domains[variable]))
        )

    def all(self, functions: Iterable[int]) -> int:
        """True where all of them are."""
        result = self.true
        for function in functions:
            result = self._join(result, function, self.true, self.false, self._ands)
        return result

    def any(self, functions: Iterable[int]) -> int:
        """True where one of them is."""
        result = self.false
        for function in functions:
            result = self._join(result, function, self.false, self.true, self._ors)
        return result

    def no(self, function: int) -> int:
        """True where the function is false."""
        node = self._noes.get(function)
        if node is None:
            if self.var[function] == LEAF:
                node = self.false if self.value(function) else self.true
            else:
                node = self._node(self.var[function], tuple([self.no(k) for k in self.below(function)]))
            self._noes[function] = node
        return node

    def choose(self, test: int, then: int, otherwise: int) -> int:
        """`then` where the test is true, else `otherwise`."""
        return self.combine((test, then, otherwise), lambda t, a, b: a if t else b, shortcut=True)

    def map(self, function: int, change: Callable[[Hashable], Hashable]) -> int:
        """Return the function with its values changed."""
        return self.combine((function,), change)

    def combine(self, functions: tuple[int, ...], make: Callable[..., Hashable], shortcut: bool = False) -> int:
        """Return the function whose value is `make` of the values of the given ones. With `shortcut` the first one
        decides which of the other two is taken, so that the rest is not walked."""
        memo: dict[tuple[int, ...], int] = {}

        def walk(nodes: tuple[int, ...]) -> int:
            node = memo.get(nodes)
            if node is not None:
                return node
            if shortcut and self.var[nodes[0]] == LEAF:
                result = nodes[1] if self.value(nodes[0]) else nodes[2]
            else:
                top = min(self.var[n] for n in nodes)
                if top == LEAF:
                    result = self.terminal(make(*(self.value(n) for n in nodes)))
                else:
                    split = [self.below(n) if self.var[n] == top else None for n in nodes]
                    result = self._node(
                        top,
                        tuple(
                            walk(tuple(n if k is None else k[i] for n, k in zip(nodes, split, strict=True)))
                            for i in range(self.domains[top])
                        ),
                    )
            memo[nodes] = result
            return result

        return walk(functions)

    def value(self, node: int) -> Hashable:
        """Return the value of a terminal."""
        return self.values[self.reach[node].bit_length() - 1]

    def possible(self, function: int) -> tuple[Hashable, ...]:
        """Return the values the function can take."""
        mask = self.reach[function]
        return tuple(v for i, v in enumerate(self.values) if mask >> i & 1)

    def under(self, function: int, cube: Mapping[int, int]) -> int:
        """Return the values that can still be reached once the known variables have theirs, as a mask like `reach`.
        Makes no nodes, and leaves out whatever can show nothing new: quicker than to restrict where nothing else is
        asked."""
        var, kids, reach, below = self.var, self._kids, self.reach, self.below
        mask = 0
        seen: set[int] = set()
        stack = [function]
        while stack:
            node = stack.pop()
            if node in seen or not reach[node] & ~mask:
                continue
            at = var[node]
            if at == LEAF:
                mask |= reach[node]
                continue
            seen.add(node)
            value = cube.get(at)
            if value is None:
                stack.extend(kids[node] or below(node))
            else:
                stack.append((kids[node] or below(node))[value])
        return mask

    def restrict(self, function: int, cube: Mapping[int, int]) -> int:
        """Return the function of the remaining variables, once the known ones have their values."""
        memo: dict[int, int] = {}
        var, kids, below = self.var, self._kids, self.below
        last = max(cube, default=-1)

        def walk(node: int) -> int:
            result = memo.get(node)
            if result is None:
                at = var[node]
                if at > last:  # terminals as well: nothing below is known
                    return node
                value = cube.get(at)
                if value is not None:
                    result = walk((kids[node] or below(node))[value])
                else:
                    result = self._node(at, tuple([walk(k) for k in kids[node] or below(node)]))
                memo[node] = result
            return result

        return walk(function)

    def evaluate(self, function: int, cube: Mapping[int, int]) -> Hashable:
        """Return the value under a complete assignment. KeyError where a variable that matters is missing."""
        var, kids, below = self.var, self._kids, self.below
        while (at := var[function]) != LEAF:
            function = (kids[function] or below(function))[cube[at]]
        return self.value(function)

    def support(self, function: int) -> tuple[int, ...]:
        """Return the variables that the function depends on, in order."""
        mask = self._tests[function]
        listed = self._listed.get(mask)
        if listed is None:
            listed = self._listed[mask] = tuple([v for v in range(mask.bit_length()) if mask >> v & 1])
        return listed

    def size(self, function: int) -> int:
        """Return how many nodes the function has, terminals left out."""
        seen: set[int] = set()
        stack = [function]
        while stack:
            node = stack.pop()
            if node not in seen and self.var[node] != LEAF:
                seen.add(node)
                stack.extend(self.below(node))
        return len(seen)

    def _join(self, one: int, other: int, neutral: int, final: int, memo: dict[tuple[int, ...], int]) -> int:
        """And, or: `neutral` changes nothing, `final` decides alone."""
        if other in (one, neutral):
            return one
        if one == neutral:
            return other
        if final in (one, other):
            return final
        key = (one, other) if one < other else (other, one)
        node = memo.get(key)
        if node is None:
            top, below = self.var[one], self.var[other]
            if top == below:
                pairs = zip(self.below(one), self.below(other), strict=True)
                kids = [self._join(a, b, neutral, final, memo) for a, b in pairs]
            elif top < below:
                kids = [self._join(a, other, neutral, final, memo) for a in self.below(one)]
            else:
                top = below
                kids = [self._join(one, b, neutral, final, memo) for b in self.below(other)]
            node = memo[key] = self._node(top, tuple(kids))
        return node

    def _node(self, variable: int, kids: tuple[int, ...]) -> int:
        first = kids[0]
        if kids.count(first) == len(kids):
            return first
        key = (variable, kids)
        node = self._nodes.get(key)
        if node is None and variable in self._spans:
            pair = first << _HALF | kids[1]
            start, end = self._spans[variable]
            at = bisect_left(self._pairs, pair, start, end)
            if at < end and self._pairs[at] == pair:
                return at
        if node is None:
            if len(self.var) >= self.limit:
                raise TooLarge(variable)
            reach, tests = 0, 1 << variable
            for kid in kids:
                reach |= self.reach[kid]
                tests |= self._tests[kid]
            node = self._nodes[key] = self._add(variable, kids, reach, tests)
        return node

    def _add(self, variable: int, kids: tuple[int, ...], reach: int, tests: int) -> int:
        self.var.append(variable)
        self._kids.append(kids)
        self.reach.append(reach)
        self._tests.append(tests)
        return len(self.var) - 1


def _once(masks: Sequence[int]) -> tuple[list[int], bytes]:
    """Return masks in little room, for `_each`: each of them once, and which stands where."""
    number = {mask: i for i, mask in enumerate(dict.fromkeys(masks))}
    return [*number], b"".join(number[mask].to_bytes(4, "little") for mask in masks)


def _each(kept: tuple[list[int], bytes]) -> list[int]:
    numbers = array("I", kept[1])
    if sys.byteorder == "big":
        numbers.byteswap()
    return [*map(kept[0].__getitem__, numbers)]
