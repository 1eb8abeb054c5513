from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

from designer.design import edits
from designer.design.expression import Expression
from designer.design.tree import Node
from designer.formats.presets import presets
from designer.ui.canvas.dragging import ghost
from designer.ui.canvas.laid import Gap
from designer.ui.canvas.look import Preview
from designer.ui.theme import mixed
from tests.ui.canvas.designs import block, design, placed
from tests.ui.canvas.hands import ids


def picture(canvas) -> QImage:
    return canvas.viewport().grab().toImage()


def area(canvas, kind: str, number: int = 0) -> QRect:
    place = placed(canvas.board.laid, kind)[number]
    corner = canvas.mapFromScene(place.x, place.y)
    return QRect(corner, canvas.mapFromScene(place.x + place.laid.width, place.y + place.laid.height))


def has(image: QImage, where: QRect, colour: QColor, within: int = 6) -> bool:
    """Whether a colour is to be seen somewhere."""
    for y in range(max(where.top(), 0), min(where.bottom() + 1, image.height())):
        for x in range(max(where.left(), 0), min(where.right() + 1, image.width())):
            seen = image.pixelColor(x, y)
            if all(abs(a - b) <= within for a, b in zip(seen.getRgb()[:3], colour.getRgb()[:3], strict=True)):
                return True
    return False


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", sorted(presets()))
def test_every_preset_is_painted_at_every_zoom_in_both_themes(opened, appearance, name, theme):
    appearance.choose(theme)
    canvas = opened(name)
    canvas.session.select([canvas.session.design.tree.inside[0].id])
    for zoom in (1.0, 0.5, 0.25, 0.08, 0.01, 2.0):
        canvas.zoom_to(zoom)
        image = picture(canvas)
        assert image.pixelColor(2, 2) == appearance.theme.canvas
    appearance.choose("light")


def test_a_card_wears_its_category(llama, appearance):
    theme, image = appearance.theme, picture(llama)
    for kind in ("token_embedding", "attention", "mlp", "lm_head"):
        category = placed(llama.board.laid, kind)[0].laid.shown.block.category
        assert has(image, area(llama, kind), theme.colour(category), within=48)  # strokes are thin


def test_a_card_is_filled_and_its_corners_are_round(llama, appearance):
    image, card = picture(llama), area(llama, "mlp")
    assert image.pixelColor(card.center().x(), card.center().y()) == appearance.theme.card
    assert image.pixelColor(card.left(), card.top()) != appearance.theme.card
    assert image.pixelColor(card.left() + 20, card.top() + 1) == appearance.theme.card


def test_a_broken_variable_is_seen_on_cards_whose_nodes_are_the_same(llama):
    session, before = llama.session, picture(llama)
    broken = Expression("hiden_size * 3", 14336)
    session.commit(edits.set_variable(session.design, "intermediate_size", broken), "Break")
    after, card = picture(llama), area(llama, "mlp")
    count = QRect(card.right() - 90, card.top() + 6, 80, card.height() - 12)
    assert before.copy(count) != after.copy(count)
    head = area(llama, "attention")
    assert before.copy(head) == after.copy(head)


def test_what_is_selected_has_a_ring_and_a_halo(llama, appearance):
    plain = picture(llama)
    llama.session.select(ids(llama, "mlp"))
    image, card = picture(llama), area(llama, "mlp")
    edge = QRect(card.left(), card.center().y(), 2, 2)
    assert has(image, edge, appearance.theme.accent, 24)
    assert not has(plain, edge, appearance.theme.accent, 24)
    halo = card.left() - 2, card.center().y()
    assert image.pixelColor(*halo) != plain.pixelColor(*halo)


def test_a_misfit_is_red_and_hatched(opened, appearance):
    narrow = block("residual", block("embedding_projection", hidden=64))
    canvas = opened(design(block("token_embedding", hidden=128), narrow, block("mlp")))
    image, frame = picture(canvas), area(canvas, "residual")
    assert has(image, QRect(frame.left(), frame.center().y(), 2, 2), appearance.theme.danger, 40)
    ground = {
        image.pixelColor(x, frame.bottom() - 4).name() for x in range(frame.left() + 60, frame.left() + 90)
    }
    assert len(ground) > 1


def test_an_unknown_block_is_drawn_with_its_name_and_its_sentence(opened, appearance):
    canvas = opened(design(block("token_embedding"), Node("flux_capacitor")))
    assert has(picture(canvas), area(canvas, "flux_capacitor"), appearance.theme.danger, 40)
    card = canvas.board.card(canvas.session.design.tree.inside[1].id)
    assert "No block is called flux_capacitor" in card.whole_story()


