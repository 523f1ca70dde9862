"""Random methods and facts for the comparison with the oracle (Hypothesis strategies)."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Table = dict[str, Any]

VARIABLES = ("a", "b", "c", "d")
CATEGORIES = ("P", "Q")
ANCHORS = (
    "lowest",
    "highest",
    "mean",
    "median",
    "percentile(25)",
    "percentile(90)",
    "last_year_mean",
    "last_year_highest",
)

# Values that collide, vanish and turn negative often; eighths, so that sums are exact and ties are ties.
NUMBERS = st.one_of(
    st.integers(-8, 40).map(float),
    st.integers(-40, 200).map(lambda n: n / 8),
    st.sampled_from([0.0, 1.0, 2.0, 10.0, 1000.0]),
)


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(int(low * 4), int(high * 4)).map(lambda n: n / 4)


@st.composite
def expressions(draw: st.DrawFn, depth: int = 2, *, x: bool = False) -> str:
    """An expression over the variables (and x), as text."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        leaf = [*VARIABLES, "2", "0.5", *(["x", "x", "mean", "weight"] if x else [])]
        return draw(st.sampled_from(leaf))
    inner = expressions(depth - 1, x=x)
    form = draw(st.sampled_from(["binary", "binary", "binary", "function", "time", "time", "set", "choice"]))
    if form == "binary":
        sign = draw(st.sampled_from(["+", "-", "*", "/", "/"]))
        return f"({draw(inner)} {sign} {draw(inner)})"
    if form == "function":
        template = draw(
            st.sampled_from(
                ["abs({0})", "sqrt({0})", "log({0})", "log10({0})", "min({0}, {1})", "max({0}, {1}, 3)",
                 "clip({0}, -5, 20)", "coalesce({0}, {1})", "is_missing({0})", "round({0}, 1)", "-{0}", "({0}) ** 2",
                 "exp({0} / 100)"]
            )
        )  # fmt: skip
        return template.format(draw(inner), draw(inner))
    if form == "time":
        return draw(_looks_back(draw(inner), draw(st.sampled_from(VARIABLES))))
    if form == "set":
        function = draw(st.sampled_from(["total", "mean", "median", "lowest", "highest", "sd", "share"]))
        within = draw(st.sampled_from(["", ", within='category'", ", within='all'"]))
        return f"{function}({draw(st.sampled_from(VARIABLES)) if x else draw(inner)}{within})"
    return f"({draw(inner)} if {draw(conditions(depth - 1))} else {draw(inner)})"


def _looks_back(inner: str, variable: str) -> st.SearchStrategy[str]:
    return st.sampled_from(
        [f"previous({inner})", f"growth({inner})", f"lag({inner}, 2)", f"own({variable})", f"completion({variable})",
         f"target({variable})"]
    )  # fmt: skip


