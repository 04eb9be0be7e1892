"""Separating inputs: each has a known mistake that nothing but this input gives away."""

import re

import pytest
from assignments import each_entry, every_assignment

from autograder.assignment import Assignment
from autograder.diagnosis.catalogue import Misconception
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.judge.case import cases_of
from autograder.judge.trial import Expected

from .conftest import Judge

ENTRIES = {entry.id: entry for entry in MISCONCEPTIONS}

# The input, a mistake that it separates from right work, and the only cases that have the input.
SEPARATING = [
    ("3-D x", "affine_forward.not_flattened", "image_examples one_example single_precision"),
    ("N = 1", "affine_forward.squeezed", "one_example one_feature_and_one_unit"),
    ("logits + 1000", "softmax_loss.not_shifted",
     "scores_of_a_thousand very_negative_scores rows_of_different_height "
     "labels_far_above_the_others"),
    ("rows of their own height", "softmax_loss.shifted_by_the_global_maximum",
     "rows_of_different_height labels_far_above_the_others"),
    ("float32", "softmax_loss.double_precision_only", "single_precision_scores"),
    ("reg > 0", "TwoLayerNet.loss.half_missing", "loss_with_regularization"),
    ("non-zero biases", "TwoLayerNet.loss.biases_regularized", "loss_with_regularization"),
    ("reg > 0", "FullyConnectedNet.loss.last_layer_forgotten", "regularized_loss_of_a_deep_net"),
    ("non-zero biases", "FullyConnectedNet.loss.biases_regularized",
     "regularized_loss_of_a_deep_net"),
    ("reg > 0", "ThreeLayerConvNet.loss.filters_forgotten", "regularized_loss_of_images"),
    ("non-zero biases", "ThreeLayerConvNet.loss.biases_regularized", "regularized_loss_of_images"),
    ("eps 0.5", "batchnorm_forward.epsilon_fixed",
     "epsilon_in_training epsilon_in_the_test training_then_test"),
    ("eps 0.5", "layernorm_forward.epsilon_fixed", "epsilon"),
    ("eps 0.5", "spatial_groupnorm_forward.epsilon_ignored", "one_image_and_a_large_epsilon"),
    ("eps 0.5", "batchnorm_backward.epsilon_fixed", "gradients_with_a_large_epsilon"),
    ("eps 0.5", "batchnorm_backward_alt.epsilon_fixed", "gradients_with_a_large_epsilon"),
    ("eps 0.5", "layernorm_backward.epsilon_fixed", "gradients_of_rows_with_a_large_epsilon"),
    ("eps 0.5", "spatial_groupnorm_backward.epsilon_fixed", "gradients_with_a_large_epsilon"),
    ("momentum 0.7", "batchnorm_forward.momentum_fixed",
     "running_averages_with_a_momentum_of_its_own running_averages_that_were_given "
     "training_then_test"),
    ("N = 1 in the test", "batchnorm_forward.test_squeezed", "one_example_in_the_test"),
    ("float32", "batchnorm_forward.double_precision_only", "single_precision"),
    ("float32", "layernorm_forward.double_precision_only", "single_precision_of_rows"),
    ("reg > 0", "FullyConnectedNet.batchnorm.gammas_in_the_loss",
     "scale_and_shift_are_not_regularized"),
    ("reg > 0", "FullyConnectedNet.layernorm.gammas_regularized",
     "scale_and_shift_are_not_regularized"),
    ("a new net", "FullyConnectedNet.layernorm.gamma_zero", "scale_and_shift_of_a_new_net"),
    ("another word", "FullyConnectedNet.batchnorm.misspelt_word_accepted",
     "an_unknown_normalization"),
    ("4-D x", "dropout_forward.whole_channels", "images_pixel_by_pixel"),
    ("float32", "dropout_forward.double_precision_only", "single_precision"),
    ("distant values", "dropout_forward.half_a_mask_twice", "no_part_of_the_mask_repeats"),
    ("many calls", "dropout_forward.fixed_number", "how_many_are_kept_is_chance"),
    ("seed 0", "dropout_forward.zero_seed_ignored", "zero_is_a_seed_as_well"),
    ("normalization", "FullyConnectedNet.dropout.off_with_a_normalization",
     "dropout_after_batchnorm dropout_after_layernorm"),
    ("normalization", "FullyConnectedNet.dropout.before_the_normalization",
     "dropout_after_batchnorm dropout_after_layernorm"),
    ("normalization", "FullyConnectedNet.dropout.backward_before_the_normalization",
     "gradients_with_batchnorm_and_a_seed gradients_with_layernorm_and_a_seed"),
    ("stride 2", "conv_forward_naive.stride_ignored",
     "stride_two_with_padding windows_that_do_not_reach_the_end one_image_one_channel_one_filter"),
    ("stride 3", "conv_forward_naive.strides_up_to_two", "windows_that_do_not_reach_the_end"),
    ("pad 2", "conv_forward_naive.one_row_of_zeros",
     "wide_images_and_filters one_image_one_channel_one_filter"),
    ("non-square images", "conv_forward_naive.height_for_both",
     "wide_images_and_filters windows_that_do_not_reach_the_end one_image_one_channel_one_filter"),
    ("non-square kernels", "conv_forward_naive.square_filters_only",
     "wide_images_and_filters windows_that_do_not_reach_the_end one_image_one_channel_one_filter"),
    ("float32", "conv_forward_naive.double_precision_only", "single_precision_images"),
    ("stride 2", "conv_backward_naive.stride_ignored",
     "gradients_with_stride_two gradients_where_windows_leave_gaps "
     "gradients_of_one_image_and_one_filter"),
    ("stride 3", "conv_backward_naive.strides_up_to_two", "gradients_where_windows_leave_gaps"),
    ("pad 0", "conv_backward_naive.nothing_left_without_padding",
     "gradients_without_padding gradients_where_windows_leave_gaps"),
    ("pad 2", "conv_backward_naive.one_row_cut_off",
     "gradients_of_wide_images_and_filters gradients_of_one_image_and_one_filter"),
    ("non-square images", "conv_backward_naive.height_for_both",
     "gradients_of_wide_images_and_filters gradients_of_one_image_and_one_filter"),
    ("non-square kernels", "conv_backward_naive.square_filters_only",
     "gradients_of_wide_images_and_filters gradients_of_one_image_and_one_filter"),
    ("windows overlap", "max_pool_forward_naive.size_divided_by_the_window",
     "tall_windows_that_overlap wide_windows_that_do_not_tile windows_that_leave_gaps"),
    ("windows leave gaps", "max_pool_forward_naive.gaps_closed", "windows_that_leave_gaps"),
    ("float32", "max_pool_forward_naive.double_precision_only", "single_precision_pooling"),
    ("windows overlap", "max_pool_backward_naive.overwritten",
     "gradient_of_tall_windows_that_overlap gradient_of_wide_windows_that_do_not_tile"),
    ("windows leave gaps", "max_pool_backward_naive.gaps_closed",
     "gradient_of_windows_that_leave_gaps"),
    ("ties", "max_pool_backward_naive.equal_maxima_dropped", "gradient_of_equal_maxima"),
    ("scores of 1000", "Sigmoid.forward.overflow", "far_from_zero"),
    ("scores of 1000", "TanH.forward.overflow", "far_from_zero"),
    ("scores of 1000", "Sigmoid.backward.overflow", "gradient_far_from_zero"),
    ("scores of 1000", "TanH.backward.overflow", "gradient_far_from_zero"),
    ("logits + 1000", "SoftMax.forward.not_shifted",
     "scores_of_a_thousand rows_of_different_height scores_far_apart"),
    ("rows of their own height", "SoftMax.forward.shifted_by_the_largest_of_all",
     "rows_of_different_height"),
    ("1500 in a row of small scores", "SoftMax.forward.shifted_by_the_smallest",
     "scores_far_apart"),
    ("rows of their own height", "SoftMax.backward.not_shifted",
     "gradient_of_scores_of_a_thousand"),
    ("soft targets", "CrossEntropy.forward.true_class_only", "targets_that_are_probabilities"),
    ("memory", "FullyConnected.init.gradient_is_the_parameter",
     "gradients_in_arrays_of_their_own"),
    ("memory", "Conv2D.init.gradient_is_the_parameter",
     "gradients_of_filters_in_arrays_of_their_own"),
    ("an update", "FullyConnected.forward.parameters_read_once",
     "output_after_an_update_and_of_another_batch"),
    ("an update", "Conv2D.forward.parameters_read_once",
     "images_after_an_update_and_of_another_batch"),
    ("two calls", "FullyConnected.backward.added",
     "gradients_twice gradients_after_an_update_and_of_another_batch"),
    ("parameters in turns", "Adam.update.shared_t",
     "parameters_in_turns parameters_of_other_shapes"),
    ("pad 0", "Conv2D.backward.nothing_left_without_padding",
     "gradients_without_padding_of_wide_images gradients_where_windows_leave_gaps "
     "gradients_of_filters_of_even_sides"),
    ("stride 3", "Conv2D.backward.gaps_closed",
     "gradients_where_windows_do_not_reach_the_end gradients_where_windows_leave_gaps"),
    ("a frame", "Pool2D.forward.padding_not_counted",
     "a_frame_of_zeros images_that_keep_their_size"),
    ("stride unlike the window", "Pool2D.forward.stride_is_the_kernel",
     "tall_windows_that_overlap windows_that_leave_gaps a_frame_of_zeros "
     "images_that_keep_their_size"),
    ("windows overlap", "Pool2D.backward.overwritten",
     "gradient_of_tall_windows_that_overlap gradient_of_wide_windows_that_do_not_tile "
     "gradient_within_a_frame_of_zeros gradient_of_images_that_keep_their_size"),
    ("windows leave gaps", "Pool2D.backward.gaps_closed", "gradient_of_windows_that_leave_gaps"),
    ("ties", "Pool2D.backward.all_maxima", "gradient_of_equal_maxima"),
]  # fmt: skip

