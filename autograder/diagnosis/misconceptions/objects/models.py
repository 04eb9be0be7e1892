"""Known wrong implementations in models.py."""

from autograder.diagnosis.misconceptions.objects.entry import mistake

_LOOP = "for layer in self.layers:\n            out = layer.forward(out)"
_STEP = "out = layer.forward(out)"

FORWARD = [
    mistake(
        "NeuralNetwork.forward.order_reversed",
        "The first layer of the list sees the inputs: the order is reversed.",
        (_LOOP, _LOOP.replace("self.layers", "reversed(self.layers)")),
    ),
    mistake(
        "NeuralNetwork.forward.last_layer_skipped",
        "The last layer is left out.",
        (_LOOP, _LOOP.replace("self.layers", "self.layers[:-1]")),
    ),
    mistake(
        "NeuralNetwork.forward.first_layer_skipped",
        "The first layer is left out: counting begins at 0.",
        (_LOOP, _LOOP.replace("self.layers", "self.layers[1:]")),
    ),
    mistake(
        "NeuralNetwork.forward.inputs_for_every_layer",
        "Every layer gets the inputs of the net instead of what the layer before it gives.",
        (_STEP, "out = layer.forward(X)"),
    ),
    mistake(
        "NeuralNetwork.forward.inputs_returned",
        "What the layers give is thrown away: the inputs come back as they were.",
        (_STEP, "layer.forward(out)"),
    ),
    mistake(
        "NeuralNetwork.forward.stops_after_the_first",
        "The loop is left after the first layer.",
        (_STEP, f"{_STEP}\n            break"),
    ),
]

_LOSS = "loss = self.loss.forward(target, out)"
_START = "gradient = self.loss.backward(target, out)"
_BACK = "for layer in reversed(self.layers):"
_PASSED = "gradient = layer.backward(gradient)"

BACKWARD = [
    mistake(
        "NeuralNetwork.backward.forward_order",
        "The gradient comes from the loss: it reaches the last layer first.",
        (_BACK, "for layer in self.layers:"),
    ),
    mistake(
        "NeuralNetwork.backward.first_layer_skipped",
        "The first layer gets no gradient, and never learns: a range that ends at 0 leaves it out.",
        (_BACK, "for layer in [self.layers[i] for i in range(len(self.layers) - 1, 0, -1)]:"),
    ),
    mistake(
        "NeuralNetwork.backward.last_layer_skipped",
        "The last layer gets no gradient.",
        (_BACK, "for layer in reversed(self.layers[:-1]):"),
    ),
    mistake(
        "NeuralNetwork.backward.gradient_not_passed_on",
        "Every layer gets the gradient of the loss instead of what the layer above it returns.",
        (_PASSED, "layer.backward(gradient)"),
    ),
    mistake(
        "NeuralNetwork.backward.target_and_output_swapped",
        "The loss takes the target first, then the output.",
        (_LOSS, "loss = self.loss.forward(out, target)"),
        (_START, "gradient = self.loss.backward(out, target)"),
    ),
    mistake(
        "NeuralNetwork.backward.swapped_in_the_gradient",
        "The gradient of the loss takes the target first as well.",
        (_START, "gradient = self.loss.backward(out, target)"),
    ),
    mistake(
        "NeuralNetwork.backward.difference_for_the_gradient",
        "The net's own loss knows its gradient: the difference is that of another loss.",
        (_START, "gradient = out - target"),
    ),
    mistake(
        "NeuralNetwork.backward.divided_by_n",
        "The loss is a mean already: its gradient must not be divided by the batch size again.",
        (_START, f"{_START} / len(out)"),
    ),
    mistake(
        "NeuralNetwork.backward.gradient_returned",
        "The loss is to be returned, a number: the gradients stay in the layers.",
        (_PASSED, f"{_PASSED}\n        loss = gradient"),
    ),
    mistake(
        "NeuralNetwork.backward.updated",
        "The weights are changed here: gradients are all that is asked for.",
        (_PASSED, f"{_PASSED}\n        self.update(0)"),
    ),
    mistake(
        "NeuralNetwork.backward.cleared",
        "The gradients are set to zero again, before anybody could use them.",
        (_PASSED, f"{_PASSED}\n        self.clear_gradients()"),
    ),
]

_LOSS_OF_PREDICTION = "loss = self.loss.forward(Y, Y_hat)"

PREDICT = [
    mistake(
        "NeuralNetwork.predict.trains",
        "A step of the optimizer is taken: a prediction changes nothing.",
        (_LOSS_OF_PREDICTION, "loss = self.backward(Y, Y_hat)\n        self.update(0)"),
    ),
    mistake(
        "NeuralNetwork.predict.backward_called",
        "The gradients of the training are overwritten: the loss alone needs no backward pass.",
        (_LOSS_OF_PREDICTION, "loss = self.backward(Y, Y_hat)"),
    ),
    mistake(
        "NeuralNetwork.predict.clears",
        "The gradients are set to zero: a prediction changes nothing.",
        (_LOSS_OF_PREDICTION, f"{_LOSS_OF_PREDICTION}\n        self.clear_gradients()"),
    ),
    mistake(
        "NeuralNetwork.predict.target_and_output_swapped",
        "The loss takes the target first, then the output.",
        (_LOSS_OF_PREDICTION, "loss = self.loss.forward(Y_hat, Y)"),
    ),
    mistake(
        "NeuralNetwork.predict.classes_returned",
        "The output is asked for as it is, and not the most likely classes.",
        (_LOSS_OF_PREDICTION, f"{_LOSS_OF_PREDICTION}\n        Y_hat = Y_hat.argmax(axis=1)"),
    ),
    mistake(
        "NeuralNetwork.predict.divided_by_n",
        "The loss is a mean already: it must not be divided by the batch size again.",
        (_LOSS_OF_PREDICTION, f"{_LOSS_OF_PREDICTION} / len(X)"),
    ),
    mistake(
        "NeuralNetwork.predict.loss_of_the_inputs",
        "The loss compares the target with the output, not with the inputs.",
        (_LOSS_OF_PREDICTION, "loss = self.loss.forward(Y, X)"),
    ),
]

MISCONCEPTIONS = (*FORWARD, *BACKWARD, *PREDICT)
