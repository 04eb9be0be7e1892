"""Known wrong implementations, one module per file of the students (two for layers.py)."""

from autograder.diagnosis.misconceptions import cnn, convolution, fc_net, layers, optim

MISCONCEPTIONS = (
    *layers.MISCONCEPTIONS,
    *fc_net.MISCONCEPTIONS,
    *optim.MISCONCEPTIONS,
    *convolution.MISCONCEPTIONS,
    *cnn.MISCONCEPTIONS,
)
