"""Known wrong implementations, one module per file of the students."""

from autograder.diagnosis.misconceptions import fc_net, layers, optim, pytorch

MISCONCEPTIONS = (
    *layers.MISCONCEPTIONS,
    *fc_net.MISCONCEPTIONS,
    *optim.MISCONCEPTIONS,
    *pytorch.MISCONCEPTIONS,
)
