"""Known wrong implementations of `layer-objects`, one module per file or per large class."""

from autograder.diagnosis.misconceptions.objects import (
    activations,
    convolution,
    layers,
    losses,
    models,
    optimizers,
    pooling,
    weights,
)

MISCONCEPTIONS = (
    *activations.MISCONCEPTIONS,
    *losses.MISCONCEPTIONS,
    *weights.MISCONCEPTIONS,
    *layers.MISCONCEPTIONS,
    *convolution.MISCONCEPTIONS,
    *pooling.MISCONCEPTIONS,
    *models.MISCONCEPTIONS,
    *optimizers.MISCONCEPTIONS,
)
