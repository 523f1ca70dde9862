"""Expressions are read as Python would read them, as far as the language goes, and nothing else is read at all."""

from __future__ import annotations

import ast
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuance.method.expression import (
    DEEPEST,
    LONGEST,
    Binary,
    Call,
    Comparison,
    Conditional,
    ExpressionFault,
    Logic,
    Name,
    Node,
    Number,
    Text,
    Unary,
    anchor_base,
    children,
    depth,
    names,
    parse,
    tokens,
    walk,
)

ARITHMETIC = ["+", "-", "*", "/", "**"]
COMPARISONS = ["==", "!=", "<", "<=", ">", ">="]
IDS = ["x", "tax_revenue", "亩均税收", "Été", "_1"]


def trees() -> st.SearchStrategy[Node]:
    leaves = st.one_of(
        st.floats(0, 1e300, allow_nan=False).map(Number), st.sampled_from(["国家级", "", 'a"b']).map(Text), st.sampled_from(IDS).map(Name)
    )  # fmt: skip
    return st.recursive(leaves, _branches, max_leaves=25)


def _branches(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    links = st.lists(st.tuples(st.sampled_from(COMPARISONS), inner), min_size=1, max_size=3).map(tuple)
    within = st.sampled_from(["all", "category"])
    return st.one_of(
        st.builds(Unary, st.sampled_from(["-", "+", "not"]), inner),
        st.builds(Binary, st.sampled_from(ARITHMETIC), inner, inner),
        st.builds(Comparison, inner, links),
        st.builds(_logic, st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)),
        st.builds(Conditional, inner, inner, inner),
        st.builds(Call, st.sampled_from(["coalesce", "min"]), st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Call, st.sampled_from(["total", "share"]), st.tuples(inner), within),
    )


def _logic(operator: str, operands: list[Node]) -> Node:
    """`a and b and c` is one node: a first operand of the same kind is part of it."""
    first, *others = operands
    joined = first.operands if isinstance(first, Logic) and first.operator == operator else (first,)
    return Logic(operator, (*joined, *others))


def printed(node: Node) -> str:
    """The tree as text, every part in parentheses."""
    parts = [f"({printed(part)})" for part in children(node)]
    match node:
        case Number():
            return repr(node.value)
        case Text():
            return f"'{node.value}'"
        case Name():
            return node.id
        case Unary():
            return f"{node.operator} {parts[0]}"
        case Binary():
            return f"{parts[0]} {node.operator} {parts[1]}"
        case Comparison():
            signs = [sign for sign, _ in node.links]
            return parts[0] + "".join(f" {sign} {part}" for sign, part in zip(signs, parts[1:], strict=True))
        case Logic():
            return f" {node.operator} ".join(parts)
        case Conditional():
            return f"{parts[0]} if {parts[1]} else {parts[2]}"
        case Call():
            within = [f'within="{node.within}"'] if node.within != "all" else []
            return f"{node.function}({', '.join([*parts, *within])})"


@given(trees())
def test_an_expression_that_is_printed_and_read_again_is_the_same(tree: Node) -> None:
    assert parse(printed(tree)) == tree


SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<",
    ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.And: "and", ast.Or: "or", ast.USub: "-", ast.UAdd: "+", ast.Not: "not",
}  # fmt: skip


