"""A second evaluation, to hold against the first: plain Python, one unit after another, written from the method
language's text (parts 2 to 6) and from nothing else.

It is slow and says every rule in the words of the contract. Where the contract is silent it holds these decisions:

* where a unit has no row in an earlier period, each of its facts is missing there (so that `previous(2)` is 2);
* of the values that the JRC's rule moves, tied ones are moved together and counted each, as COINr does;
* a sum, mean … over nothing is missing; `sd` of one value is missing;
* a unit of a period is one that has a row there; a listed unit also belongs to the periods asked for;
* statistics that a score's anchors are taken from are those of the treated values, imputed ones included;
* `last_year_…` is the same statistic of the set one year earlier, filled and treated by the same rules; a panel spans
  all years, its `last_year_…` is its own;
* with all values equal, or one alone, a standard score is its `mean`; with one unit alone, a percent rank is the best;
* anchors that turn out on the data to run against the direction give no score, and so does a base of zero; a score
  that has no value although its indicator has one is left out under `drop`, and else an error: the unit is not ranked;
* a gap under `refuse`, and one that no rule can fill, leaves the nodes above it without a score (to join the rest
  would be `drop`), and the unit is not ranked;
* `needs` counts the written weight of the indicators that have a value once gaps are filled (`zero` and `lowest` fill
  nothing): the order of the JRC's steps, by which all fifty-one ASEM countries pass their screening at 0.9;
* a place beyond a rank table earns `least`; the middle of two places earns the mean of theirs; `least` bounds neither
  from below more than the table says;
* what differs by no more than the dust of arithmetic (1e-12 of its size) is equal where a score leaps: a bound of
  `steps`, two anchors, a spread;
* where two points of a broken line coincide, the one written last holds;
* a unit without a category is in no category's comparison set; it has no weights, hence no total;
* `order` breaks ties whatever `ties` says about those that remain; a unit without the value that breaks a tie comes
  last; ties "broken" that remain go by the unit's id;
* a grade by share goes to everyone better than whom fewer than the quota stand, so that ties at the border are in;
* grades by score, as those by share, go to ranked units only; a veto's grade goes to anyone.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.yuance.loop.evaluation.oracle.tree import Oracle, Standing
from tests.yuance.loop.evaluation.oracle.world import Facts
from yuance.facts.period import Period, parse_period


def periods(texts: Iterable[str]) -> list[Period]:
    found = [parse_period(text) for text in texts]
    return sorted(period for period in found if period is not None)


__all__ = ["Facts", "Oracle", "Standing", "periods"]
