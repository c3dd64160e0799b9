"""Settings: the environment (`LEGAL_…`) first, then `instance/config.toml`, then defaults that need no server."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from environs import Env

from legal_service.errors import Language, Refusal, Words

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
EVIDENCE = ROOT / "evidence"
MIGRATIONS = ROOT / "migrations"
FONTS = ROOT / ".fonts"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the service reads from outside; see docs/guide and `legal config check`."""

    instance: Path
    database_url: str
    store_url: str
    broker_url: str
    secret_key: str
    field_keys: str
    tsa_url: str
    language: Language
    public_url: str = ""
    """The address by which readers elsewhere reach the service (https, behind a proxy); empty: this machine only."""
    log_level: str = "info"
    """What the log keeps: debug, info, warning, error."""
    plaintiff: Mapping[str, Any] = field(default_factory=dict)
    """The institution as plaintiff (`[plaintiff]` of config.toml): what the tape does not give, or all of it."""

    @property
    def keys(self) -> Path:
        """The folder of key files made by `legal init`."""
        return self.instance / "keys"

    @property
    def notices(self) -> Path:
        """The folder of the holiday notices that the institution loaded itself (`legal law notice load`)."""
        return self.instance / "law" / "holidays"


def _file_values(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as wrong:  # not TOML, or not UTF-8
        raise Refusal(
            "bad_settings",
            Words(zh=f"{path.name} 不是可读的 TOML：{wrong}", en=f"{path.name} is not readable TOML: {wrong}"),
        ) from wrong


def _language(env: Env) -> Language:
    asked = env.str("LEGAL_LANGUAGE", "") or env.str("LC_ALL", "") or env.str("LANG", "")
    return "en" if asked.lower().startswith("en") else "zh"


def load() -> Settings:
    """Read the settings afresh. Raises `environs.EnvError` on a value of the wrong form; refuses `bad_settings` for a bad file."""
    env = Env()
    instance = Path(env.str("LEGAL_INSTANCE", "instance")).resolve()
    values = _file_values(instance / "config.toml")

    def setting(name: str, default: str) -> str:
        from_file = values.get(name.removeprefix("LEGAL_").lower(), values.get(name, default))
        return cast(str, env.str(name, str(from_file)))

    return Settings(
        instance=instance,
        database_url=setting("LEGAL_DATABASE_URL", f"sqlite:///{instance / 'service.db'}"),
        store_url=setting("LEGAL_STORE_URL", f"file://{instance / 'vault'}"),
        broker_url=setting("LEGAL_BROKER_URL", ""),
        secret_key=setting("LEGAL_SECRET_KEY", ""),
        field_keys=setting("LEGAL_FIELD_KEYS", ""),
        tsa_url=setting("LEGAL_TSA_URL", ""),
        public_url=setting("LEGAL_PUBLIC_URL", "").rstrip("/"),
        language=_language(env),
        log_level=setting("LEGAL_LOG", "info"),
        plaintiff=values.get("plaintiff", {}),
    )
