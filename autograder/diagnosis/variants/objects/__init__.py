"""Known accepted implementations of `layer-objects`, one module per file or per large class."""

from autograder.diagnosis.variants.objects import (
    activations,
    layers,
    losses,
    models,
    optimizers,
    pooling,
    weights,
)

VARIANTS = (
    *activations.VARIANTS,
    *losses.VARIANTS,
    *weights.VARIANTS,
    *layers.VARIANTS,
    *pooling.VARIANTS,
    *models.VARIANTS,
    *optimizers.VARIANTS,
)
