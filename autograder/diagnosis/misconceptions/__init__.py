"""Known wrong implementations, one module per file of the students or per large part of one."""

from autograder.diagnosis.misconceptions import (
    cnn,
    convolution,
    dropout,
    fc_net,
    layers,
    normalization,
    objects,
    optim,
    pytorch,
)

MISCONCEPTIONS = (
    *layers.MISCONCEPTIONS,
    *fc_net.MISCONCEPTIONS,
    *optim.MISCONCEPTIONS,
    *normalization.MISCONCEPTIONS,
    *dropout.MISCONCEPTIONS,
    *convolution.MISCONCEPTIONS,
    *cnn.MISCONCEPTIONS,
    *pytorch.MISCONCEPTIONS,
    *objects.MISCONCEPTIONS,
)
