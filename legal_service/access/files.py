"""Key files of an installation: made once by `legal init`, readable by their owner only; and the demonstration's log-ins."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

from legal_service.config import Settings
from legal_service.database import KeyRing
from legal_service.errors import Refusal, Words

DEMO_LOGINS = "demo-logins.json"


def _write_secret(path: Path) -> bool:
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(base64.b64encode(os.urandom(32)).decode() + "\n")
    return True


def make_keys(settings: Settings) -> list[str]:
    """Make the key files that are missing; answer the names of those made. Existing keys are never replaced."""
    wanted = ["index.key", "secret.key"]
    if not settings.field_keys:
        wanted.append("field.keys")
    return [name for name in sorted(wanted) if _write_secret(settings.keys / name)]


def keys_lost(settings: Settings) -> list[str]:
    """The key files without which what an existing database holds can be neither read nor found."""
    needed = ["index.key"] if settings.field_keys else ["field.keys", "index.key"]
    return [name for name in needed if not (settings.keys / name).is_file()]


def read_key_ring(settings: Settings) -> KeyRing:
    """The installation's key ring; refuses `not_initialised` without `legal init`, `bad_field_keys` when malformed."""
    index = settings.keys / "index.key"
    fields = settings.keys / "field.keys"
    if not index.is_file() or not (settings.field_keys or fields.is_file()):
        raise not_initialised(settings)
    try:
        text = settings.field_keys or fields.read_text(encoding="ascii").strip().replace("\n", ",")
        return KeyRing.from_text(text, index.read_text(encoding="ascii").strip())
    except ValueError as error:
        raise Refusal(
            "bad_field_keys",
            Words(
                zh="LEGAL_FIELD_KEYS 应为以逗号分隔的 base64 密钥，每个 32 字节，最新的在前。",
                en="LEGAL_FIELD_KEYS must be base64 keys of 32 bytes, comma-separated, newest first.",
            ),
        ) from error


def secret_key(settings: Settings) -> str:
    """The key that signs sessions: `LEGAL_SECRET_KEY`, else the one made at set-up."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.keys / "secret.key"
    if not path.is_file():
        raise not_initialised(settings)
    return path.read_text(encoding="ascii").strip()


def demo_logins(settings: Settings) -> list[dict[str, str]]:
    """Role, e-mail, name and password of each invented user that `legal demo` made; empty in any other instance."""
    path = settings.keys / DEMO_LOGINS
    if not path.is_file():
        return []
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return [{part: str(one[part]) for part in ("role", "email", "name", "password")} for one in found]
    except (ValueError, TypeError, KeyError):
        return []  # not what we wrote: the demonstration makes it anew


def write_demo_logins(settings: Settings, logins: list[dict[str, str]]) -> None:
    """Write the demonstration's log-ins, whole or not at all, readable by their owner only."""
    path = settings.keys / DEMO_LOGINS
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
        stream.write(json.dumps(logins, ensure_ascii=False, indent=2) + "\n")
    new.replace(path)


def not_initialised(settings: Settings) -> Refusal:
    """The refusal of every command that needs an instance before `legal init`."""
    return Refusal(
        "not_initialised",
        Words(
            zh=f"实例 {settings.instance.name}/ 尚未建立或版本较旧：请先执行 legal init（LEGAL_INSTANCE 指定目录）。",
            en=f"The instance {settings.instance.name}/ is not set up or is older: run legal init first (LEGAL_INSTANCE names the folder).",
        ),
        "机构内部规则：先初始化（house policy: initialise first）",
    )
