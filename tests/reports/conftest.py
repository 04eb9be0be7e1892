from typing import Any

import pytest
from report_sample import sample


@pytest.fixture
def document() -> dict[str, Any]:
    """A fresh result document; tests may change it."""
    return sample()
