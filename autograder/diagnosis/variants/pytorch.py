"""Accepted implementations in the cells of the PyTorch notebook."""

from autograder.diagnosis.catalogue import Variant


def _variant(name: str, note: str, *edits: tuple[str, str]) -> Variant:
    """`name` is the task's id, a dot and the way it is done."""
    task = name.partition(".")[0]
    return Variant(name, task, f"cell_{task}.py", edits, note)


_BARE = """hidden = F.relu(F.conv2d(x, conv_w1, conv_b1, padding=2))
    hidden = F.relu(F.conv2d(hidden, conv_w2, conv_b2, padding=1))
    scores = hidden.flatten(start_dim=1).mm(fc_w) + fc_b"""
_KAIMING = "(torch.randn(shape) * (2 / fan_in) ** 0.5).requires_grad_()"

VARIANTS = (
    _variant(
        "three_layer_convnet.torch_methods",
        "Calls the methods of tensors, clamps instead of ReLU and adds the bias in one call.",
        (_BARE, """hidden = torch.conv2d(x, conv_w1, conv_b1, padding="same").clamp(min=0)
    hidden = torch.conv2d(hidden, conv_w2, conv_b2, padding="same").clamp(min=0)
    scores = torch.addmm(fc_b, hidden.view(x.shape[0], -1), fc_w)"""),
    ),
    _variant(
        "three_layer_convnet.padded_by_hand",
        "Pads with F.pad, and multiplies with einsum.",
        (_BARE, """hidden = torch.relu(F.conv2d(F.pad(x, (2, 2, 2, 2)), conv_w1, conv_b1))
    hidden = torch.relu_(F.conv2d(F.pad(hidden, (1, 1, 1, 1)), conv_w2, conv_b2))
    scores = torch.einsum("nd,dc->nc", hidden.reshape(len(x), -1), fc_w) + fc_b"""),
    ),
    _variant(
        "three_layer_convnet.linear",
        "Uses F.linear with the transposed matrix.",
        (_BARE.splitlines()[-1].strip(),
         "scores = F.linear(torch.flatten(hidden, 1), fc_w.t(), fc_b)"),
    ),
    _variant(
        "convnet_parameters.nn_init",
        "Fills empty tensors with nn.init; of a matrix, the fan-in is its second size there.",
        (_KAIMING, "nn.init.normal_(torch.empty(shape, requires_grad=True), std=(2/fan_in)**0.5)"),
    ),
    _variant(
        "convnet_parameters.generator",
        "Draws with a generator of its own, and makes nn.Parameters.",
        (_KAIMING, "nn.Parameter(torch.normal(0.0, np.sqrt(2 / fan_in), size=shape, "
         "generator=torch.Generator().manual_seed(int(torch.randint(2**31, (1,))))))"),
    ),
    _variant(
        "convnet_parameters.double_precision",
        "Double precision is accepted with a note.",
        (_KAIMING, "torch.tensor(np.random.default_rng().normal(size=shape) * (2/fan_in)**0.5)"
         ".requires_grad_()"),
    ),
    _variant(
        "convnet_parameters.parameter_list",
        "Returns an nn.ParameterList.",
        ("return parameters", "return nn.ParameterList(parameters)"),
    ),
    _variant(
        "ThreeLayerConvNet.casts_its_images",
        "Takes images of any precision.",
        ("F.relu(self.conv1(x))", "F.relu(self.conv1(x.float()))"),
    ),
    _variant(
        "ThreeLayerConvNet.bare_matrix",
        "The affine layer is a bare matrix of (features, classes), and its biases.",
        ("self.fc = nn.Linear(channel_2 * 32 * 32, num_classes)",
         "self.w = nn.Parameter(torch.empty(channel_2 * 32 * 32, num_classes))\n"
         "        self.b = nn.Parameter(torch.zeros(num_classes))\n"
         "        nn.init.normal_(self.w, std=(2 / (channel_2 * 32 * 32)) ** 0.5)"),
        ("(self.conv1, self.conv2, self.fc)", "(self.conv1, self.conv2)"),
        ("self.fc(hidden.flatten(start_dim=1))", "hidden.flatten(start_dim=1) @ self.w + self.b"),
    ),
    _variant(
        "ThreeLayerConvNet.sequential_inside",
        "Keeps the layers in one nn.Sequential: the parameters have other names.",
        ("self.conv1 = nn.Conv2d(in_channel, channel_1, kernel_size=5, padding=2)\n",
         "self.net = nn.Sequential(nn.Conv2d(in_channel, channel_1, 5, padding=2), nn.ReLU(),\n"
         "            nn.Conv2d(channel_1, channel_2, 3, padding=1), nn.ReLU(), nn.Flatten(),\n"
         "            nn.Linear(channel_2 * 32 * 32, num_classes))\n"),
        ("        self.conv2 = nn.Conv2d(channel_1, channel_2, kernel_size=3, padding=1)\n", ""),
        ("        self.fc = nn.Linear(channel_2 * 32 * 32, num_classes)\n", ""),
        ("(self.conv1, self.conv2, self.fc)", "(self.net[0], self.net[2], self.net[5])"),
        ("hidden = F.relu(self.conv1(x))", "scores = self.net(x)"),
        ("        hidden = F.relu(self.conv2(hidden))\n", ""),
        ("        scores = self.fc(hidden.flatten(start_dim=1))\n", ""),
    ),
    _variant(
        "ThreeLayerConvNet.zero_biases",
        "Sets the biases to zero, and names the nonlinearity.",
        ('nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")',
         "nn.init.kaiming_normal_(layer.weight); nn.init.zeros_(layer.bias)"),
    ),
    _variant(
        "sequential_convnet.same_padding",
        "Pads with 'same', and works in place.",
        ("padding=2),\n        nn.ReLU()", "padding='same'),\n        nn.ReLU(inplace=True)"),
        ("padding=1)", "padding='same')"),
    ),
    _variant(
        "sequential_convnet.named_layers",
        "Adds the layers one by one, with names.",
        ("model = nn.Sequential(", "layers = ("),
        ("nn.Linear(16 * 32 * 32, 10),\n    )", "nn.Linear(16 * 32 * 32, 10),\n    )\n"
         "    model = nn.Sequential()\n    for i, layer in enumerate(layers):\n"
         "        model.add_module(f'layer{i}', layer)"),
    ),
    _variant(
        "build_optimizer.sgd_in_groups",
        "Gradient descent with momentum, with two groups of parameters.",
        ("torch.optim.Adam(model.parameters(), lr=2e-3, weight_decay=1e-4)",
         "torch.optim.SGD([{'params': [p for p in model.parameters() if p.dim() > 1]},\n"
         "        {'params': [p for p in model.parameters() if p.dim() < 2], 'lr': 0.05}],\n"
         "        lr=0.01, momentum=0.9, nesterov=True)"),
    ),
)  # fmt: skip
