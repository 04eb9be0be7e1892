"""Known accepted implementations, one module per file of the students."""

from autograder.diagnosis.variants import fc_net, layers, optim, pytorch

VARIANTS = (*layers.VARIANTS, *fc_net.VARIANTS, *optim.VARIANTS, *pytorch.VARIANTS)
