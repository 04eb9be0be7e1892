"""Known wrong implementations in the cells of the PyTorch notebook."""

from autograder.diagnosis.catalogue import Misconception

HEADINGS = {
    "three_layer_convnet": "A ConvNet from bare tensors",
    "convnet_parameters": "Where to start",
    "ThreeLayerConvNet": "The ConvNet as a module",
    "sequential_convnet": "Part C · `nn.Sequential`",
    "build_optimizer": "Part D · Your own net",
}


def _mistake(name: str, hint: str, *edits: tuple[str, str]) -> Misconception:
    """`name` is the task's id, a dot and the mistake."""
    task = name.partition(".")[0]
    section = f"6-PyTorch.ipynb: {HEADINGS[task]}"
    return Misconception(name, task, f"cell_{task}.py", edits, hint, section)


_FIRST = "hidden = F.relu(F.conv2d(x, conv_w1, conv_b1, padding=2))"
_SECOND = "hidden = F.relu(F.conv2d(hidden, conv_w2, conv_b2, padding=1))"
_SCORES = "scores = hidden.flatten(start_dim=1).mm(fc_w) + fc_b"
_MODULE_FIRST = "hidden = F.relu(self.conv1(x))"
_MODULE_SECOND = "hidden = F.relu(self.conv2(hidden))"
_MODULE_SCORES = "scores = self.fc(hidden.flatten(start_dim=1))"
_KAIMING = "(torch.randn(shape) * (2 / fan_in) ** 0.5).requires_grad_()"
_CHAIN_END = "nn.Linear(16 * 32 * 32, 10),\n    )"
_ALL, _RATE = "model.parameters()", "lr=2e-3, weight_decay=1e-4"

BARE = [
    _mistake(
        "three_layer_convnet.first_relu_missing",
        "Without ReLU after the first convolution the two convolutions are one linear map.",
        (_FIRST, "hidden = F.conv2d(x, conv_w1, conv_b1, padding=2)"),
    ),
    _mistake(
        "three_layer_convnet.second_relu_missing",
        "Without ReLU after the second convolution it merges with the affine layer.",
        (_SECOND, "hidden = F.conv2d(hidden, conv_w2, conv_b2, padding=1)"),
    ),
    _mistake(
        "three_layer_convnet.relu_on_scores",
        "The scores pass through ReLU: a score may be negative.",
        (_SCORES, f"{_SCORES.replace('= ', '= F.relu(')})"),
    ),
    _mistake(
        "three_layer_convnet.softmax_on_scores",
        "The function returns probabilities, but scores are asked for: the loss applies softmax.",
        (_SCORES, f"{_SCORES.replace('= ', '= F.softmax(')}, dim=1)"),
    ),
    _mistake(
        "three_layer_convnet.log_softmax_on_scores",
        "The function returns log-probabilities, but scores are asked for.",
        (_SCORES, f"{_SCORES.replace('= ', '= F.log_softmax(')}, dim=1)"),
    ),
    _mistake(
        "three_layer_convnet.first_bias_missing",
        "The bias of the first convolution is not used.",
        (_FIRST, _FIRST.replace("conv_b1", "None")),
    ),
    _mistake(
        "three_layer_convnet.second_bias_missing",
        "The bias of the second convolution is not used.",
        (_SECOND, _SECOND.replace("conv_b2", "None")),
    ),
    _mistake(
        "three_layer_convnet.last_bias_missing",
        "The bias of the affine layer is not used.",
        (_SCORES, _SCORES.replace(" + fc_b", "")),
    ),
    _mistake(
        "three_layer_convnet.paddings_missing",
        "Without padding every convolution makes the images smaller, and the affine layer does not "
        "fit.",
        (_FIRST, _FIRST.replace(", padding=2", "")),
        (_SECOND, _SECOND.replace(", padding=1", "")),
    ),
    _mistake(
        "three_layer_convnet.paddings_swapped",
        "The paddings of the two convolutions are exchanged, so the sizes differ in between.",
        (_FIRST, _FIRST.replace("=2", "=1")), (_SECOND, _SECOND.replace("=1", "=2")),
    ),
    _mistake(
        "three_layer_convnet.flattened_in_another_order",
        "The pixels are flattened with the channels last, but fc_w counts the channels first.",
        (_SCORES, _SCORES.replace("hidden.", "hidden.permute(0, 2, 3, 1).")),
    ),
    _mistake(
        "three_layer_convnet.detached",
        "The scores are cut off from the record, so no gradient reaches the parameters.",
        (_SCORES, f"{_SCORES}\n    scores = scores.detach().requires_grad_()"),
    ),
]  # fmt: skip

