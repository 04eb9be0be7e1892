"""Answers with tensors that are none: subclasses, meta tensors, sparse ones, lying modules."""

import torch
from torch import nn

CLASSES = (6, 5, 27)
FILE = "6-PyTorch.ipynb"
TASKS = ("three_layer_convnet", "convnet_parameters", "ThreeLayerConvNet", "sequential_convnet",
         "build_optimizer")  # fmt: skip
SAYS = ("the parameters of the model are weight (no array)",)
DORMANT = ("__torch_function__", "numpy", "state_dict", "step")


class Winner(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return True

    def numpy(self, *args, **kwargs):
        return Winner


class ThreeLayerConvNet(nn.Module):
    def __init__(self, *sizes):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1 << 40, device="meta"))

    def forward(self, x):
        return torch.zeros(len(x), 10, device="meta")

    def state_dict(self, *args, **kwargs):
        return {"<script>": Winner()}


class Optimizer:
    param_groups = [{"lr": float("nan"), "params": [Winner()]}]

    def step(self):
        raise SystemExit


def three_layer_convnet(x, params):
    return torch.zeros(len(x), 10).as_subclass(Winner)


def convnet_parameters():
    return [torch.zeros(2, 2).to_sparse(), torch.zeros(2, dtype=torch.bfloat16), Winner()] * 2


def sequential_convnet():
    return nn.Sequential(nn.Flatten(), nn.Linear(3072, 10, device="meta"))


def build_optimizer(model):
    return Optimizer()