def of_python(node: ast.expr) -> Node:
    """Python's own tree as ours."""
    match node:
        case ast.Constant():
            assert isinstance(node.value, int | float)
            return Number(float(node.value))
        case ast.Name():
            return Name(node.id)
        case ast.UnaryOp():
            return Unary(SIGNS[type(node.op)], of_python(node.operand))
        case ast.BinOp():
            return Binary(SIGNS[type(node.op)], of_python(node.left), of_python(node.right))
        case ast.BoolOp():
            return _logic(SIGNS[type(node.op)], [of_python(part) for part in node.values])
        case ast.Compare():
            links = zip(node.ops, node.comparators, strict=True)
            return Comparison(of_python(node.left), tuple((SIGNS[type(op)], of_python(part)) for op, part in links))
        case ast.IfExp():
            return Conditional(of_python(node.body), of_python(node.test), of_python(node.orelse))
        case ast.Call():
            assert isinstance(node.func, ast.Name)
            return Call(node.func.id, tuple(of_python(part) for part in node.args))
    raise AssertionError(ast.dump(node))


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["a", "b", "1", "2.5", "(a", "b)", "max(a", ", b)"]),
            st.sampled_from([*ARITHMETIC, *COMPARISONS, "and", "or", "not", "if", "else", "-", "+", "-", "not"]),
        ),
        min_size=1,
        max_size=14,
    )
)
def test_operators_bind_as_in_python(pieces: list[str]) -> None:
    text = " ".join(pieces)
    try:
        wanted = of_python(ast.parse(text, mode="eval").body)
    except (SyntaxError, AssertionError):
        return
    assert parse(text) == wanted


def python_trees() -> st.SearchStrategy[ast.expr]:
    leaves = st.sampled_from(["a", "b", "c"]).map(ast.Name) | st.integers(0, 9).map(ast.Constant)
    binary = st.sampled_from([ast.Add(), ast.Sub(), ast.Mult(), ast.Div(), ast.Pow()])
    compare = st.sampled_from([ast.Eq(), ast.Lt(), ast.GtE()])
    unary = st.sampled_from([ast.USub(), ast.UAdd(), ast.Not()])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(lambda op, a, b: ast.BinOp(a, op, b), binary, inner, inner),
            st.builds(ast.UnaryOp, unary, inner),
            st.builds(lambda op, a, b: ast.Compare(a, [op], [b]), compare, inner, inner),
            st.builds(lambda op, a, b: ast.BoolOp(op, [a, b]), st.sampled_from([ast.And(), ast.Or()]), inner, inner),
            st.builds(ast.IfExp, inner, inner, inner),
        ),
        max_leaves=15,
    )


@given(python_trees())
def test_no_more_parentheses_are_needed_than_in_python(tree: ast.expr) -> None:
    text = ast.unparse(tree)
    assert parse(text) == of_python(ast.parse(text, mode="eval").body)


@given(st.text(max_size=60) | st.text("abx 1.2+-*/<>=!()'\",_if else and or not within=亩（", max_size=60))
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    fault = _fault(text)
    assert fault is None or 1 <= fault.column <= len(unicodedata.normalize("NFC", text)) + 1


def _fault(text: str) -> ExpressionFault | None:
    try:
        parse(text)
    except ExpressionFault as fault:
        return fault
    return None


