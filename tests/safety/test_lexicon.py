"""Every rule is tested by the examples that stand beside it."""

from __future__ import annotations

import pytest

from between.safety.lexicon import Lexicon
from tests.safety.reading import screen

RULES = Lexicon.load().rules.values()


@pytest.mark.parametrize(("rule", "line"), [(r.id, line) for r in RULES for line in r.match])
def test_a_rule_fires_on_its_own_examples(rule: str, line: str) -> None:
    assert rule in screen().look(line).cues


@pytest.mark.parametrize(("rule", "line"), [(r.id, line) for r in RULES for line in r.ignore])
def test_a_rule_is_silent_on_lines_that_only_look_alike(rule: str, line: str) -> None:
    assert rule not in screen().look(line).cues


def test_every_rule_says_what_it_means_and_has_a_line_that_must_not_fire() -> None:
    bare = [r.id for r in RULES if not r.ignore and r.tier >= 1]
    assert bare == []


def test_combinations_name_only_kinds_and_groups_that_exist() -> None:
    lexicon = Lexicon.load()
    kinds = {r.kind for r in lexicon.rules.values()}
    for rule in lexicon.combinations:
        assert {*rule.kinds, *rule.first, *rule.then} <= kinds, rule.id
        assert set(rule.unless) <= set(lexicon.groups), rule.id
    for single in lexicon.rules.values():
        assert set(single.unless) <= set(lexicon.groups), single.id
