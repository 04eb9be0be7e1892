"""Known accepted implementations, one module per file of the students or per large part of one."""

from autograder.diagnosis.variants import dropout, fc_net, layers, normalization, optim, pytorch

VARIANTS = (
    *layers.VARIANTS,
    *fc_net.VARIANTS,
    *optim.VARIANTS,
    *normalization.VARIANTS,
    *dropout.VARIANTS,
    *pytorch.VARIANTS,
)
