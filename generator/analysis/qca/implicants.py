"""Prime implicants: the shortest terms that cover some positive row and no negative one."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.analysis.qca.literals import Conjunction


def prime_implicants(
    positive: Collection[int], free: Collection[int], conditions: int
) -> list[Conjunction]:
    """Return the prime implicants that cover a positive configuration, in a fixed order.

    A term may cover those that are `free` besides (remainders), and none of the others. In a prime
    implicant no condition can be left out. Found from each positive configuration by itself: a set
    of conditions will not do if some negative configuration agrees with the positive one on all of
    it. That is true of each part of such a set too, so the prime implicants are the least sets
    that will do. It takes positive rows × 2^k × k steps for k conditions, whatever the data are.
    """
    allowed = {*positive, *free}
    negative = [c for c in range(1 << conditions) if c not in allowed]
    implicants = {
        Conjunction(used, start & used)
        for start in positive
        for used in _least_sets(start, negative, conditions)
    }
    return sorted(implicants, key=lambda term: (term.length, -term.used, -term.values))


def _least_sets(start: int, negative: Collection[int], conditions: int) -> Iterator[int]:
    """Yield the least sets of conditions that tell a configuration from each negative one."""
    size = 1 << conditions
    bits = [1 << place for place in range(conditions)]
    confuses = bytearray(size)
    for other in negative:
        confuses[~(start ^ other) & (size - 1)] = 1
    for used in range(size - 1, -1, -1):
        if confuses[used]:
            for bit in bits:
                confuses[used & ~bit] = 1
    for used in range(size):
        if not confuses[used] and all(confuses[used ^ bit] for bit in bits if used & bit):
            yield used
