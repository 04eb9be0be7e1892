"""The staff's library against PyTorch's automatic differentiation, in float64."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.assignment import load_assignment
from autograder.grading.staff import staff_files
from autograder.student.local import LocalChannel
from tests.conftest import ROOT

torch = pytest.importorskip("torch")
