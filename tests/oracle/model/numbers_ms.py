"""Times in ms. `NEVER` is later than everything; a quantity that nobody knows is `UNKNOWN`."""

from decimal import Decimal, getcontext
from fractions import Fraction
from math import ceil, inf

getcontext().prec = 50
HOUR = 3_600_000
NEVER = inf
UNKNOWN = "unknown"


def planning(duration):
    """The one value that an estimate counts with: the worst of a range, the 95th percentile of a distribution."""
    if duration is None:
        return 0
    shape, times = duration
    if shape == "mean":
        return ceil(Decimal(times[0]) * -(Decimal("0.05").ln()))
    return max(times)


def moving(size, rate):
    """How many ms `size` bytes take at `rate` bytes per second, exactly."""
    return Fraction(size * 1000, rate)
