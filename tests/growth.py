"""How the time that work takes grows with its size: a ratio within one run, which no machine's speed enters."""

import time
from collections.abc import Callable
from typing import Final

TIMES: Final = 8
"""How many times the smaller size the larger one is."""

IN_PROPORTION: Final = 3.0 * TIMES
"""Work in proportion to its size grows `TIMES`-fold, give or take; work by its square would grow 64-fold."""

_RUNS: Final = 7


def growth(work: Callable[[int], Callable[[], object]], largest: int) -> float:
    """How many times as long the work of the largest size takes as that of an eighth of it.

    `work` gives what is to be done of a size; making it ready does not count. It is done in turn, the quickest run of each
    size counts, and only the processor's time for this process: what else the machine does is not meant.
    """
    small, large = work(largest // TIMES), work(largest)
    taken = [(_taken(small), _taken(large)) for _ in range(_RUNS)]
    return min(of_large for _, of_large in taken) / min(of_small for of_small, _ in taken)


def _taken(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
