"""The ways to read a profile, as variables that are fixed: what all of them fix alike, and what each fixes beside it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from msgspec import Struct

Cube = Mapping[int, int]
"""Variables, each with its value."""


class Ways(Struct, frozen=True):
    """`shared` holds the variables that every way fixes alike, `own` what each way fixes beside them, each once, and
    `varying` the variables of these. Functions are restricted by what is shared first: what is left of them is small, and
    seldom depends on the rest."""

    shared: Cube
    own: tuple[Cube, ...]
    varying: frozenset[int] = frozenset()

    @property
    def single(self) -> bool:
        """Whether there is one way alone."""
        return len(self.own) == 1

    @property
    def always(self) -> frozenset[int]:
        """The variables that every way fixes, to one value or another."""
        first, *others = self.own
        return frozenset(first).intersection(*others)

    def told_apart(self, variables: Sequence[int]) -> tuple[Cube, ...]:
        """Return what the ways fix of these variables, each case once."""
        some = [v for v in variables if v in self.varying]
        if not some:
            return ({},)
        return tuple({tuple([cube.get(v) for v in some]): cube for cube in self.own}.values())

    def without(self, variables: Container[int]) -> Ways:
        """Return the ways as if nothing were known of those variables."""
        return _made(_without(self.shared, variables), [_without(cube, variables) for cube in self.own])


def ways_of(cubes: Iterable[Cube]) -> Ways:
    """Return the ways that fix those variables."""
    first, *others = cubes
    if not others:
        return Ways(first, ({},))
    shared = {v: value for v, value in first.items() if all(v in c and c[v] == value for c in others)}
    return _made(shared, [_without(cube, shared) for cube in (first, *others)])


def _made(shared: Cube, own: Iterable[Cube]) -> Ways:
    each = {tuple(sorted(cube.items())): cube for cube in own}
    return Ways(shared, tuple(each.values()), frozenset(v for cube in each.values() for v in cube))


def _without(cube: Cube, variables: Container[int]) -> Cube:
    return {v: value for v, value in cube.items() if v not in variables}
