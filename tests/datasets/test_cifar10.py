"""The download, against a real server on loopback."""

import hashlib
import io
import socket
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from datasets import DataError, cifar10
from datasets.cifar10 import Archive
from datasets.cifar_format import FILES, read_train


class Server(ThreadingHTTPServer):
    """Serves one file; can break off, or know nothing of ranges."""

    content = b""
    break_after: int | None = None
    ranges = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[str | None] = []

    def archive(self, content: bytes) -> Archive:
        self.content = content
        url = f"http://127.0.0.1:{self.server_address[1]}/tiny.tar.gz"
        return Archive(url, hashlib.sha256(content).hexdigest())


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.server.seen.append(asked)
        start = int(asked[6:-1]) if asked and self.server.ranges else 0
        if self.path != "/tiny.tar.gz":
            self.send_error(404)
            return
        if asked and start >= len(self.server.content):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(self.server.content) - start))
        self.end_headers()
        self.wfile.write(self.server.content[start : self.server.break_after])

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def packed(folder: Path, **extra: bytes) -> bytes:
    """The batches of `folder` as an archive, with the files of `extra` put outside of it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name in FILES:
            tar.add(folder / name, f"{cifar10.FOLDER}/{name}")
        for name, content in extra.items():
            member = tarfile.TarInfo(f"../{name}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def test_downloads_verifies_and_unpacks(server: Server, small_set: Path, tmp_path: Path) -> None:
    archive = server.archive(packed(small_set))
    folder = cifar10.download(tmp_path, archive)
    assert folder == tmp_path / "cifar-10-batches-py"
    assert len(read_train(folder).labels) == 100
    assert cifar10.download(tmp_path, archive) == folder
    assert server.seen == [None]


def test_resumes_where_the_connection_broke(
    server: Server, small_set: Path, tmp_path: Path
) -> None:
    archive = server.archive(packed(small_set))
    server.break_after = 1000
    with pytest.raises(DataError, match="broke after 1000 of"):
        cifar10.download(tmp_path, archive)
    assert (tmp_path / "tiny.tar.gz.part").stat().st_size == 1000
    server.break_after = None
    assert len(read_train(cifar10.download(tmp_path, archive)).labels) == 100
    assert server.seen == [None, "bytes=1000-"]


def test_starts_anew_if_the_server_knows_no_ranges(
    server: Server, small_set: Path, tmp_path: Path
) -> None:
    archive = server.archive(packed(small_set))
    server.ranges = False
    (tmp_path / "tiny.tar.gz.part").write_bytes(server.content[:1000])
    assert len(read_train(cifar10.download(tmp_path, archive)).labels) == 100


def test_a_part_that_is_complete_is_used(server: Server, small_set: Path, tmp_path: Path) -> None:
    archive = server.archive(packed(small_set))
    (tmp_path / "tiny.tar.gz.part").write_bytes(server.content)
    assert len(read_train(cifar10.download(tmp_path, archive)).labels) == 100


def test_a_wrong_archive_is_refused_and_not_resumed(
    server: Server, small_set: Path, tmp_path: Path
) -> None:
    good = server.archive(packed(small_set))
    server.archive(b"<html>log in to the airport's network</html>")
    with pytest.raises(DataError, match=r"SHA-256 is [0-9a-f]{64}, not " + good.sha256):
        cifar10.download(tmp_path, good)
    assert not (tmp_path / cifar10.FOLDER).exists()
    server.archive(packed(small_set))
    assert not (tmp_path / "tiny.tar.gz.part").exists()


def test_offline_says_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    archive = Archive(f"http://127.0.0.1:{port}/tiny.tar.gz", "0" * 64)
    with pytest.raises(DataError, match=r"refused.*built-in images need no connection"):
        cifar10.download(tmp_path, archive)


def test_a_missing_page_is_reported(server: Server, tmp_path: Path) -> None:
    good = server.archive(b"")
    with pytest.raises(DataError, match=r"Cannot fetch .*moved\.gz .Not Found"):
        cifar10.download(tmp_path, Archive(good.url.replace("tiny.tar", "moved"), good.sha256))


def test_a_file_that_is_no_archive_is_named(server: Server, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"tiny\.tar\.gz cannot be unpacked"):
        cifar10.download(tmp_path, server.archive(b"plain text"))


def test_an_archive_put_there_by_hand_is_used(small_set: Path, tmp_path: Path) -> None:
    content = packed(small_set)
    archive = Archive("http://127.0.0.1:9/tiny.tar.gz", hashlib.sha256(content).hexdigest())
    (tmp_path / "tiny.tar.gz").write_bytes(content)
    assert len(read_train(cifar10.download(tmp_path, archive)).labels) == 100


def test_only_the_expected_files_are_unpacked(
    server: Server, small_set: Path, tmp_path: Path
) -> None:
    folder = cifar10.download(tmp_path / "data", server.archive(packed(small_set, evil=b"boo")))
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_link_is_not_taken_for_a_batch(server: Server, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        link = tarfile.TarInfo(f"{cifar10.FOLDER}/data_batch_1")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(DataError, match="data_batch_1 is no plain file"):
        cifar10.download(tmp_path, server.archive(buffer.getvalue()))