@st.composite
def conditions(draw: st.DrawFn, depth: int = 1) -> str:
    inner = expressions(min(depth, 1)) if depth > 0 else st.sampled_from(VARIABLES)
    sign = draw(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
    plain = f"{draw(inner)} {sign} {draw(inner)}"
    form = draw(st.integers(0, 5))
    if form == 0:
        return f"({plain} and {draw(inner)} > 1)"
    if form == 1:
        return f"({plain} or not {draw(inner)} > 1)"
    if form == 2:
        return f"(0 < {draw(inner)} <= 10)"
    if form == 3:
        return draw(st.sampled_from(["level == 'high'", "is_missing(a)", "size > 2", "category == 'P'"]))
    return f"({plain})"


def anchors() -> st.SearchStrategy[Any]:
    return st.one_of(
        numbers(-5, 30),
        st.sampled_from(ANCHORS),
        st.sampled_from(["mean * 1.5", "highest - lowest", "max(median, 1)", "2 * last_year_mean", "abs(lowest) + 1"]),
    )


@st.composite
def scores(draw: st.DrawFn) -> Table:
    """Any way of scoring."""
    kind = draw(st.sampled_from(["linear", "linear", "exponential", "ratio", "steps", "points", "rank", "percent-rank",
                                 "zscore", "given", "formula"]))  # fmt: skip
    table: Table = {"by": kind}
    if draw(st.booleans()):
        table["among"] = draw(st.sampled_from(["all", "category", "panel"]))
    ranges = st.sampled_from([[0, 100], [60, 100], [1, 100], [20, 80]])
    if kind in ("linear", "exponential"):
        for key in ("low", "high"):
            if draw(st.booleans()):
                table[key] = draw(anchors())
        if kind == "linear":
            table |= {"to": draw(ranges), "clip": draw(st.booleans())}
        else:
            table["to"] = draw(st.sampled_from([[60, 100], [1, 100]]))
    elif kind == "ratio":
        table["base"] = draw(anchors())
        if draw(st.booleans()):
            table["cap"] = draw(st.sampled_from([100, 150, 200]))
        table["floor"] = draw(st.sampled_from([0, 10, -50]))
    elif kind in ("steps", "points"):
        bounds = draw(
            st.lists(st.one_of(numbers(-5, 30), st.sampled_from(ANCHORS)), min_size=1, max_size=4, unique=True)
        )
        table["table"] = [[bound, draw(numbers(0, 100))] for bound in bounds]
        if kind == "steps":
            table["edge"] = draw(st.sampled_from(["closed", "open"]))
    elif kind == "rank":
        table["ties"] = draw(st.sampled_from(["better", "worse", "middle"]))
        if draw(st.booleans()):
            table |= {
                "first": draw(st.sampled_from([100, "count", "count * 10"])),
                "step": draw(st.sampled_from([1, 5, 30])),
            }
        else:
            table["table"] = draw(st.lists(numbers(0, 100), min_size=1, max_size=4))
        table["least"] = draw(st.sampled_from([0, 0, 20]))
    elif kind == "percent-rank":
        table |= {"to": draw(ranges), "ties": draw(st.sampled_from(["better", "worse", "middle"]))}
    elif kind == "zscore":
        table |= draw(st.sampled_from([{}, {"mean": 100, "sd": 10}, {"mean": 50, "sd": 3}]))
    elif kind == "formula":
        table["is"] = draw(expressions(2, x=True))
    return table


def treatments() -> st.SearchStrategy[Table | None]:
    jrc = st.builds(
        lambda skew, kurt, most, log: {
            "by": "winsorise", "skewness": skew, "kurtosis": kurt, "at_most": most, **({"otherwise": "log"} if log else {})
        },
        st.sampled_from([0.25, 1, 2]), st.sampled_from([-5.0, 0.0, 3.5]), st.integers(0, 3), st.booleans(),
    )  # fmt: skip
    clip = st.sampled_from([
        {"by": "winsorise", "low": "percentile(10)", "high": "percentile(90)"},
        {"by": "winsorise", "high": "mean + 2 * sd"},
        {"by": "winsorise", "low": 0},
    ])  # fmt: skip
    return st.one_of(st.none(), st.none(), jrc, clip, st.just({"by": "log"}))


def gaps() -> st.SearchStrategy[Any]:
    plain = st.sampled_from(["zero", "lowest", "mean", "median", "last", "drop", "drop", "refuse"])
    named = st.builds(
        lambda by, among: {"by": by, "among": among},
        st.sampled_from(["mean", "median"]), st.sampled_from(["all", "category", "panel"]),
    )  # fmt: skip
    return st.one_of(plain, plain, named)


def joins() -> st.SearchStrategy[Any]:
    return st.sampled_from(
        [
            "arithmetic",
            "arithmetic",
            "geometric",
            "harmonic",
            "minimum",
            "median",
            "copeland",
            {"power": 2},
            {"power": 0.5},
        ]
    )


def weights(categories: bool) -> st.SearchStrategy[Any]:
    single = st.sampled_from([0, 1, 1, 2, 2.5, 10])
    return st.one_of(single, st.fixed_dictionaries(dict.fromkeys(CATEGORIES, single))) if categories else single


@st.composite
def methods(draw: st.DrawFn) -> Table:
    """The tables of a method: a tree of one to three levels over one to five indicators."""
    categories = draw(st.booleans())
    by_rule = categories and draw(st.booleans())
    tables: Table = {
        "method": {"attributes": ["level", "size"], "missing": draw(gaps()), "by": draw(joins()),
                   "among": draw(st.sampled_from(["all", "all", "category", "panel"])), "ranks": draw(_ranks()),
                   "periods": ["year", "quarter"],
                   "rounding": {"digits": draw(st.sampled_from([0, 1, 2])),
                                "mode": draw(st.sampled_from(["half-up", "half-even", "down", "up"]))}},
        "variable": [{"id": name, "kind": "flow"} for name in VARIABLES],
        "category": [],
    }  # fmt: skip
    if draw(st.integers(0, 3)) == 0:
        tables["method"]["needs"] = draw(st.sampled_from([0.3, 0.5, 0.75]))
    if categories:
        tables["category"] = [{"id": name} for name in CATEGORIES]
        if by_rule:
            tables["category"][0]["when"] = "level == 'high'"
    dimensions = _dimensions(draw, categories)
    tables["dimension"] = dimensions
    tables["indicator"] = [
        _indicator(draw, number, [item["id"] for item in dimensions], categories)
        for number in range(draw(st.integers(1, 5)))
    ]
    tables["indicator"][0]["weight"] = 3  # something weighs something in every category
    if draw(st.booleans()):
        tables["adjustment"] = [{"id": "bonus", "points": draw(expressions(1)), "limits": [-3, 5]}]
    _grades(draw, tables, categories)
    return tables


def _ranks() -> st.SearchStrategy[Table]:
    return st.fixed_dictionaries(
        {
            "on": st.sampled_from(["published", "exact"]),
            "ties": st.sampled_from(["shared", "dense", "broken"]),
            "order": st.sampled_from([[], [], ["i0"], ["-a"], ["b", "-i0"]]),
        }
    )


def _dimensions(draw: st.DrawFn, categories: bool) -> list[Table]:
    depth = draw(st.integers(1, 3))
    found: list[Table] = []
    if depth == 1:
        return []
    for number in range(draw(st.integers(1, 3))):
        item: Table = {"id": f"d{number}", "by": draw(joins())}
        if depth == 3 and number and draw(st.booleans()):
            item["parent"] = f"d{draw(st.integers(0, number - 1))}"
        if draw(st.booleans()):
            item["weight"] = draw(weights(categories))
        found.append(item)
    return found


def _indicator(draw: st.DrawFn, number: int, dimensions: list[str], categories: bool) -> Table:
    item: Table = {"id": f"i{number}", "value": draw(expressions(2)), "score": draw(scores()),
                   "direction": draw(st.sampled_from(["higher", "lower"])), "weight": draw(weights(categories))}  # fmt: skip
    if dimensions and draw(st.integers(0, 4)) > 0:
        item["dimension"] = draw(st.sampled_from(dimensions))
    treat = draw(treatments())
    if treat is not None:
        item["treat"] = treat
    if draw(st.booleans()):
        item["missing"] = draw(gaps())
    return item


def _grades(draw: st.DrawFn, tables: Table, categories: bool) -> None:
    form = draw(st.sampled_from(["none", "share", "share", "score"]))
    if form == "share":
        tables["grade"] = [
            {"name": "A", "top": 0.2},
            {"name": "B", "top": 0.5},
            {"name": "C", "top": 0.9},
            {"name": "D"},
        ]
    elif form == "score":
        tables["grade"] = [{"name": "A", "at_least": 75}, {"name": "B", "at_least": 50}, {"name": "C", "at_least": 0}]
    tables["grading"] = {"within": draw(st.sampled_from(["all", "category"])) if categories else "all",
                         "quota": draw(st.sampled_from(["round", "floor", "ceil"]))}  # fmt: skip
    effects: list[Table] = [{"ranked": False}, {"score": 0}, {"grade": "none"}]
    if form != "none":
        effects += [{"grade_at_most": "B"}, {"grade_at_most": "C", "score": 10}]
    if draw(st.booleans()):
        tables["veto"] = [
            {"id": f"v{number}", "when": draw(conditions()), "effect": draw(st.sampled_from(effects))}
            for number in range(draw(st.integers(1, 2)))
        ]


@st.composite
def worlds(draw: st.DrawFn) -> Table:
    """Facts: rows of two to nine units in some years and quarters, with gaps; units with category and attributes."""
    count = draw(st.integers(1, 9))
    names = [f"u{number}" for number in range(1, count + 1)]
    units = {
        name: {"category": draw(st.sampled_from(CATEGORIES)), "level": draw(st.sampled_from(["high", "low"])),
               "size": draw(st.sampled_from([1.0, 2.0, 3.0]))}
        for name in names
    }  # fmt: skip
    quarters = draw(st.integers(0, 3)) == 0
    periods = ["2022Q1", "2022Q2", "2023Q1", "2023Q2"] if quarters else ["2020", "2021", "2022", "2023"]
    value = st.one_of(st.none(), NUMBERS, NUMBERS, NUMBERS, NUMBERS)
    columns = [*VARIABLES, *(f"{name}:target" for name in VARIABLES[:2])]
    rows = [
        {"unit": name, "period": period, **{variable: draw(value) for variable in columns}}
        for name in names
        for period in periods
        if period == periods[-1] or draw(st.integers(0, 3))
    ]
    asked = draw(st.sampled_from([periods[-1:], periods[-2:], periods[-1:]]))
    asked = [period for period in asked if any(row["period"] == period for row in rows)]
    return {"rows": rows, "units": units, "asked": asked, "listed": draw(st.booleans())}
