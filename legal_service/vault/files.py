"""The vault on the local disk, and which store the settings name."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from legal_service.vault.store import Blob, BlobStore, address, blob_damaged, blob_missing, store_unavailable

_CHUNK = 1 << 20


class LocalStore:
    """A content-addressed folder: `ab/cd/abcd…`, files read-only, and `incoming/` for what is still being written.

    A blob appears under its name by one hard link, whole and flushed to disk, or not at all. Two writers of the same
    bytes meet at the link: the second finds the name taken, verifies what lies there, and is content.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"

    def prepare(self) -> LocalStore:
        """Create the folders (part of `legal init`). Writing never creates them: an unmounted disk must be noticed."""
        self._incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        _flush_folder(self._root)
        return self

    def check(self) -> None:
        """Refuse `store_unavailable` when the folders are not there."""
        if not self._incoming.is_dir():
            raise store_unavailable(
                f"证据库目录不存在或未挂载：{self._root}；首次使用请先运行 legal init",
                f"the vault folder is absent or not mounted: {self._root}; on first use run legal init",
            )

    def put(self, content: bytes | BinaryIO) -> Blob:
        """Keep the bytes; see `BlobStore.put`. Refuses `store_unavailable` when the disk does (full, read-only)."""
        self.check()
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        temporary = self._incoming / f"{os.getpid()}-{secrets.token_hex(8)}"
        try:
            blob = _write(temporary, stream)
            self._publish(temporary, blob)
        except OSError as error:
            raise store_unavailable(
                f"证据库无法写入：{error.strerror}", f"the vault cannot be written: {error.strerror}"
            ) from error
        finally:
            temporary.unlink(missing_ok=True)
        return blob

    def get(self, sha256: str) -> bytes:
        """The bytes, verified; see `BlobStore.get`."""
        content = self._present(sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise blob_damaged(sha256)
        return content

    def open(self, sha256: str) -> BinaryIO:
        """The bytes as a stream, verified before the first is handed out; see `BlobStore.open`."""
        stream = self._present(sha256).open("rb")
        try:
            if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
                raise blob_damaged(sha256)
            stream.seek(0)
        except BaseException:
            stream.close()
            raise
        return stream

    def exists(self, sha256: str) -> bool:
        """Whether the name is there; see `BlobStore.exists`."""
        return self._path(sha256).is_file()

    def unreferenced(self, known: Collection[str], *, before: datetime) -> list[str]:
        """Orphans older than a moment; see `BlobStore.unreferenced`. Clears abandoned temporary files of that age too."""
        self.check()
        for temporary in self._incoming.iterdir():
            if temporary.stat().st_mtime < before.timestamp():
                temporary.unlink(missing_ok=True)
        blobs = self._root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/" + "[0-9a-f]" * 64)
        return sorted(
            path.name for path in blobs if path.name not in known and path.stat().st_mtime < before.timestamp()
        )

    def discard(self, sha256: str) -> None:
        """Remove an orphan for good."""
        path = self._path(sha256)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            _flush_folder(path.parent)

    def _path(self, sha256: str) -> Path:
        return self._root / address(sha256)

    def _present(self, sha256: str) -> Path:
        self.check()
        path = self._path(sha256)
        if not path.is_file():
            raise blob_missing(sha256)
        return path

    def _publish(self, temporary: Path, blob: Blob) -> None:
        path = self._path(blob.sha256)
        for folder in (path.parent.parent, path.parent):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, exist_ok=True)
                _flush_folder(folder.parent)
        try:
            os.link(temporary, path)
        except FileExistsError:
            self.open(blob.sha256).close()
            os.utime(path)  # claimed again: the orphan's rest begins anew
        _flush_folder(path.parent)


def open_store(url: str, *, create: bool = False) -> BlobStore:
    """The store that LEGAL_STORE_URL names: `file:///…`, the path written as it is, without percent signs.

    `create` makes a local store (`legal init`). Refuses `store_unavailable`: an absent folder, another scheme, and
    `s3://`, which this release does not speak.
    """
    scheme, _, rest = url.partition("://")
    if scheme == "file" and rest.startswith("/"):
        store = LocalStore(Path(rest))
        if create:
            store.prepare()
        store.check()
        return store
    if scheme == "s3":
        raise store_unavailable(
            "本版本尚不支持 s3:// 对象存储；请将 LEGAL_STORE_URL 设为 file:///绝对路径",
            "this release does not yet store evidence in s3://; set LEGAL_STORE_URL to file:///absolute/path",
        )
    raise store_unavailable(
        f"LEGAL_STORE_URL 无效：{url[:120]}；应为 file:///绝对路径",
        f"LEGAL_STORE_URL is not usable: {url[:120]}; write file:///absolute/path",
    )


def _write(temporary: Path, stream: BinaryIO) -> Blob:
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as target:
        while chunk := stream.read(_CHUNK):
            target.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        target.flush()
        os.fsync(target.fileno())
    return Blob(sha256=digest.hexdigest(), size=size)


def _flush_folder(folder: Path) -> None:
    """Make new names in a folder survive a power failure."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
