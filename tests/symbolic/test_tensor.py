"""The primitives: what shape and stream each gives, and what it says where widths do not fit."""

from __future__ import annotations

import pytest

from designer.symbolic import operation as ops
from designer.symbolic.issue import Misfit
from designer.symbolic.operation import Mask
from designer.symbolic.rope import Rope
from designer.symbolic.scope import Memo, Recording, Scope, Stored
from designer.symbolic.size import Size
from designer.symbolic.stream import TOKENS, Pair, Stream
from designer.symbolic.tensor import Tensor, attend, spelled
from designer.symbolic.value import Value

N = Size.named("n")
MEMORY = Stream("memory", "memory_ids")


def rows(*shape, stream=TOKENS, category="attention", names=None, stacked=()):
    scope = Scope(Recording(None), Memo(), category, names or {}, {}, stacked=stacked)
    return Tensor(scope, Value(shape, stream))


def also(x, *shape, stream=TOKENS):
    """Another tensor in the same scope."""
    return Tensor(x.scope, Value(shape, stream))


def recorded(x):
    return x.scope.recording.ops


def weights(x):
    return {op.name: op for op in recorded(x) if isinstance(op, ops.Parameter)}


def misfit(run):
    with pytest.raises(Misfit) as found:
        run()
    return str(found.value.cause)


def test_a_parameter_has_the_blocks_category_its_own_name_and_no_stream():
    x = rows(8)
    weight = x.parameter("scores", (3, 8))
    assert (weight.shape, weight.stream) == ((3, 8), None)
    op = weights(x)["scores"]
    assert (op.shape, op.category, op.transposed, op.stacked) == ((3, 8), "attention", False, ())
    x.parameter("table", (3, 8), "positional")
    assert weights(x)["table"].category == "positional"


def test_the_same_name_is_the_same_parameter_and_must_have_one_shape():
    x = rows(8)
    assert x.parameter("w", (3, 8)).value is x.parameter("w", (3, 8)).value
    assert len(recorded(x)) == 1
    assert misfit(lambda: x.parameter("w", (4, 8))) == "Keeps w as 3 × 8 and as 4 × 8."


def test_two_parts_that_a_dialect_calls_alike_are_two_weights_all_the_same():
    x = rows(8, names={"a": Stored("same"), "b": Stored("same")})
    x.linear("a", 8), x.linear("b", 8)
    assert [op.name for op in recorded(x) if isinstance(op, ops.Parameter)] == ["same.weight"] * 2


def test_a_transposed_weight_is_stored_the_other_way_round():
    x = rows(8, names={"up": Stored("c_fc", "transposed")}, stacked=(5,))
    weight = x.parameter("up.weight", (3, 8))
    bias = x.parameter("up.bias", (3,))
    assert (weight.shape, bias.shape) == ((3, 8), (3,))
    op = weights(x)["c_fc.weight"]
    assert (op.shape, op.transposed, op.stacked) == ((8, 3), True, (5,))
    assert (weights(x)["c_fc.bias"].shape, weights(x)["c_fc.bias"].transposed) == ((3,), False)


def test_a_buffer_is_no_parameter():
    x = rows(8)
    assert x.buffer("mean", (4,)).shape == (4,)
    assert weights(x) == {}


def test_a_lookup_gives_a_row_for_each_id():
    ids = rows()
    table = ids.parameter("t", (10, 6))
    assert ids.lookup(table).shape == (6,)
    assert ids.lookup(table).stream is TOKENS


def test_a_linear_changes_the_last_axis_and_counts_weight_and_bias():
    x = rows(4, 8)
    y = x.linear("p", 3, bias=True, category="output")
    assert y.shape == (4, 3)
    assert {n: (w.shape, w.category) for n, w in weights(x).items()} == {
        "p.weight": ((3, 8), "output"),
        "p.bias": ((3,), "output"),
    }
    assert [v.shape for v in recorded(x)[-1].inputs] == [(4, 8), (3, 8), (3,)]


def test_a_linear_with_a_found_weight_counts_nothing_and_must_fit():
    x = rows(8)
    table = also(x, 50, 8, stream=None)
    assert x.linear("head", 50, weight=table).shape == (50,)
    assert weights(x) == {}
    (alias,) = (op for op in recorded(x) if isinstance(op, ops.Alias))
    assert (alias.name, alias.category) == ("head.weight", "attention")
    assert misfit(lambda: x.linear("head", 50, weight=also(x, 50, 9, stream=None))) == (
        "head takes width 9 and is given 8."
    )
    assert misfit(lambda: x.linear("head", 51, weight=table)) == "head gives 51, its weight 50."


def test_a_norm_counts_as_normalization_wherever_it_stands():
    x = rows(4, 8)
    assert x.norm("n", "layer", bias=True).shape == (4, 8)
    assert {(n, w.shape, w.category) for n, w in weights(x).items()} == {
        ("n.weight", (8,), "normalization"),
        ("n.bias", (8,), "normalization"),
    }
    bare = rows(8)
    bare.norm(None, bias=True)
    assert weights(bare) == {}


def test_a_join_is_strict_and_arithmetic_broadcasts_against_ones():
    x = rows(4, 8)
    assert x.join(also(x, 4, 8)).shape == (4, 8)
    assert misfit(lambda: x.join(also(x, 8))) == "Adds rows of 8 to rows of 4 × 8."
    assert misfit(lambda: x.join(also(x, 4, 1))) == "Adds rows of 4 × 1 to rows of 4 × 8."
    assert (x * also(x, 8)).shape == (4, 8)
    assert (x + also(x, 4, 1)).shape == (4, 8)
    assert (also(x, 1) / x).shape == (4, 8)
    assert (x * 2.0).shape == (x + 1.0).shape == (x / 2.0).shape == (4, 8)
    assert misfit(lambda: x * also(x, 7)) == "Widths 8 and 7 meet and differ."


