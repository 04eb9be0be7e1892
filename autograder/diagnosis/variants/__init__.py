"""Known accepted implementations, one module per file of the students or per large part of one."""

from autograder.diagnosis.variants import (
    cnn,
    convolution,
    dropout,
    fc_net,
    habits,
    layers,
    normalization,
    objects,
    optim,
    pytorch,
)

VARIANTS = (
    *habits.VARIANTS,
    *layers.VARIANTS,
    *fc_net.VARIANTS,
    *optim.VARIANTS,
    *normalization.VARIANTS,
    *dropout.VARIANTS,
    *convolution.VARIANTS,
    *cnn.VARIANTS,
    *pytorch.VARIANTS,
    *objects.VARIANTS,
)
