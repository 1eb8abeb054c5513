"""A Hugging Face config as it is read: which keys became variables, which were used, which were not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.design.expression import Expression
from designer.design.tree import Number, Setting
from designer.formats.reading_json import described
from designer.symbolic.field import Field
from designer.symbolic.issue import Issue, Refusal, Said, said

LARGEST = 10**15
"""No count of a model comes near; beyond it a file is hostile or broken."""
MOST_REAL = 1e30
"""float32, which models are computed in, holds little more."""

# Keys of every config that reach no shape: bookkeeping, generation, training, tokens of its own.
_BOOKKEEPING = """
    _attn_implementation _commit_hash _name_or_path _num_labels architectures auto_map bad_words_ids
    begin_suppress_tokens bos_token_id chunk_size_feed_forward cross_attention_hidden_size
    decoder_start_token_id diversity_penalty do_sample dtype early_stopping encoder_no_repeat_ngram_size
    eos_token_id exponential_decay_length_penalty finetuning_task forced_bos_token_id forced_eos_token_id
    gradient_checkpointing id2label initializer_factor initializer_range is_encoder_decoder
    keys_to_ignore_at_inference label2id length_penalty max_length min_length model_type no_repeat_ngram_size
    num_beam_groups num_beams num_labels num_return_sequences output_attentions output_hidden_states
    output_past output_router_logits output_scores pad_token_id prefix pretraining_tp problem_type
    pruned_heads remove_invalid_values repetition_penalty return_dict return_dict_in_generate
    router_aux_loss_coef sep_token_id suppress_tokens task_specific_params temperature tf_legacy_loss
    tie_encoder_decoder tokenizer_class top_k top_p torch_dtype torchscript transformers_version typical_p
    unsloth_version use_bfloat16 use_cache
"""
BOOKKEEPING = frozenset(_BOOKKEEPING.split())


class Config:
    """The keys of a config, each remembered once it is used.

    Methods that give a `Setting` make a variable of the key, named as the config names it.
    """

    def __init__(self, raw: Mapping[str, Any], place: str, aliases: Mapping[str, str] | None = None) -> None:
        self.raw, self.place = raw, place
        self.aliases = aliases or {}
        self.used: set[str] = set()
        self.variables: dict[str, Number | Expression] = {}
        self.remarks: list[Issue] = []

    def get(self, key: str) -> Any:
        """The value of a key, or of the alias it may stand under; None where absent."""
        self.used.add(key)
        if self.raw.get(key) is not None or key not in self.aliases:
            return self.raw.get(key)
        self.used.add(self.aliases[key])
        return self.raw.get(self.aliases[key])

    def count(self, key: str, default: int | None = None, least: int = 1) -> Setting:
        """A whole number that reaches a shape, as a variable.

        Raises:
            Refusal: where it is missing without a default, or absurd.
        """
        number = self.whole(key, default, least)
        self.variables[key] = number
        return Expression(key)

    def whole(self, key: str, default: int | None = None, least: int = 1) -> int:
        """A whole number that shapes the tree or reaches no shape."""
        number = self.get(key)
        number = default if number is None else number
        if number is None:
            raise self.refusal(key, said("The key is missing, and nothing can be counted without it."))
        if isinstance(number, bool) or not isinstance(number, (int, float)) or number != number // 1:
            raise self.refusal(key, said("It must be a whole number, not {value}.", value=described(number)))
        if not least <= number <= LARGEST:
            raise self.refusal(
                key, said("{value} is out of range: at least {least}.", value=number, least=least)
            )
        return int(number)

    def derived(self, key: str, formula: str, least: int = 1) -> Setting:
        """A whole number as a variable; where the config does not give it, the formula that derives it."""
        if self.get(key) is None:
            self.variables[key] = Expression(formula)
            return Expression(key)
        return self.count(key, least=least)

    def optional(self, key: str, default: int | None = None) -> Setting:
        """A whole number as a variable, or None where it is absent."""
        if self.get(key) is None and (key in self.raw or default is None):
            return None
        return self.count(key, default)

    def flag(self, key: str, default: bool) -> bool:
        """Yes or no."""
        value = self.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.refusal(key, said("It must be true or false, not {value}.", value=described(value)))
        return value

    def real(self, key: str, default: float | None) -> float | None:
        """A real number."""
        value = self.get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.refusal(key, said("It must be a number, not {value}.", value=described(value)))
        if abs(value) > MOST_REAL:
            raise self.refusal(key, said("{value} is out of range.", value=described(value)))
        return float(value)

    def plain(self, key: str, field: Field) -> Number | None:
        """What a field takes: a whole number, yes or no, or a real number."""
        if field.kind == "count":
            return self.whole(key)
        return self.flag(key, False) if field.kind == "flag" else self.real(key, None)

    def word(self, key: str, default: str) -> str:
        """A word."""
        value = self.get(key)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self.refusal(key, said("It must be a word, not {value}.", value=described(value)))
        return value

    def within(self, *keys: str) -> Config:
        """The groups of keys under these keys as one, the later ones first; empty where they are absent."""
        merged: dict[str, Any] = {}
        for key in keys:
            value = self.get(key)
            if value is not None and not isinstance(value, Mapping):
                raise self.refusal(key, said("It must be an object, not {value}.", value=described(value)))
            merged |= value or {}
        there = [key for key in keys if self.raw.get(key) is not None]
        return Config(merged, ": ".join(filter(None, (self.place, *there[-1:]))))

    def ignore(self, *keys: str) -> None:
        """Keys known to reach no shape and no logit that is exported."""
        self.used.update(keys)

    def remark(self, severity: Any, key: str, cause: Said) -> None:
        """Say something about a key."""
        self.remarks.append(Issue(severity, cause, where=key))

    def refusal(self, key: str, cause: Said) -> Refusal:
        """A refusal that names the file and the key."""
        return Refusal(f"{self.place}: {key}" if self.place else key, cause)

    def leftovers(self) -> None:
        """Remark on every key that was neither used nor known to change no shape."""
        for key in self.raw:
            if key not in self.used and key not in BOOKKEEPING:
                cause = said(
                    "The key is not known and was not used; if it changes a shape, the count misses it."
                )
                self.remark("warning", key, cause)
