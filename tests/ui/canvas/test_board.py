from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designer.design import edits
from designer.design.tree import Design
from designer.symbolic.issue import Refusal
from designer.ui.canvas.board import Board
from designer.ui.canvas.card import Card
from designer.ui.canvas.laid import Gap
from designer.ui.canvas.layout import arrange
from designer.ui.canvas.look import Look
from designer.ui.canvas.motion import FEW
from designer.ui.fonts import Fonts
from designer.ui.theme import light
from tests.ui.canvas.designs import DESIGNS, NODES, block, design, measured, placed, preset, shown


def board_of(qapp, drawn: Design) -> tuple[Board, object]:
    board = Board(Look(light(Fonts.of(qapp.font()))))
    board.motion.still = True
    reading = measured(drawn)
    board.follow(reading)
    return board, reading


def check(board: Board, drawn: Design) -> None:
    """Every card stands where a fresh layout puts it, and there is no other."""
    fresh = arrange(shown(drawn), board.stage.look.measures, board.stack_width)
    places = {place.laid.id: place for place in fresh.walk()}
    assert {card.id for card in board.cards()} == places.keys()
    assert sum(isinstance(item, Card) for item in board.items()) == len(places)
    for id, place in places.items():
        card = board.card(id)
        assert card is not None
        assert (card.scenePos().x(), card.scenePos().y()) == (place.x, place.y)
        assert (card.rect().width(), card.rect().height()) == (place.laid.width, place.laid.height)
        assert [[child.id for child in row] for row in card.rows] == [
            [inner.laid.id for inner in row.places] for row in place.laid.rows
        ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(DESIGNS, st.data())
def test_after_any_edits_the_cards_stand_as_if_they_had_just_been_made(qapp, drawn, data):
    board, reading = board_of(qapp, drawn)
    check(board, drawn)
    for _ in range(data.draw(st.integers(1, 4))):
        drawn = data.draw(edited(drawn))
        board.follow(reading.of(drawn))
        check(board, drawn)


def edited(drawn: Design) -> st.SearchStrategy[Design]:
    nodes = list(drawn.tree.walk())
    return st.one_of(
        st.builds(insert, st.just(drawn), st.sampled_from(nodes), st.integers(0, 3), NODES),
        st.builds(lambda node: remove(drawn, node.id), st.sampled_from(nodes)),
        st.builds(move, st.just(drawn), st.sampled_from(nodes), st.sampled_from(nodes), st.integers(0, 3)),
        st.builds(lambda node: unwrap(drawn, node.id), st.sampled_from(nodes)),
    )


def insert(drawn: Design, holder, index: int, node) -> Design:
    if not holder.inside and holder is not drawn.tree:
        return drawn
    return edits.insert(drawn, holder.id, min(index, len(holder.inside)), node)


def remove(drawn: Design, id: int) -> Design:
    return drawn if id == drawn.tree.id else edits.remove(drawn, [id])


def unwrap(drawn: Design, id: int) -> Design:
    try:
        return edits.unwrap(drawn, id)
    except Refusal:
        return drawn


def move(drawn: Design, node, holder, index: int) -> Design:
    if node is drawn.tree or (not holder.inside and holder is not drawn.tree):
        return drawn
    try:
        return edits.move(drawn, [node.id], holder.id, min(index, len(holder.inside)))
    except Refusal:
        return drawn


def test_an_edit_leaves_every_other_card_alone(qapp):
    board, reading = board_of(qapp, preset("llama-3-8b"))
    before = {card.id: (card, card.laid) for card in board.cards()}
    mlp = placed(board.laid, "mlp")[0].laid.id
    attention = placed(board.laid, "attention")[0].laid.id
    board.follow(reading.of(edits.configure(reading.design, [mlp], {"bias": True})))
    assert {card.id: card for card in board.cards()} == {id: card for id, (card, _) in before.items()}
    assert board.card(attention).laid is before[attention][1]
    assert board.card(mlp).laid is not before[mlp][1]


def test_a_moved_block_keeps_its_card(qapp):
    board, reading = board_of(qapp, preset("llama-3-8b"))
    norm = placed(board.laid, "rms_norm")[2].laid.id
    card = board.card(norm)
    residual = placed(board.laid, "residual")[0].laid.id
    board.follow(reading.of(edits.move(reading.design, [norm], residual, 1)))
    assert board.card(norm) is card
    assert card.parentItem() is board.card(residual)


def test_another_design_replaces_all_cards(qapp):
    board, reading = board_of(qapp, preset("llama-3-8b"))
    other = preset("gpt2")
    board.follow(reading.of(other))
    check(board, other)


def test_a_closed_container_shows_nothing_inside_and_an_opened_one_all_again(qapp):
    drawn = preset("llama-3-8b")
    board, reading = board_of(qapp, drawn)
    (repeat,) = placed(board.laid, "repeat")
    board.close(reading, [repeat.laid.id])
    assert placed(board.laid, "residual") == []
    assert board.card(repeat.laid.id).childItems() == []
    board.close(reading, [])
    check(board, drawn)


def test_a_gap_moves_what_is_below_it_and_closes_again(qapp):
    drawn = preset("llama-3-8b")
    board, _ = board_of(qapp, drawn)
    (repeat,) = placed(board.laid, "repeat")
    head = placed(board.laid, "lm_head")[0]
    board.open_gap(Gap(repeat.laid.id, 1))
    assert board.card(head.laid.id).scenePos().y() > head.y
    board.open_gap(None)
    check(board, drawn)


def test_far_away_small_cards_are_hidden_and_come_back(qapp):
    drawn = preset("llama-3-8b")
    board, _ = board_of(qapp, drawn)
    mlp = board.card(placed(board.laid, "mlp")[0].laid.id)
    board.fold(0.02)
    assert not mlp.isVisible()
    board.fold(1.0)
    assert all(card.isVisible() for card in board.cards())


def shortened(qapp, blocks: int) -> tuple[Board, Card, float]:
    """(a board from whose stack the second block was just taken out, its last card, where that stood)."""
    board, reading = board_of(qapp, design(block("token_embedding"), *(block("mlp") for _ in range(blocks))))
    board.motion.still = False
    _, second, *_, last = reading.design.tree.inside
    card = board.card(last.id)
    stood = card.pos().y()
    board.follow(reading.of(edits.remove(reading.design, [second.id])))
    assert card.spot[1] < stood
    return board, card, stood


def test_a_few_cards_move_to_where_they_belong(qapp, qtbot):
    board, card, stood = shortened(qapp, 5)
    assert card.pos().y() == stood
    qtbot.waitUntil(lambda: card.pos().y() == card.spot[1])
    assert board.card(card.id) is card


def test_many_cards_are_there_at_once(qapp):
    board, card, _ = shortened(qapp, FEW + 5)
    assert board.card(card.id) is card
    assert card.pos().y() == card.spot[1]


def test_cards_on_their_way_arrive_though_another_edit_comes_elsewhere(qapp, qtbot):
    stacks = [block("stack", block("rms_norm"), block("mlp"), block("mlp"), label=name) for name in "AB"]
    drawn = design(block("token_embedding"), *stacks)
    board, reading = board_of(qapp, drawn)
    board.motion.still = False
    first, second = (node.inside for node in drawn.tree.inside[1:])
    drawn = edits.remove(drawn, [first[0].id])
    board.follow(reading.of(drawn))
    moving = board.card(first[1].id)
    assert moving.pos().y() != moving.spot[1]
    drawn = edits.remove(drawn, [second[2].id])
    board.follow(reading.of(drawn))
    qtbot.waitUntil(lambda: moving.pos().y() == moving.spot[1])


def test_an_edit_in_the_middle_of_a_move_ends_where_it_should(qapp, qtbot):
    drawn = design(block("token_embedding"), *(block("mlp") for _ in range(5)))
    board, reading = board_of(qapp, drawn)
    board.motion.still = False
    for _ in range(3):
        drawn = edits.remove(drawn, [drawn.tree.inside[1].id])
        board.follow(reading.of(drawn))
    qtbot.waitUntil(lambda: all(card.pos().y() == card.spot[1] for card in board.cards()))
    check(board, drawn)
