"""Expressions: the formulas of a method, parsed into a small tree (method language, part 2).

The language has numbers, quoted text, names, arithmetic, (chained) comparisons, `and or not`, `a if condition else b`,
parentheses and the functions of `functions.py`. It has no loops, attributes or imports, and its size is bounded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from yuance.method.functions import FUNCTIONS, KEYWORDS, LAST_YEAR

LONGEST = 10_000
DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text."""

    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """The id of a variable, a unit attribute or an anchor."""

    id: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x`, `+x` or `not x`."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right` with one of + - * / **."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison:
    """`a < b`, or chained `a < b <= c`: true where every link is."""

    first: Node
    links: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Logic:
    """`a and b and …` or `a or b or …`."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    """`then if condition else otherwise`."""

    then: Node
    condition: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; `within` is "all" or "category" for functions over the evaluated units."""

    function: str
    arguments: tuple[Node, ...]
    within: str = "all"
    at: int = field(default=0, compare=False)


Node = Number | Text | Name | Unary | Binary | Comparison | Logic | Conditional | Call


class ExpressionFault(Exception):
    """An expression that can't be read: the code of the message, the column (from 1) and the message's values."""

    def __init__(self, code: str, column: int, **values: object) -> None:
        self.code = code
        self.column = column
        self.values = values
        super().__init__(f"{code} at {column}: {values}")


class Token(NamedTuple):
    """A piece of the text: its kind (number, text, name, operator, end), the piece and its column."""

    kind: str
    text: str
    column: int


_PIECES = re.compile(
    r"(?P<space>\s+)|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<operator>\*\*|==|!=|<=|>=|[-+*/<>(),=])"
)
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_FOREIGN = {"（": "(", "）": ")", "，": ",", "＋": "+", "－": "-", "×": "*", "÷": "/", "＝": "==", "≥": ">=", "≤": "<=", "≠": "!=", "＞": ">", "＜": "<", "“": '"', "”": '"', "‘": "'", "’": "'", "^": "**", "；": ",", "&": "and", "|": "or", "!": "not"}  # fmt: skip


def tokens(text: str) -> Iterator[Token]:
    """The pieces of an expression, in order, closed by an `end`."""
    position = 0
    while position < len(text):
        match = _PIECES.match(text, position)
        kind, piece = (match.lastgroup or "", match[0]) if match else ("name", _name_at(text, position))
        if not piece:
            raise _foreign(text[position], position + 1)
        if kind != "space":
            yield Token(kind, piece, position + 1)
        position += len(piece)
    yield Token("end", "", len(text) + 1)


def _name_at(text: str, start: int) -> str:
    """The Unicode identifier that begins at `start`, or nothing."""
    if not text[start].isidentifier():
        return ""
    end = start + 1
    while end < len(text) and ("_" + text[end]).isidentifier():
        end += 1
    return text[start:end]


def _foreign(sign: str, column: int) -> ExpressionFault:
    """A sign that the language does not have; the one that is surely meant, where there is one."""
    if sign in "'\"":
        return ExpressionFault("M220", column, sign=sign)
    hint = _FOREIGN.get(sign) or unicodedata.normalize("NFKC", sign)
    if sign in _FOREIGN or (hint != sign and _PIECES.fullmatch(hint)):
        return ExpressionFault("M201", column, sign=sign, hint=hint)
    return ExpressionFault("M202", column, sign=sign)


def _shown(token: Token) -> str:
    return token.text or "…"


_BINDING = {
    "if": 1,
    "or": 2,
    "and": 3,
    **dict.fromkeys(["=", *_COMPARISONS], 5),
    "+": 6,
    "-": 6,
    "*": 7,
    "/": 7,
    "**": 9,
}
_PREFIXES = {"not": 4, "-": 8, "+": 8}


