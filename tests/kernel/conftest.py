"""Kernels started by jupyter_client, as every program starts them, with the sandbox as default."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel
from jupyter_client.provisioning.factory import KernelProvisionerFactory

Ask = Callable[[str], str]


@dataclass
class Session:
    """A kernel and its client."""

    manager: KernelManager
    client: BlockingKernelClient
    messages: list[Any] = field(default_factory=list)

    def ask(self, code: str, seconds: float = 30) -> str:
        """What the cell printed, or the name of the error it met."""
        self.messages = []
        reply = self.client.execute_interactive(
            code, timeout=seconds, allow_stdin=False, output_hook=self.messages.append
        )
        texts = [m["content"]["text"] for m in self.messages if m["msg_type"] == "stream"]
        return reply["content"].get("ename") or "".join(texts)


@pytest.fixture(scope="package", autouse=True)
def sandboxed() -> Iterator[KernelProvisionerFactory]:
    """The one choice that all kernel managers of this process share; a variable is read once."""
    factory = KernelProvisionerFactory.instance()
    before, factory.default_provisioner_name = factory.default_provisioner_name, "sandboxed"
    yield factory
    factory.default_provisioner_name = before


@pytest.fixture(scope="session")
def start() -> Iterator[Callable[..., Session]]:
    started: list[Session] = []

    def session(folder: Path | None = None, **options: Any) -> Session:
        manager, client = start_new_kernel(
            kernel_name="python3", **({"cwd": str(folder)} if folder else {}), **options
        )
        started.append(Session(manager, client))
        return started[-1]

    yield session
    for each in started:
        each.client.stop_channels()
        each.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook's folder in a course: the staff's solution lies two folders up."""
    course = tmp_path_factory.mktemp("course")
    (course / "source").mkdir()
    (course / "source" / "solution.py").write_text("SECRET = 42")
    (course / "gradebook.db").write_text("alice: 3")
    own = course / "submitted" / "alice"
    own.mkdir(parents=True)
    (own / "mine.py").write_text("NUMBER = 7")
    (own / "link.py").symlink_to(course / "source" / "solution.py")
    return own


@pytest.fixture(scope="module")
def session(start: Callable[..., Session], folder: Path) -> Session:
    return start(folder)


@pytest.fixture
def ask(session: Session) -> Ask:
    return session.ask
