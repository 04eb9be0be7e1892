"""The zygote that students' workers are started from."""

from collections.abc import Iterator

import pytest

from autograder.sandbox.tiers import probe
from autograder.sandbox.zygote import Zygote
from autograder.student.worker import WARM_UP


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    with Zygote(probe(), "autograder.student.worker:serve", preload=WARM_UP) as running:
        yield running
