"""Two mistakes in one function are both named, if one of them at least shows in numbers."""

import ast
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from itertools import combinations, islice

import pytest
from assignments import each_task

from autograder.diagnosis.agreement import agree
from autograder.diagnosis.catalogue import CatalogueError, Misconception, patched_by_both
from autograder.diagnosis.evidence import wrong_in
from autograder.diagnosis.explanation import diagnosed, explain
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.diagnosis.naming import Diagnostician
from autograder.judge.verdict import Result

from .conftest import JudgeText

SAMPLED = 3
LAYERS = "deepnets/layers.py"
OUT = "x.reshape(len(x), w.shape[0]) @ w + b"
MIXED = 'x.reshape(len(x), w.shape[0], order="F") @ w'
Pair = tuple[Misconception, Misconception]

# Of both only conditions tell, which much else may cause: no one guesses twice.
CONDITIONS = {
    frozenset(("dropout_forward.half_a_mask_twice", "dropout_forward.seed_ignored")),
    frozenset(("dropout_backward.scaled_twice", "dropout_backward.new_mask")),
    frozenset(("FullyConnectedNet.batchnorm.scores_have_parameters",
               "FullyConnectedNet.batchnorm.gammas_in_the_loss")),
}  # fmt: skip
# Whoever makes these two does what another mistake does, or two others.
ALIKE = {
    frozenset(("fans.kernel_ignored", "fans.channels_first")),
    frozenset(("NeuralNetwork.forward.order_reversed",
               "NeuralNetwork.forward.inputs_for_every_layer")),
}  # fmt: skip
# What a toss decides in the test, too, is another answer in every run.
CHANCE = frozenset(("dropout_backward.new_mask", "dropout_backward.masked_in_the_test"))


def _pairs(task: str) -> Iterator[Pair]:
    """In an order that has nothing to do with that of the catalogue."""
    pairs = combinations([m for m in MISCONCEPTIONS if m.task == task], 2)
    yield from sorted(pairs, key=lambda pair: sha256(repr([m.id for m in pair]).encode()).digest())


def _both_show(pair: Pair, result: Result, diagnostician: Diagnostician) -> bool:
    """One alone would have given other answers somewhere; what only crashes, nobody hands in."""
    failed = [outcome for outcome in result.outcomes if not outcome.passed]
    alone = (all(diagnostician.agrees(mistake, o) for o in failed) for mistake in pair)
    return bool(failed) and not any(alone) and not any(outcome.error for outcome in failed)


def _sample(
    task: str, library: Mapping[str, str], judge_text: JudgeText, diagnostician: Diagnostician
) -> Iterator[tuple[Pair, Result]]:
    for pair in _pairs(task):
        try:
            texts = patched_by_both(library, *pair)
            ast.parse(texts[pair[0].file])
        except (CatalogueError, SyntaxError):
            continue
        result = judge_text(texts, task, "secret")
        if _both_show(pair, result, diagnostician):
            yield pair, result


@pytest.mark.sampled(every=12)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@each_task
def test_two_mistakes_at_once_are_both_named(
    task: str, library: dict[str, str], judge_text: JudgeText, diagnostician: Diagnostician
) -> None:
    for pair, result in islice(_sample(task, library, judge_text, diagnostician), SAMPLED):
        made = explain(result, diagnostician).made
        names = frozenset(mistake.id for mistake in pair)
        if names == CHANCE:
            assert {mistake.id for mistake in made} < CHANCE
        elif names in ALIKE:
            assert made and {*made} != {*pair}
        else:
            assert {*made} == (set() if names in CONDITIONS else {*pair})


def test_each_of_two_mistakes_gets_its_own_hint(
    library: dict[str, str], judge_text: JudgeText, diagnostician: Diagnostician
) -> None:
    pair = ("affine_backward.db_averaged", "affine_backward.dx_not_reshaped")
    first, second = (next(m for m in MISCONCEPTIONS if m.id == name) for name in pair)
    result = judge_text(patched_by_both(library, first, second), "affine_backward", "secret")
    told = diagnosed(result, diagnostician)
    assert {*told.diagnosis} == {*pair}
    for finding in told.findings:
        cause = first if finding.quantity == "db" else second
        assert (finding.hint, finding.section) == (cause.hint, cause.section)


def test_mistakes_that_mix_in_one_answer_are_told_together(
    library: dict[str, str], judge_text: JudgeText, diagnostician: Diagnostician
) -> None:
    pair = ("affine_forward.bias_missing", "affine_forward.flattened_column_first")
    first, second = (next(m for m in MISCONCEPTIONS if m.id == name) for name in pair)
    mixed = {**library, LAYERS: library[LAYERS].replace(OUT, MIXED)}
    told = diagnosed(judge_text(mixed, "affine_forward", "secret"), diagnostician)
    hints = {finding.case: finding.hint for finding in told.findings}
    assert {*told.diagnosis} == {*pair}
    assert hints["main: flat examples"] == first.hint
    assert hints["main: image examples"] == f"{first.hint} {second.hint}"


def test_an_unknown_mistake_beside_a_known_one_makes_no_pair(
    library: dict[str, str], judge_text: JudgeText, diagnostician: Diagnostician
) -> None:
    text = library[LAYERS].replace("db = dout.sum(axis=0)", "db = dout.mean(axis=0)")
    text = text.replace("dw = x.reshape", "dw = 1.7 * x.reshape")
    told = diagnosed(judge_text({**library, LAYERS: text}, "affine_backward", "s"), diagnostician)
    assert told.diagnosis == ()
    assert all(finding.hint and not finding.section for finding in told.findings)


def test_two_mistakes_answer_as_in_a_text_that_is_compiled_as_a_whole(
    library: dict[str, str], judge_text: JudgeText, diagnostician: Diagnostician
) -> None:
    pairs = [
        p for task in ("affine_backward", "batchnorm_forward") for p in islice(_pairs(task), 6)
    ]
    for pair in pairs:
        with suppress(CatalogueError):
            texts = patched_by_both(library, *pair)
            for outcome in judge_text(texts, pair[0].task, "secret").outcomes:
                both = diagnostician.together(pair, outcome.trial)
                assert both and agree(outcome, both) and wrong_in(outcome) == wrong_in(both)
