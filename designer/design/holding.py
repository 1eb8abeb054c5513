"""What stays while a variable moves, and the other way round: pure edits from design to design."""

from __future__ import annotations

from collections.abc import Iterator

from designer.design.edits import set_variable
from designer.design.expression import Expression
from designer.design.grammar import Apply, BrokenExpression, Name, read_terms
from designer.design.tree import Design, Node, names_in
from designer.design.variables import valued
from designer.symbolic.frozen import frozen
from designer.symbolic.issue import Refusal, said


@frozen
class Held:
    """A variable that `moves`, being an expression, and the others in it, which are `held`."""

    moves: str
    held: tuple[str, ...]


def held_while(design: Design, name: str) -> Held | None:
    """What is held while a variable moves, by the first expression over it; None where none is."""
    for other, value in design.variables.items():
        if isinstance(value, Expression) and name in value.names and other != name:
            return Held(other, tuple(n for n in design.variables if n in value.names - {name}))
    return None


def hold_instead(design: Design, name: str, moves: str) -> Design:
    """Hold at its value what so far moves with a variable.

    Where it is a quotient or a product of that variable and another one, which is a number, that one moves
    from now on: `head_dim = hidden_size / num_attention_heads` becomes a number, and `num_attention_heads`
    becomes `hidden_size / head_dim`. Else nothing moves in its stead. No value changes.

    Raises:
        Refusal: where there is no such expression, or it has no value that is a number.
    """
    given, numbers = design.variables.get(moves), valued(design.variables).numbers
    if not isinstance(given, Expression):
        raise Refusal(moves, said("It is no expression."))
    held = set_variable(design, moves, numbers[moves])
    for other, text in _turned(given, name, moves):
        free = isinstance(design.variables.get(other), int) and other not in moved_by(design, moves)
        if free and numbers[moves] and Expression(text).worth(numbers) == numbers[other]:
            return set_variable(held, other, Expression(text, numbers[other]))
    return held


def moved_by(design: Design, name: str) -> list[str]:
    """The variables that are expressions over one, by way of others too."""
    reached = {name}
    while True:
        more = {
            other
            for other, value in design.variables.items()
            if isinstance(value, Expression) and other not in reached and value.names & reached
        }
        if not more:
            return [other for other in design.variables if other in reached and other != name]
        reached |= more


@frozen
class Users:
    """Who uses a variable: other `variables`, the ids of `nodes`, and the model's `positions`."""

    variables: tuple[str, ...]
    nodes: tuple[int, ...]
    positions: bool

    def __bool__(self) -> bool:
        return bool(self.variables or self.nodes or self.positions)


def users_of(design: Design, name: str) -> Users:
    """Who would miss a variable."""
    variables = tuple(
        other for other, v in design.variables.items() if isinstance(v, Expression) and name in v.names
    )
    positions = isinstance(design.positions, Expression) and name in design.positions.names
    return Users(variables, tuple(_using(design.tree, name)), positions)


def _using(node: Node, name: str) -> Iterator[int]:
    if name not in node.used:
        return
    if any(name == used for setting in node.fields.values() for used in names_in(setting)):
        yield node.id
    for child in node.inside:
        yield from _using(child, name)


def _turned(given: Expression, name: str, moves: str) -> Iterator[tuple[str, str]]:
    """(the other operand of a quotient or product with `name`, what it is then)."""
    try:
        term = read_terms(given.text)
    except BrokenExpression:
        return
    if not isinstance(term, Apply) or len(term.arguments) != 2 or term.function not in ("/", "*"):
        return
    left, right = term.arguments
    if not (isinstance(left, Name) and isinstance(right, Name)) or left.name == right.name:
        return
    if name == left.name:
        yield right.name, f"{name} / {moves}"
    elif name == right.name:
        yield left.name, f"{moves} * {name}" if term.function == "/" else f"{name} / {moves}"
