"""From the text of an expression to its terms: numbers first, then Python's grammar with a whitelist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from keyword import iskeyword
from typing import TypeAlias, Union

from designer.design.notation import INSTEAD, JOINING, TOKEN, number, shortened
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Refusal, Said, said
from designer.symbolic.likely import likely

Span: TypeAlias = tuple[int, int]

LONGEST = 1000
"""Characters an expression may have."""
DEEPEST = 100
"""Terms that may stand inside one another."""

FUNCTIONS = frozenset({"abs", "min", "max"})
COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
CONDITIONS = COMPARISONS | JOINING

_SIGNS: Mapping[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.USub: "negative",
    ast.UAdd: "positive",
    ast.Not: "not",
    ast.And: "and",
    ast.Or: "or",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


class BrokenExpression(Refusal):
    """An expression that says nothing: `cause`, the characters `span` of it, and likely `suggestions`."""

    def __init__(self, text: str, cause: Said | str, span: Span, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(shortened(text), said(cause) if isinstance(cause, str) else cause)
        self.span, self.suggestions = span, suggestions


@frozen
class Literal:
    """A number, or True or False."""

    value: int | float
    span: Span


@frozen
class Name:
    """A variable or a reading; `start.total` is one name."""

    name: str
    span: Span


@frozen
class Apply:
    """An operator or a function with what it is applied to."""

    function: str
    arguments: tuple[Term, ...]
    span: Span


Term: TypeAlias = Union[Literal, Name, Apply]


def read_terms(text: str) -> Term:
    """What the text says. Chains of comparisons are joined by `and`. Raises BrokenExpression."""
    if not text.strip():
        raise BrokenExpression(text, "An expression is missing.", (0, len(text)))
    if len(text) > LONGEST:
        cause = said(
            "An expression has at most {most} characters, not {length}.", most=LONGEST, length=len(text)
        )
        raise BrokenExpression(text, cause, (LONGEST, len(text)))
    tokens = _Tokens(text)
    plain = tokens.plain()
    indent = len(plain) - len(plain.lstrip())
    try:
        tree = ast.parse(plain[indent:], mode="eval").body
    except SyntaxError as error:
        raise tokens.out_of_place(indent + (error.offset or 1) - 1) from None
    except (RecursionError, MemoryError):
        raise _too_deep(text, (0, len(text))) from None
    return _Terms(text, tokens.numbers, indent).term(tree, 0)


def is_condition(term: Term) -> bool:
    """Whether a term is true or false by its form. A name may be a flag: its form does not tell."""
    if isinstance(term, Apply):
        return term.function in CONDITIONS
    return isinstance(term, Literal) and isinstance(term.value, bool)


def names_of(term: Term) -> Iterator[Name]:
    """Every name in a term, as often as it stands there."""
    if isinstance(term, Name):
        yield term
    elif isinstance(term, Apply):
        for argument in term.arguments:
            yield from names_of(argument)


def flags_of(term: Term) -> Iterator[Name]:
    """Every name that stands where only true or false will do."""
    if isinstance(term, Apply):
        for argument in term.arguments:
            if isinstance(argument, Name) and term.function in JOINING:
                yield argument
            yield from flags_of(argument)


def unknown_name(text: str, name: Name, known: Iterable[str]) -> BrokenExpression:
    """The refusal of a name nobody knows, with the likely ones."""
    near = tuple(likely(name.name, known, 3))
    if not near:
        return BrokenExpression(text, said("There is no '{name}'.", name=name.name), name.span)
    cause = said("There is no '{name}'; did you mean '{near}'?", name=name.name, near=near[0])
    return BrokenExpression(text, cause, name.span, near)


class _Tokens:
    """The pieces of one text, each checked against the one before it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.numbers: dict[int, int | float] = {}
        self.opened: list[int] = []

    def plain(self) -> str:
        """The text in Python's grammar, character for character: numbers are ones."""
        plain: list[str] = []
        before = ""
        for match in TOKEN.finditer(self.text):
            token = match.group()
            if match.lastgroup == "space":
                plain.append(" ")
                continue
            self.check(match, before)
            plain.append("1" * len(token) if match.lastgroup == "number" else token)
            before = token
        if before in JOINING or before in _OPERATORS:
            raise self.broken("Something is missing at the end.", (len(self.text.rstrip()), len(self.text)))
        if self.opened:
            raise self.broken("A parenthesis is not closed.", (self.opened[-1], self.opened[-1] + 1))
        return "".join(plain)

    def check(self, match: re.Match[str], before: str) -> None:
        token, span = match.group(), match.span()
        operand = match.lastgroup in ("number", "name") and token not in ("and", "or")
        if match.lastgroup == "other":
            raise self.strange(token, span)
        if operand and iskeyword(token) and token not in ("not", "True", "False"):
            raise self.broken("'{token}' cannot stand in an expression.", span, token=token)
        if operand and (before == ")" or _is_word(before)):
            raise self.broken("An operator is missing before '{token}'.", span, token=shortened(token))
        if match.lastgroup == "number":
            value = number(token)
            if value is None:
                raise self.broken("'{token}' is not a number.", span, token=shortened(token))
            self.numbers[span[0]] = value
        elif token == "(":
            self.opened.append(span[0])
        elif token == ")":
            if not self.opened:
                raise self.broken("A parenthesis is closed that was never opened.", span)
            self.opened.pop()

    def strange(self, token: str, span: Span) -> BrokenExpression:
        if token in INSTEAD:
            cause = "'{token}' is no sign of an expression; write '{instead}'."
            return BrokenExpression(
                self.text, said(cause, token=token, instead=INSTEAD[token]), span, (INSTEAD[token],)
            )
        return self.broken("'{token}' is no sign of an expression.", span, token=shortened(token))

    def out_of_place(self, at: int) -> BrokenExpression:
        for match in TOKEN.finditer(self.text):
            if match.end() > at and match.lastgroup != "space":
                return self.broken("'{token}' is out of place.", match.span(), token=match.group())
        return self.broken("Something is missing at the end.", (len(self.text.rstrip()), len(self.text)))

    def broken(self, template: str, span: Span, **values: object) -> BrokenExpression:
        return BrokenExpression(self.text, said(template, **values), span)