# Cases named after such an input that give no mistake away alone, and what they are there for.
DIGITS = "right formulas that lose digits there must pass"
PRECISION = "right work in single precision must pass: mistakes in it show in double precision too"
EPSILON = (
    "epsilon is the business of batchnorm_forward and batchnorm_backward, which are called here"
)
REASONS = {
    "batchnorm_forward/features_far_from_zero": DIGITS,
    "batchnorm_backward/gradients_far_from_zero": DIGITS,
    "batchnorm_backward_alt/gradients_far_from_zero": DIGITS,
    "batchnorm_backward/gradients_in_single_precision": PRECISION,
    "batchnorm_backward_alt/gradients_in_single_precision": PRECISION,
    "layernorm_backward/gradients_of_rows_in_single_precision": PRECISION,
    "spatial_batchnorm_forward/single_precision_batch_norm": PRECISION,
    "spatial_groupnorm_forward/single_precision_group_norm": PRECISION,
    "ThreeLayerConvNet.init/parameters_of_a_single_precision_conv_net": PRECISION,
    "ThreeLayerConvNet.scores/single_precision_scores_of_images": PRECISION,
    "Sigmoid.forward/in_single_precision": PRECISION,
    "TanH.forward/in_single_precision": PRECISION,
    "ReLU.forward/in_single_precision": PRECISION,
    "SoftMax.forward/scores_in_single_precision": PRECISION,
    "FullyConnected.forward/output_in_single_precision": PRECISION,
    "Conv2D.forward/images_in_single_precision": PRECISION,
    "Pool2D.forward/pooling_in_single_precision": PRECISION,
    "spatial_batchnorm_forward/a_large_epsilon": EPSILON,
    "spatial_batchnorm_backward/batch_norm_gradients_with_a_large_epsilon": EPSILON,
}
NAMED = re.compile(
    "single_precision|epsilon|momentum|far_from_zero|gaps|overlap|thousand|equal_max"
)


@each_entry(*(ENTRIES[mistake] for _, mistake, _ in SEPARATING))
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_nothing_else_gives_the_mistake_away(
    entry: Misconception, judge: Judge, reference: Expected
) -> None:
    [(given, cases)] = [(given, cases) for given, m, cases in SEPARATING if m == entry.id]
    outcomes = judge(entry, entry.task, given, reference).outcomes
    usual = [o for o in outcomes if not o.trial.case.alone]
    assert {o.trial.case.name for o in usual if not o.passed} == set(cases.split())


@every_assignment
@pytest.mark.usefixtures("staff")
def test_cases_named_after_an_input_separate_or_have_a_reason(assignment: Assignment) -> None:
    named = {
        f"{case.task}/{case.name}"
        for task in assignment.tasks
        for case in cases_of(task.id)
        if NAMED.search(case.name)
    }
    separating = {
        f"{ENTRIES[mistake].task}/{case}"
        for _, mistake, cases in SEPARATING
        for case in cases.split()
    }
    tasks = {task.id for task in assignment.tasks}
    reasons = {name for name in REASONS if name.partition("/")[0] in tasks}
    assert named - separating == reasons
