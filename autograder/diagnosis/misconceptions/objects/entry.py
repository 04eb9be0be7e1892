"""How entries about `layer-objects` are written: a class tells its file and its section."""

from autograder.diagnosis.catalogue import Misconception

FIRST, SECOND = "1-LayerObjects.ipynb", "2-ConvolutionObjects.ipynb"
SQUASHING, WEIGHTS = "Sigmoid, tanh and ReLU", "Part C · Initial weights"
HOMES = {
    "Sigmoid": ("activations", FIRST, SQUASHING),
    "TanH": ("activations", FIRST, SQUASHING),
    "ReLU": ("activations", FIRST, SQUASHING),
    "SoftMax": ("activations", FIRST, "Softmax"),
    "CrossEntropy": ("losses", FIRST, "Part B · Losses"),
    "L2": ("losses", FIRST, "Part B · Losses"),
    "fans": ("weights", FIRST, WEIGHTS),
    "XavierUniform": ("weights", FIRST, WEIGHTS),
    "XavierNormal": ("weights", FIRST, WEIGHTS),
    "HeUniform": ("weights", FIRST, WEIGHTS),
    "HeNormal": ("weights", FIRST, WEIGHTS),
    "FullyConnected": ("layers", FIRST, "Part D · A fully connected layer"),
    "Conv2D": ("layers", SECOND, "Part A · Convolution"),
    "Pool2D": ("layers", SECOND, "Part B · Pooling"),
    "NeuralNetwork": ("models", FIRST, "Part E · A net"),
    "SGD": ("optimizers", FIRST, "Momentum"),
    "Adam": ("optimizers", FIRST, "Adam"),
}


def mistake(name: str, hint: str, *edits: tuple[str, str]) -> Misconception:
    """`name` is the task's id, a dot and the mistake."""
    file, notebook, heading = HOMES[name.partition(".")[0]]
    path, section = f"neural_networks/{file}.py", f"{notebook}: {heading}"
    return Misconception(name, name.rpartition(".")[0], path, edits, hint, section)