PARAMETERS = [
    _mistake(
        "convnet_parameters.variance_as_standard_deviation",
        "The weights have the standard deviation 2 / fan-in, without the square root.",
        (_KAIMING, _KAIMING.replace(" ** 0.5", "")),
    ),
    _mistake(
        "convnet_parameters.xavier",
        "The weights have the standard deviation sqrt(1 / fan-in): the 2 makes up for ReLU.",
        (_KAIMING, _KAIMING.replace("2 /", "1 /")),
    ),
    _mistake(
        "convnet_parameters.uniform",
        "The weights are drawn from a uniform distribution, not from a normal one.",
        (_KAIMING, _KAIMING.replace("torch.randn(shape)", "(2 * torch.rand(shape) - 1) * 3**0.5")),
    ),
    _mistake(
        "convnet_parameters.filters_as_fan_in",
        "The fan-in of a convolution is what one output adds up, not the number of filters.",
        ("fan_in=3 * 5 * 5", "fan_in=32"), ("fan_in=32 * 3 * 3", "fan_in=16"),
    ),
    _mistake(
        "convnet_parameters.kernel_forgotten",
        "The fan-in counts the channels alone, but each output also adds up the whole window.",
        ("fan_in=3 * 5 * 5", "fan_in=3"), ("fan_in=32 * 3 * 3", "fan_in=32"),
    ),
    _mistake(
        "convnet_parameters.unscaled",
        "The weights have the standard deviation 1, whatever the fan-in.",
        (_KAIMING, "torch.randn(shape).requires_grad_()"),
    ),
    _mistake(
        "convnet_parameters.zeros",
        "All weights are zero, so all filters of a layer stay the same.",
        (_KAIMING, "torch.zeros(shape).requires_grad_()"),
    ),
    _mistake(
        "convnet_parameters.ones_as_biases",
        "Biases start at zero, not at one.",
        ("torch.zeros(size,", "torch.ones(size,"),
    ),
    _mistake(
        "convnet_parameters.no_leaves",
        "The scaled tensor is the result of a calculation, so gradients do not end up in it.",
        (_KAIMING, "torch.randn(shape, requires_grad=True) * (2 / fan_in) ** 0.5"),
    ),
    _mistake(
        "convnet_parameters.without_gradients",
        "The tensors do not ask for gradients.",
        (_KAIMING, _KAIMING.replace(".requires_grad_()", "")),
        ("torch.zeros(size, requires_grad=True)", "torch.zeros(size)"),
    ),
]  # fmt: skip

MODULE = [
    _mistake(
        "ThreeLayerConvNet.default_weights",
        "The weights have PyTorch's own initial values; Kaiming normal ones are asked for.",
        ('nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")', "pass"),
    ),
    _mistake(
        "ThreeLayerConvNet.uniform_weights",
        "The weights are Kaiming uniform; normal ones are asked for.",
        ("kaiming_normal_", "kaiming_uniform_"),
    ),
    _mistake(
        "ThreeLayerConvNet.xavier_weights",
        "The weights are Xavier normal, which does not make up for ReLU.",
        ('kaiming_normal_(layer.weight, nonlinearity="relu")', "xavier_normal_(layer.weight)"),
    ),
    _mistake(
        "ThreeLayerConvNet.fan_out",
        "The weights are scaled by the fan-out; the fan-in is asked for.",
        ("(layer.weight,", "(layer.weight, mode='fan_out',"),
    ),
    _mistake(
        "ThreeLayerConvNet.affine_not_initialized",
        "The affine layer keeps PyTorch's own initial weights.",
        ("(self.conv1, self.conv2, self.fc)", "(self.conv1, self.conv2)"),
    ),
    _mistake(
        "ThreeLayerConvNet.paddings_swapped",
        "The paddings of the two convolutions are exchanged, so the sizes differ in between.",
        ("kernel_size=5, padding=2", "kernel_size=5, padding=1"),
        ("kernel_size=3, padding=1", "kernel_size=3, padding=2"),
    ),
    _mistake(
        "ThreeLayerConvNet.ten_classes",
        "The number of classes is written into the code; it is an argument.",
        ("32 * 32, num_classes)", "32 * 32, 10)"),
    ),
    _mistake(
        "ThreeLayerConvNet.first_relu_missing",
        "Without ReLU after the first convolution the two convolutions are one linear map.",
        (_MODULE_FIRST, "hidden = self.conv1(x)"),
    ),
    _mistake(
        "ThreeLayerConvNet.second_relu_missing",
        "Without ReLU after the second convolution it merges with the affine layer.",
        (_MODULE_SECOND, "hidden = self.conv2(hidden)"),
    ),
    _mistake(
        "ThreeLayerConvNet.relu_on_scores",
        "The scores pass through ReLU: a score may be negative.",
        (_MODULE_SCORES, f"{_MODULE_SCORES.replace('= ', '= F.relu(', 1)})"),
    ),
    _mistake(
        "ThreeLayerConvNet.softmax_on_scores",
        "The model returns probabilities, but scores are asked for: the loss applies softmax.",
        (_MODULE_SCORES, f"{_MODULE_SCORES.replace('= ', '= F.softmax(', 1)}, dim=1)"),
    ),
    _mistake(
        "ThreeLayerConvNet.log_softmax_on_scores",
        "The model returns log-probabilities, but scores are asked for.",
        (_MODULE_SCORES, f"{_MODULE_SCORES.replace('= ', '= F.log_softmax(', 1)}, dim=1)"),
    ),
]

