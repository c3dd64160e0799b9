"""The installation's keys at work: sealing values for one column, and blind indexes by which they can still be found."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class SealBroken(ValueError):
    """A sealed value that cannot be opened: its key is not here, or it was moved or altered."""


class KeyRing:
    """Field-encryption keys, newest first, and the separate key of the blind indexes.

    >>> ring = KeyRing(fields=[bytes(32)], index=bytes(32))
    >>> ring.open("t.c", ring.seal("t.c", "张三"))
    '张三'
    """

    ALGORITHM = b"\x01"  # AES-256-GCM; another byte is reserved for SM4-GCM

    def __init__(self, *, fields: list[bytes], index: bytes) -> None:
        if not fields or any(len(key) != 32 for key in fields) or len(index) < 32:
            raise ValueError("field keys are 32 bytes each, newest first; the index key has at least 32 bytes")
        self._ciphers = {hashlib.sha256(key).digest()[:4]: AESGCM(key) for key in fields}
        self._newest = hashlib.sha256(fields[0]).digest()[:4]
        self._index = index

    @classmethod
    def from_text(cls, fields: str, index: str) -> KeyRing:
        """Keys as base64, comma-separated, newest first."""
        decoded = [base64.b64decode(part) for part in fields.split(",") if part.strip()]
        return cls(fields=decoded, index=base64.b64decode(index))

    def seal(self, place: str, text: str) -> bytes:
        """Encrypt a value; `place` (`table.column`) is bound to it, so a value cannot be moved to another column."""
        nonce = os.urandom(12)
        body = self._ciphers[self._newest].encrypt(nonce, text.encode(), place.encode())
        return self.ALGORITHM + self._newest + nonce + body

    def open(self, place: str, sealed: bytes) -> str:
        """Decrypt; raises `SealBroken` when the key is unknown or the value was moved or altered."""
        cipher = self._ciphers.get(sealed[1:5])
        if sealed[:1] != self.ALGORITHM or cipher is None:
            raise SealBroken(f"{place}: sealed with a key this installation does not have")
        try:
            return cipher.decrypt(sealed[5:17], sealed[17:], place.encode()).decode()
        except InvalidTag as error:
            raise SealBroken(f"{place}: altered, or moved from another column") from error

    def blind(self, place: str, text: str) -> str:
        """The blind index of a value: equal values have equal indexes, nothing else can be told without the key."""
        return hmac.new(self._index, f"{place}\x00{text}".encode(), hashlib.sha256).hexdigest()
