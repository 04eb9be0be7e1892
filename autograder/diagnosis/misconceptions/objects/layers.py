"""Known wrong implementations of the fully connected layer in layers.py."""

from autograder.diagnosis.catalogue import Misconception
from autograder.diagnosis.misconceptions.objects.entry import mistake

_PARAMETERS = 'self.parameters = {"W": W, "b": np.zeros((1, self.n_out))}'
_BIASES = "np.zeros((1, self.n_out))"
_GRADIENTS = "self.gradients = {name: np.zeros_like(w) for name, w in self.parameters.items()}"


def initial(task: str, shape: str) -> list[Misconception]:
    """What goes wrong in the first parameters of any layer; `shape` is that of W in the text."""
    drawn = f"W = self.init_weights({shape})"
    return [
        mistake(
            f"{task}.biases_of_one",
            "The biases start at zero, not at one.",
            (_BIASES, "np.ones((1, self.n_out))"),
        ),
        mistake(
            f"{task}.random_biases",
            "The biases start at zero: only the weights are random.",
            (_BIASES, "self.init_weights((1, self.n_out))"),
        ),
        mistake(
            f"{task}.flat_biases",
            "The biases are a row, with two axes: a gradient of another shape does not fit them.",
            (_BIASES, "np.zeros(self.n_out)"),
        ),
        mistake(
            f"{task}.scalar_gradients",
            "A gradient has the shape of its parameter from the start: a single 0 has none.",
            (_GRADIENTS, "self.gradients = {name: 0.0 for name in self.parameters}"),
        ),
        mistake(
            f"{task}.no_gradients",
            "The gradients are missing: they have the names of the parameters from the start.",
            (_GRADIENTS, "self.gradients = {}"),
        ),
        mistake(
            f"{task}.gradients_under_other_names",
            "Gradients are found under the names of their parameters.",
            (_GRADIENTS, _GRADIENTS.replace("{name:", '{f"d{name}":')),
        ),
        mistake(
            f"{task}.gradient_is_the_parameter",
            "The gradient of the biases is the very array of the biases: they change together.",
            (_GRADIENTS, 'self.gradients = {"W": np.zeros_like(W), "b": self.parameters["b"]}'),
        ),
        mistake(
            f"{task}.gradients_are_the_parameters",
            "The gradients are the parameters under another name: they need arrays of their own.",
            (_GRADIENTS, "self.gradients = self.parameters"),
        ),
        mistake(
            f"{task}.initializer_not_used",
            "The layer has an initializer: other weights follow neither its choice nor its seed.",
            (drawn, f"W = 0.1 * np.random.standard_normal({shape})"),
        ),
        mistake(
            f"{task}.zero_weights",
            "All weights start at zero: then all units stay alike for ever.",
            (drawn, f"W = np.zeros({shape})"),
        ),
    ]


INIT = [
    *initial("FullyConnected.init", "(self.n_in, self.n_out)"),
    mistake(
        "FullyConnected.init.transposed",
        "The weights have one row for each input and one column for each unit.",
        ("W = self.init_weights((self.n_in, self.n_out))",
         "W = self.init_weights((self.n_out, self.n_in))"),
    ),
    mistake(
        "FullyConnected.init.drawn_transposed",
        "The initializer takes inputs first: asked the other way round it counts them as outputs.",
        ("W = self.init_weights((self.n_in, self.n_out))",
         "W = self.init_weights((self.n_out, self.n_in)).T"),
    ),
]  # fmt: skip

_Z = 'Z = X @ self.parameters["W"] + self.parameters["b"]'
_CACHE = 'self.cache = {"X": X, "Z": Z}'
_Y = "Y = self.activation.forward(Z)"
ONCE = "Parameters are read once and kept: they may be replaced at any time, as an update does."

FORWARD = [
    mistake(
        "FullyConnected.forward.bias_missing",
        "The biases are never used.",
        (_Z, 'Z = X @ self.parameters["W"]'),
    ),
    mistake(
        "FullyConnected.forward.bias_subtracted",
        "The biases are added, not subtracted.",
        (_Z, 'Z = X @ self.parameters["W"] - self.parameters["b"]'),
    ),
    mistake(
        "FullyConnected.forward.activation_missing",
        "The activation is part of the layer, and it is left out.",
        (_Y, "Y = Z"),
    ),
    mistake(
        "FullyConnected.forward.activation_twice",
        "The activation is applied twice.",
        (_Y, "Y = self.activation.forward(self.activation.forward(Z))"),
    ),
    mistake(
        "FullyConnected.forward.bias_after_the_activation",
        "The biases come before the activation.",
        (_Z, 'Z = X @ self.parameters["W"]'),
        (_Y, 'Y = self.activation.forward(Z) + self.parameters["b"]'),
    ),
    mistake(
        "FullyConnected.forward.divided_by_n",
        "A layer does not divide by the batch size: the mean is the loss's affair.",
        (_Z, f"{_Z}\n        Z = Z / len(X)"),
    ),
    mistake(
        "FullyConnected.forward.parameters_read_once",
        ONCE,
        (_Z, 'self.kept = self.__dict__.get("kept", dict(self.parameters))\n'
             '        Z = X @ self.kept["W"] + self.kept["b"]'),
    ),
    mistake(
        "FullyConnected.forward.transposed",
        "The weights have inputs first already: there is nothing to transpose.",
        (_Z, _Z.replace('["W"]', '["W"].T')),
    ),
    mistake(
        "FullyConnected.forward.squeezed",
        "A batch of one example, or a layer of one unit, loses an axis.",
        (_Y, "Y = np.squeeze(self.activation.forward(Z))"),
    ),
    mistake(
        "FullyConnected.forward.products_of_elements",
        "A product of matrices is asked for, not one of their elements.",
        (_Z, _Z.replace("@", "*")),
    ),
]  # fmt: skip

