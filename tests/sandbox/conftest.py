"""A zygote and a process in every tier that works on this machine."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox.process import Process
from autograder.sandbox.tiers import Tier, available
from autograder.sandbox.zygote import Zygote

Ask = Callable[..., Any]
HERE = str(Path(__file__).parent)
ISOLATED = available()


def zygote_for(tier: Tier, data: bytes = b"") -> Zygote:
    return Zygote(tier, "behaviours:serve", path=[HERE], data=data)


@pytest.fixture(scope="session", params=ISOLATED, ids=lambda tier: tier.name.split()[0])
def tier(request: pytest.FixtureRequest) -> Tier:
    chosen: Tier = request.param
    return chosen


@pytest.fixture(scope="session")
def zygote(tier: Tier) -> Iterator[Zygote]:
    with zygote_for(tier) as zygote:
        yield zygote


@pytest.fixture
def process(zygote: Zygote) -> Iterator[Process]:
    with zygote.spawn() as process:
        yield process


@pytest.fixture
def ask(process: Process) -> Ask:
    """Have the process do something; its value, or the name of the error it met."""

    def ask(act: str, *arguments: Any) -> Any:
        reply, _ = process.request({"do": act, "with": arguments})
        return reply.get("error", reply.get("value"))

    return ask