SEQUENTIAL = [
    _mistake(
        "sequential_convnet.first_relu_missing",
        "Without ReLU after the first convolution the two convolutions are one linear map.",
        ("nn.Conv2d(3, 32, kernel_size=5, padding=2),\n        nn.ReLU(),",
         "nn.Conv2d(3, 32, kernel_size=5, padding=2),"),
    ),
    _mistake(
        "sequential_convnet.second_relu_missing",
        "Without ReLU after the second convolution it merges with the affine layer.",
        ("nn.ReLU(),\n        nn.Flatten(),", "nn.Flatten(),"),
    ),
    _mistake(
        "sequential_convnet.hundred_classes",
        "The chain ends with another number of scores than there are classes.",
        ("nn.Linear(16 * 32 * 32, 10)", "nn.Linear(16 * 32 * 32, 100)"),
    ),
    _mistake(
        "sequential_convnet.paddings_swapped",
        "The paddings of the two convolutions are exchanged, so the sizes differ in between.",
        ("kernel_size=5, padding=2", "kernel_size=5, padding=1"),
        ("kernel_size=3, padding=1", "kernel_size=3, padding=2"),
    ),
    _mistake(
        "sequential_convnet.softmax_at_the_end",
        "The chain ends with softmax, but scores are asked for: the loss applies it.",
        ("nn.Linear(16 * 32 * 32, 10),", "nn.Linear(16 * 32 * 32, 10), nn.Softmax(dim=1),"),
    ),
    _mistake(
        "sequential_convnet.relu_at_the_end",
        "The chain ends with ReLU: a score may be negative.",
        ("nn.Linear(16 * 32 * 32, 10),", "nn.Linear(16 * 32 * 32, 10), nn.ReLU(),"),
    ),
    _mistake(
        "sequential_convnet.sigmoid_instead_of_relu",
        "The activations are sigmoids; ReLU is asked for.",
        ("padding=2),\n        nn.ReLU()", "padding=2),\n        nn.Sigmoid()"),
        ("padding=1),\n        nn.ReLU()", "padding=1),\n        nn.Sigmoid()"),
    ),
    _mistake(
        "sequential_convnet.zero_weights",
        "All weights start at zero, so all filters of a layer stay the same.",
        (_CHAIN_END, f"{_CHAIN_END}\n    [nn.init.zeros_(p) for p in model.parameters()]"),
    ),
    _mistake(
        "sequential_convnet.unscaled_weights",
        "The weights have the standard deviation 1, whatever the fan-in.",
        (_CHAIN_END, f"{_CHAIN_END}\n    [nn.init.normal_(p) for p in model.parameters()]"),
    ),
    _mistake(
        "sequential_convnet.frozen",
        "Parameters do not ask for gradients, so training leaves them as they are.",
        (_CHAIN_END, f"{_CHAIN_END}\n    model.requires_grad_(False)"),
    ),
]  # fmt: skip

OPTIMIZER = [
    _mistake(
        "build_optimizer.last_layer_only",
        "The optimizer holds the parameters of the last layer alone, so the others never change.",
        (_ALL, "list(model.parameters())[-2:]"),
    ),
    _mistake(
        "build_optimizer.last_layer_left_out",
        "The optimizer does not hold the parameters of the last layer, so they never change.",
        (_ALL, "list(model.parameters())[:-2]"),
    ),
    _mistake(
        "build_optimizer.weights_only",
        "The optimizer holds the weights without the biases, so those never change.",
        (_ALL, "[p for p in model.parameters() if p.dim() > 1]"),
    ),
    _mistake(
        "build_optimizer.learning_rate_zero",
        "The learning rate is zero.",
        (_RATE, "lr=0.0"),
    ),
    _mistake(
        "build_optimizer.maximize",
        "The optimizer climbs: it adds the gradient instead of subtracting it.",
        (_RATE, f"{_RATE}, maximize=True"),
    ),
    _mistake(
        "build_optimizer.learning_rate_in_thousands",
        "The learning rate is far too large: is the sign of its exponent missing?",
        (_RATE, "lr=2e3"),
    ),
]

MISCONCEPTIONS = (*BARE, *PARAMETERS, *MODULE, *SEQUENTIAL, *OPTIMIZER)