def test_rows_of_two_streams_cannot_be_joined_but_a_weight_goes_with_any():
    x = rows(8)
    assert misfit(lambda: x + also(x, 8, stream=MEMORY)) == "Joins rows of tokens with rows of memory."
    assert (x + also(x, 8, stream=None)).stream is TOKENS
    assert (also(x, 8, stream=None) * x).stream is TOKENS


def test_symbolic_widths_are_left_to_numbers():
    x = rows(N)
    (x + also(x, N)).view(N)
    assert x.scope.recording.checks == []
    x.join(also(x, 8))
    (check,) = x.scope.recording.checks
    assert (check.kind, check.left, check.right) == ("equal", N, 8)


def test_views_keep_the_product_and_splits_the_sum():
    x = rows(4, 6)
    assert x.view(24).shape == (24,)
    assert x.view(2, 3, 4).shape == (2, 3, 4)
    assert misfit(lambda: x.view(5, 5)) == "4 × 6 numbers cannot be seen as 5 × 5."
    assert [part.shape for part in x.split(2, 4)] == [(4, 2), (4, 4)]
    assert [part.shape for part in x.split(1, 3, axis=-2)] == [(1, 6), (3, 6)]
    assert misfit(lambda: x.split(2, 3)) == "Parts of 2 × 3 do not add up to 6."
    heads, width = Size.named("heads"), Size.named("width")
    assert rows(heads * width).view(heads, width).shape == (heads, width)


def test_concat_adds_last_axes_and_the_others_must_agree():
    x = rows(4, 6)
    assert x.concat(also(x, 4, 2), also(x, 4, N)).shape == (4, N + 8)
    assert misfit(lambda: x.concat(also(x, 5, 2))) == "Joins 4 rows with 5."


def test_small_primitives_keep_or_shrink_the_row():
    x = rows(4, 6)
    assert x.activate("silu").shape == (4, 6)
    assert x.sum().shape == (4, 1)
    assert x.top(2).shape == (4, 6)
    assert rows(1, 6).spread(4).shape == (4, 6)
    first = rows(8).first()
    assert (first.shape, first.stream.name, first.stream.rows, first.stream.rank) == ((8,), "sequence", 1, 1)


def test_positions_and_inputs_are_ids_unless_a_shape_is_given():
    x = rows(8)
    assert x.positions(2).shape == ()
    assert x.positions().sinusoid(8, 1e4).shape == (8,)
    ids = x.input("token_type_ids")
    assert (ids.shape, ids.stream) == ((), TOKENS)
    states = x.input("states", MEMORY, (5,))
    assert (states.shape, states.stream) == ((5,), MEMORY)


def test_rope_turns_pairs_and_says_where_it_cannot():
    x = rows(4, 6)
    assert x.rope(None) is x
    assert x.rope(Rope()).shape == (4, 6)
    assert x.scope.recording.checks == []
    x.rope(Rope(turned=8))
    x.rope(Rope(turned=3))
    assert [str(c.cause) for c in x.scope.recording.checks] == [
        "RoPE turns 8 of a head's 6 numbers.",
        "RoPE turns pairs, and 3 is odd.",
    ]


def test_a_cache_makes_the_stream_whole():
    k = rows(2, 6).cached("key", window=4)
    assert (k.shape, k.stream) == ((2, 6), TOKENS.remembered())
    assert k.stream.whole
    (op,) = recorded(k)
    assert (op.name, op.window) == ("key", 4)


def test_a_convolution_keeps_rows_and_counts_one_kernel_a_channel():
    x = rows(6)
    assert x.conv("conv", 4, bias=True).shape == (6,)
    assert {n: w.shape for n, w in weights(x).items()} == {"conv.weight": (6, 1, 4), "conv.bias": (6,)}


def test_a_distance_bias_is_a_number_for_each_head_and_pair():
    x = rows(8)
    table = x.parameter("bias", (32, 4))
    bias = x.distance_bias(table, TOKENS.remembered(), 128, both_ways=False)
    assert bias.shape == (4,)
    assert isinstance(bias.stream, Pair)
    assert (bias.stream.queries, bias.stream.keys, bias.stream.name) == (
        TOKENS,
        TOKENS.remembered(),
        "pair",
    )


def test_attention_gives_each_heads_answer_side_by_side():
    x = rows(8)
    q, k, v = also(x, 6, 4), also(x, 2, 4), also(x, 2, 5)
    assert attend(q, k, v, Mask()).shape == (30,)
    assert x.scope.recording.checks == []
    attend(also(x, 6, 4), also(x, 4, 4), also(x, 4, 5), Mask())
    (check,) = x.scope.recording.checks
    assert str(check.cause) == "6 query heads cannot share 4 key/value heads evenly."
    assert misfit(lambda: attend(q, also(x, 2, 3), v, Mask())) == "Queries are 4 wide and keys 3."


def test_ids_have_no_width():
    assert "an embedding must come first" in misfit(lambda: rows().linear("p", 3))
    assert "an embedding must come first" in misfit(lambda: rows().norm("n"))


def test_finding_what_nobody_offers_says_its_name():
    x = rows(8)
    assert misfit(lambda: x.find("memory")) == "Nothing above offers memory."
    x.offer("memory")
    assert x.find("memory").value is x.value


def test_a_shape_is_spelled_as_people_write_it():
    assert (spelled((32, 128)), spelled((N,)), spelled(())) == ("32 × 128", "n", "one")