class _Parser:
    """Precedence climbing; what binds tighter has the higher number in `_BINDING`."""

    def __init__(self, text: str) -> None:
        self.tokens = list(tokens(text))
        self.position = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def take(self) -> Token:
        token = self.token
        self.position += 1
        return token

    def accept(self, text: str) -> Token | None:
        token = self.token
        return self.take() if token.kind in ("operator", "name") and token.text == text else None

    def expect(self, text: str) -> None:
        if self.accept(text) is None:
            raise ExpressionFault("M203", self.token.column, expected=text, found=_shown(self.token))

    def expression(self, binding: int = 0) -> Node:
        """An expression whose operators all bind tighter than `binding`."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionFault("M205", self.token.column, most=DEEPEST)
        node = self.prefix(binding)
        while _BINDING.get(self.operator, -1) > binding:
            node = self.infix(node, self.take())
        self.depth -= 1
        return node

    @property
    def operator(self) -> str:
        return "" if self.token.kind in ("number", "text", "end") else self.token.text

    def prefix(self, binding: int) -> Node:
        sign = self.operator
        if sign not in _PREFIXES or (sign == "not" and binding > _PREFIXES["not"]):
            return self.atom()  # which refuses the word `not` behind an operator that binds tighter
        self.take()
        return Unary(sign, self.expression(_PREFIXES[sign]))

    def infix(self, left: Node, operator: Token) -> Node:
        sign = operator.text
        if sign == "=":
            raise ExpressionFault("M201", operator.column, sign="=", hint="==")
        if sign == "if":
            condition = self.expression(_BINDING["if"])
            self.expect("else")
            return Conditional(left, condition, self.expression())
        if sign == "**":
            return Binary(sign, left, self.expression(_PREFIXES["-"] - 1))
        right = self.expression(_BINDING[sign])
        if sign in ("and", "or"):
            same = isinstance(left, Logic) and left.operator == sign
            return Logic(sign, (*left.operands, right) if same and isinstance(left, Logic) else (left, right))
        if sign in _COMPARISONS:
            return self.compared(left, sign, right)
        return Binary(sign, left, right)

    def compared(self, left: Node, sign: str, right: Node) -> Comparison:
        """A comparison with all its links: `a < b <= c` is one."""
        links = [(sign, right)]
        while self.operator in _COMPARISONS:
            operator = self.take().text
            links.append((operator, self.expression(_BINDING["<"])))
        return Comparison(left, tuple(links))

    def atom(self) -> Node:
        token = self.take()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "text":
            return Text(token.text[1:-1])
        if token.kind == "operator" and token.text == "(":
            node = self.expression()
            self.expect(")")
            return node
        if token.kind == "name" and token.text not in KEYWORDS:
            return self.call(token) if self.accept("(") else Name(token.text, token.column)
        raise ExpressionFault("M204", token.column, found=_shown(token))

    def call(self, name: Token) -> Node:
        arguments: list[Node] = []
        within = ""
        while self.accept(")") is None:
            if arguments or within:
                self.expect(",")
            if not within and self.token.text == "within" and self.tokens[self.position + 1].text == "=":
                within = self.within(name)
            else:
                arguments.append(self.expression())
        return Call(name.text, tuple(arguments), within or "all", name.column)

    def within(self, name: Token) -> str:
        self.position += 2
        token = self.take()
        value = token.text[1:-1] if token.kind == "text" else ""
        if value not in ("all", "category"):
            raise ExpressionFault("M208", token.column, function=name.text)
        function = FUNCTIONS.get(name.text)
        if function is not None and function.kind != "set":
            raise ExpressionFault("M209", token.column, function=name.text)
        return value


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of an expression. Raises `ExpressionFault` for what the language does not have."""
    if len(text) > LONGEST:
        raise ExpressionFault("M206", LONGEST, length=len(text), most=LONGEST)
    parser = _Parser(unicodedata.normalize("NFC", text))
    if parser.token.kind == "end":
        raise ExpressionFault("M207", 1)
    node = parser.expression()
    if parser.token.kind != "end":
        raise ExpressionFault("M221", parser.token.column, found=parser.token.text)
    if depth(node) > DEEPEST:
        raise ExpressionFault("M205", 1, most=DEEPEST)
    return node


def children(node: Node) -> tuple[Node, ...]:
    """The parts a node is made of, in reading order."""
    match node:
        case Unary():
            return (node.operand,)
        case Binary():
            return (node.left, node.right)
        case Comparison():
            return (node.first, *(right for _, right in node.links))
        case Logic():
            return node.operands
        case Conditional():
            return (node.then, node.condition, node.otherwise)
        case Call():
            return node.arguments
        case _:
            return ()


def depth(node: Node) -> int:
    """Levels of the tree, counted without recursion."""
    deepest, level = 0, [node]
    while level:
        deepest += 1
        level = [part for item in level for part in children(item)]
    return deepest


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    pending = [node]
    while pending:
        item = pending.pop()
        yield item
        pending.extend(reversed(children(item)))


def names(node: Node) -> list[Name]:
    """Every name that occurs, in reading order."""
    return [item for item in walk(node) if isinstance(item, Name)]


def anchor_base(name: str) -> tuple[str, bool]:
    """The statistic that an anchor's name stands for, and whether it is last year's."""
    return (name.removeprefix(LAST_YEAR), True) if name.startswith(LAST_YEAR) else (name, False)