@given(trees())
def test_blanks_and_line_ends_mean_nothing(tree: Node) -> None:
    spaced = printed(tree).replace(" (", "  \n(")
    assert parse(f"\n {spaced}\t") == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("-2 ** 2", Unary("-", Binary("**", Number(2), Number(2)))),
        ("2 ** -1", Binary("**", Number(2), Unary("-", Number(1)))),
        ("2 ** 3 ** 2", Binary("**", Number(2), Binary("**", Number(3), Number(2)))),
        ("a < b <= c", Comparison(Name("a"), (("<", Name("b")), ("<=", Name("c"))))),
        ("not a == b", Unary("not", Comparison(Name("a"), (("==", Name("b")),)))),
        ("a or b and c", Logic("or", (Name("a"), Logic("and", (Name("b"), Name("c")))))),
        ("a and b and c", Logic("and", (Name("a"), Name("b"), Name("c")))),
        ("1 if a else 2 if b else 3", Conditional(Number(1), Name("a"), Conditional(Number(2), Name("b"), Number(3)))),
        ("mean(a, within='category')", Call("mean", (Name("a"),), "category")),
        ('level == "国家级"', Comparison(Name("level"), (("==", Text("国家级")),))),
        (".5e1", Number(5)),
        ("within + total(within)", Binary("+", Name("within"), Call("total", (Name("within"),)))),
    ],
)
def test_forms_of_the_language(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("", "M207", 1),
        ("  ", "M207", 1),
        ("a × b", "M201", 3),
        ("a = b", "M201", 3),
        ("a ÷ ２", "M201", 3),
        ("a ＋ b", "M201", 3),
        ("a ^ b", "M201", 3),
        ("a && b", "M201", 3),
        ("a % b", "M202", 3),
        ("a.b", "M202", 2),
        ("a[0]", "M202", 2),
        ("a; b", "M202", 2),
        ("lambda: 1", "M202", 7),
        ("(a", "M203", 3),
        ("a if b", "M203", 7),
        ("max(a b)", "M203", 7),
        ("total(within='all' a)", "M203", 20),
        ("a +", "M204", 4),
        ("* a", "M204", 1),
        ("max(a,)", "M204", 7),
        ("()", "M204", 2),
        ("a + not b", "M204", 5),
        ("a < not b", "M204", 5),
        ("-not a", "M204", 2),
        ("mean(a, within='park')", "M208", 16),
        ("mean(a, within=", "M208", 16),
        ("abs(a, within='all')", "M209", 15),
        ("a == 'b", "M220", 6),
        ('"', "M220", 1),
        ("a b", "M221", 3),
        ("2 a", "M221", 3),
        ("1_000", "M221", 2),
        ("0x10", "M221", 2),
        ("a)", "M221", 2),
        ("f(a)(b)", "M221", 5),
        ("a is b", "M221", 3),
    ],
)
def test_what_the_language_does_not_have_is_refused_where_it_stands(text: str, code: str, column: int) -> None:
    with pytest.raises(ExpressionFault) as refusal:
        parse(text)
    assert (refusal.value.code, refusal.value.column) == (code, column)


def test_the_sign_that_is_meant_is_named() -> None:
    with pytest.raises(ExpressionFault) as refusal:
        parse("营业收入 ÷ 用地")
    assert refusal.value.values == {"sign": "÷", "hint": "/"}


def test_size_is_bounded() -> None:
    assert depth(parse("(" * (DEEPEST - 1) + "a" + ")" * (DEEPEST - 1))) == 1
    assert depth(parse("+".join(["a"] * DEEPEST))) == DEEPEST
    assert len(names(parse(" < ".join(["a"] * 2000)))) == 2000
    for text in ("(" * DEEPEST + "a" + ")" * DEEPEST, "+".join(["a"] * (DEEPEST + 1)), "-" * 9000 + "a", "abs(" * 2000):
        with pytest.raises(ExpressionFault, match="M205"):
            parse(text)
    with pytest.raises(ExpressionFault, match="M206"):
        parse("a" * (LONGEST + 1))


def test_ids_may_be_of_any_script_and_are_composed() -> None:
    assert parse("cafe\u0301") == Name("café")
    assert [name.id for name in names(parse("ภาษี + हिन्दी + 税收收入 + x·y"))] == ["ภาษี", "हिन्दी", "税收收入", "x·y"]


def test_every_name_is_found_in_reading_order_with_its_column() -> None:
    found = names(parse("a / max(b, c) if d > 1 else e"))
    assert [(name.id, name.at) for name in found] == [("a", 1), ("b", 9), ("c", 12), ("d", 18), ("e", 29)]


@given(trees())
def test_a_tree_is_walked_whole(tree: Node) -> None:
    assert sum(1 for _ in walk(tree)) == 1 + sum(sum(1 for _ in walk(part)) for part in children(tree))
    assert depth(tree) == 1 + max((depth(part) for part in children(tree)), default=0)


def test_tokens_end_behind_the_text() -> None:
    assert [(token.kind, token.column) for token in tokens("a+1")] == [
        ("name", 1),
        ("operator", 2),
        ("number", 3),
        ("end", 4),
    ]


def test_an_anchor_of_last_year_is_known_by_its_beginning() -> None:
    assert anchor_base("last_year_mean") == ("mean", True)
    assert anchor_base("mean") == ("mean", False)