class _Terms:
    """Python's tree of a text on its way to ours; what is not on the list is refused."""

    def __init__(self, text: str, numbers: Mapping[int, int | float], indent: int) -> None:
        self.text, self.numbers, self.indent = text, numbers, indent

    def term(self, tree: ast.expr, depth: int) -> Term:
        span = self.span(tree)
        if depth > DEEPEST:
            raise _too_deep(self.text, span)
        match tree:
            case ast.Constant(value=bool() as value):
                return Literal(value, span)
            case ast.Constant() if span[0] in self.numbers:
                return Literal(self.numbers[span[0]], span)
            case ast.Name(id=name):
                return Name(name, span)
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                return Name(f"{owner}.{name}", span)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
                return self.apply(_SIGNS[type(op)], [left, right], span, depth)
            case ast.UnaryOp(op=op, operand=operand) if type(op) in _SIGNS:
                return self.apply(_SIGNS[type(op)], [operand], span, depth)
            case ast.BoolOp(op=op, values=values):
                return self.apply(_SIGNS[type(op)], values, span, depth)
            case ast.Compare():
                return self.compare(tree, span, depth)
            case ast.Call():
                return self.call(tree, span, depth)
        raise self.broken("'{token}' is out of place.", span)

    def compare(self, tree: ast.Compare, span: Span, depth: int) -> Term:
        sides = [self.number(side, depth) for side in (tree.left, *tree.comparators)]
        links = tuple(
            Apply(_SIGNS[type(op)], (left, right), (left.span[0], right.span[1]))
            for op, left, right in zip(tree.ops, sides, sides[1:], strict=False)
        )
        return links[0] if len(links) == 1 else Apply("and", links, span)

    def call(self, tree: ast.Call, span: Span, depth: int) -> Term:
        function = tree.func.id if isinstance(tree.func, ast.Name) else ""
        if function not in FUNCTIONS:
            raise self.broken("'{token}' is no function; there are abs, min and max.", self.span(tree.func))
        if function == "abs" and len(tree.args) != 1:
            raise self.broken("abs takes one number.", span)
        if function != "abs" and len(tree.args) < 2:
            raise self.broken("{function} takes two numbers or more.", span, function=function)
        return self.apply(function, tree.args, span, depth)

    def apply(self, function: str, arguments: list[ast.expr], span: Span, depth: int) -> Term:
        if function in CONDITIONS:
            return Apply(function, tuple(self.condition(a, function, depth) for a in arguments), span)
        return Apply(function, tuple(self.number(a, depth) for a in arguments), span)

    def number(self, tree: ast.expr, depth: int) -> Term:
        term = self.term(tree, depth + 1)
        if is_condition(term):
            raise self.broken("'{token}' is true or false where a number is needed.", term.span)
        return term

    def condition(self, tree: ast.expr, sign: str, depth: int) -> Term:
        term = self.term(tree, depth + 1)
        if not is_condition(term) and not isinstance(term, Name):
            raise self.broken("'{token}' is a number where '{sign}' needs a condition.", term.span, sign=sign)
        return term

    def span(self, tree: ast.expr) -> Span:
        return tree.col_offset + self.indent, (tree.end_col_offset or tree.col_offset) + self.indent

    def broken(self, template: str, span: Span, **values: object) -> BrokenExpression:
        token = shortened(self.text[slice(*span)])
        return BrokenExpression(self.text, said(template, token=token, **values), span)


_OPERATORS = frozenset({"+", "-", "*", "/", "//", "%", "**", ",", "."}) | COMPARISONS


def _is_word(token: str) -> bool:
    """Whether a token is a number or a name."""
    return token not in JOINING and token not in _OPERATORS and token not in ("", "(", ")")


def _too_deep(text: str, span: Span) -> BrokenExpression:
    return BrokenExpression(
        text, said("More than {most} terms stand inside one another.", most=DEEPEST), span
    )
