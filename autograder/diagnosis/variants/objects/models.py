"""Accepted implementations in models.py."""

from autograder.diagnosis.variants.objects.entry import variant

_FORWARD = """\
        out = X
        for layer in self.layers:
            out = layer.forward(out)
"""
_BACK = "for layer in reversed(self.layers):\n            gradient = layer.backward(gradient)"
_PREDICTED = "Y_hat = self.forward(X)"

VARIANTS = (
    variant(
        "NeuralNetwork.forward.by_number",
        "A loop over numbers, with all outputs kept.",
        (_FORWARD, """\
        outputs = [X]
        for i in range(len(self.layers)):
            outputs.append(self.layers[i].forward(outputs[-1]))
        out = outputs[-1]
"""),
    ),
    variant(
        "NeuralNetwork.backward.by_number",
        "A loop over numbers, down to 0.",
        (_BACK, "for i in range(len(self.layers) - 1, -1, -1):\n"
                "            gradient = self.layers[i].backward(gradient)"),
    ),
    variant(
        "NeuralNetwork.backward.reversed_slice",
        "The list the other way round.",
        (_BACK, _BACK.replace("reversed(self.layers)", "self.layers[::-1]")),
    ),
    variant(
        "NeuralNetwork.predict.own_loop",
        "Without the net's own forward pass.",
        (_PREDICTED, "Y_hat = X\n        for layer in self.layers:\n"
                     "            Y_hat = layer.forward(Y_hat)"),
    ),
)  # fmt: skip