_DZ = "dZ = self.activation.backward(Z, dLdY)"
_DW = 'self.gradients["W"] = X.T @ dZ'
_DB = 'self.gradients["b"] = dZ.sum(axis=0, keepdims=True)'
_DX = 'dX = dZ @ self.parameters["W"].T'
ADDED = "Gradients replace those of an earlier call: they are not added to them."
NAMES = (
    "The net looks for gradients under the names of the parameters, and finds the old ones there."
)

BACKWARD = [
    mistake(
        "FullyConnected.backward.flat_db",
        "The gradient of the biases has the shape of the biases: a row, with two axes.",
        (_DB, 'self.gradients["b"] = dZ.sum(axis=0)'),
    ),
    mistake(
        "FullyConnected.backward.db_not_summed",
        "Every example uses the same biases, so each of them contributes to their gradient.",
        (_DB, 'self.gradients["b"] = dZ'),
    ),
    mistake(
        "FullyConnected.backward.db_averaged",
        "The gradient of the biases is a sum over the batch; the mean is the loss's affair.",
        (_DB, _DB.replace("sum", "mean")),
    ),
    mistake(
        "FullyConnected.backward.db_wrong_axis",
        "The gradient of the biases is summed along the wrong axis: it has one entry per unit.",
        (_DB, _DB.replace("axis=0", "axis=1")),
    ),
    mistake(
        "FullyConnected.backward.divided_by_n",
        "A layer does not divide by the batch size: the mean is the loss's affair.",
        (_DW, f"{_DW} / len(X)"),
        (_DB, _DB.replace("sum", "mean")),
    ),
    mistake(
        "FullyConnected.backward.activation_ignored",
        "The gradient passes the activation before it reaches the weights.",
        (_DZ, "dZ = dLdY"),
    ),
    mistake(
        "FullyConnected.backward.activation_ignored_in_dx",
        "The gradient of the batch passes the activation, too.",
        (_DX, 'dX = dLdY @ self.parameters["W"].T'),
    ),
    mistake(
        "FullyConnected.backward.activation_of_the_output",
        "The activation takes the score that it got in the forward pass, not what it made of it.",
        (_DZ, "dZ = self.activation.backward(self.activation.forward(Z), dLdY)"),
    ),
    mistake(
        "FullyConnected.backward.added",
        ADDED,
        (_DW, _DW.replace(" = ", " += ")),
        (_DB, _DB.replace("] = ", "] += ")),
    ),
    mistake(
        "FullyConnected.backward.other_names",
        NAMES,
        (_DW, _DW.replace('["W"]', '["dW"]')),
        (_DB, _DB.replace('["b"]', '["db"]')),
    ),
    mistake(
        "FullyConnected.backward.not_stored",
        "The gradients have to be stored in the layer's dict: the net reads them there.",
        (_DW, "self.dW = X.T @ dZ"),
        (_DB, "self.db = dZ.sum(axis=0, keepdims=True)"),
    ),
    mistake(
        "FullyConnected.backward.stored_among_the_parameters",
        "The gradients are stored over the parameters.",
        (_DW, 'W = self.parameters["W"]\n        self.parameters["W"] = X.T @ dZ'),
        (_DB, _DB.replace("gradients", "parameters")),
        (_DX, "dX = dZ @ W.T"),
    ),
    mistake(
        "FullyConnected.backward.step_taken",
        "The weights are changed here: how far they move is the optimizer's affair.",
        (_DX, f'{_DX}\n        self.parameters["W"] = self.parameters["W"] - 0.01 * X.T @ dZ'),
    ),
    mistake(
        "FullyConnected.backward.dw_transposed",
        "The gradient of the weights is transposed: it has the shape of the weights.",
        (_DW, 'self.gradients["W"] = dZ.T @ X'),
    ),
    mistake(
        "FullyConnected.backward.dx_not_through_the_weights",
        "The gradient of the batch goes back through the weights.",
        (_DX, "dX = dZ"),
    ),
]

MISCONCEPTIONS = (*INIT, *FORWARD, *BACKWARD)