def test_the_theme_that_is_put_on_is_painted_at_once(llama, appearance):
    light = picture(llama).pixelColor(2, 2)
    appearance.choose("dark")
    assert picture(llama).pixelColor(2, 2) == appearance.theme.canvas != light
    appearance.choose("light")


def test_an_opened_gap_is_dashed_in_the_accent_and_tells_its_price(llama, appearance):
    (repeat,) = ids(llama, "repeat")
    llama.board.open_gap(Gap(repeat, 1), Preview(repeat, "In every layer, ×32", "+5.64 B", 10))
    slot = llama.board.card(repeat).laid.slot
    corner = llama.mapFromScene(llama.board.card(repeat).mapToScene(slot.x, slot.y))
    inside = QRect(corner.x(), corner.y(), slot.width, slot.height)
    image = picture(llama)
    assert has(image, inside.adjusted(200, 20, -200, -20), appearance.theme.accentsoft)
    assert has(image, QRect(inside.right() - 60, inside.center().y() - 4, 40, 8), appearance.theme.accent)


def test_the_strip_of_a_repeat_shows_its_layers(llama, appearance):
    head = area(llama, "repeat").adjusted(180, 6, -100, 0)
    head.setHeight(24)
    image = picture(llama)
    assert has(image, head, appearance.theme.colour("attention"))
    assert has(image, head, appearance.theme.colour("feed_forward"))


def test_only_what_has_changed_is_painted_anew(llama):
    picture(llama)
    attention, mlp = (llama.board.card(ids(llama, kind)[0]) for kind in ("attention", "mlp"))
    faces = attention._face, mlp._face
    session = llama.session
    session.commit(edits.configure(session.design, [mlp.id], {"bias": True}), "Change biases")
    picture(llama)
    assert attention._face is faces[0]
    assert mlp._face is not faces[1]


@pytest.mark.parametrize("kind", ["mlp", "rms_norm", "residual", "repeat"])
def test_the_ghost_is_the_block_cut_to_size(llama, appearance, kind):
    image = ghost(llama.board.card(ids(llama, kind)[0]), 1.0).toImage()
    assert image.width() <= 310
    assert image.height() <= 106
    assert has(image, image.rect(), appearance.theme.accent, 24)


def test_on_a_screen_of_double_density_a_card_is_as_large_and_twice_as_sharp(llama):
    card = llama.board.card(ids(llama, "mlp")[0])
    assert ghost(card, 2.0).deviceIndependentSize() == ghost(card, 1.0).deviceIndependentSize()
    assert ghost(card, 2.0).width() == 2 * ghost(card, 1.0).width()


def test_from_near_a_card_opens_without_moving_anything(llama, appearance):
    before = llama.board.laid
    llama.zoom_to(2.4)
    llama.reveal(ids(llama, "attention")[0])
    assert llama.board.laid is before
    card = area(llama, "attention")
    table = card.adjusted(card.width() // 3, 4, -card.width() // 4, -4)
    assert has(picture(llama), table, appearance.theme.colour("attention"), 24)
    llama.zoom_to(1.5)
    llama.reveal(ids(llama, "attention")[0])
    card = area(llama, "attention")
    table = card.adjusted(card.width() // 3, 4, -card.width() // 4, -4)
    assert not has(picture(llama), table, appearance.theme.colour("attention"), 24)


def test_from_far_a_card_has_a_bar_as_long_as_its_share(llama, appearance):
    llama.begin_ledger()
    picture(llama)
    llama.zoom_to(0.3)
    image, feed, head = picture(llama), area(llama, "mlp"), area(llama, "lm_head")
    assert has(image, QRect(feed.right() - 12, feed.center().y(), 4, 2), _bar(appearance, "feed_forward"), 24)
    assert not has(image, QRect(head.center().x(), head.center().y(), 9, 2), _bar(appearance, "output"), 24)


def _bar(appearance, category: str):
    return mixed(appearance.theme.colour(category), appearance.theme.card, 0.7)


def test_a_wide_card_shows_its_tensors_in_its_empty_middle(opened, appearance):
    wide, narrow = opened("llama-3-8b", 1300, 700), opened("llama-3-8b", 880, 700)
    for canvas, shows in ((wide, True), (narrow, False)):
        middle = area(canvas, "attention")
        middle = middle.adjusted(middle.width() // 2, 10, -80, -10)
        assert has(picture(canvas), middle, appearance.theme.colour("attention")) is shows


def test_a_tied_head_says_below_its_zero_that_the_table_is_shared(opened, appearance):
    tied, own = opened("gpt2"), opened("llama-3-8b")
    for canvas, says in ((tied, True), (own, False)):
        below = area(canvas, "lm_head")
        below = QRect(below.right() - 80, below.center().y() + 2, 18, below.height() // 2 - 4)
        assert has(picture(canvas), below, appearance.theme.text3, 60) is says
