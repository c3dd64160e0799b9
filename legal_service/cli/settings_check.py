"""What `legal config check` says of each setting: set, default, missing, unsafe."""

from __future__ import annotations

import os

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from legal_service.config import FONTS, Settings


def check(settings: Settings) -> list[dict[str, str]]:
    """One row per setting: name, state (set, default, unsafe, missing) and a sentence; never a secret's value."""
    rows = [
        _row("LEGAL_INSTANCE", "set" if os.environ.get("LEGAL_INSTANCE") else "default", str(settings.instance.name)),
        _database(settings),
        _store(settings),
        _row(
            "LEGAL_BROKER_URL",
            "set" if settings.broker_url else "default",
            "任务由本机工作进程执行 jobs run on one local worker"
            if not settings.broker_url
            else "尚不支持外部队列，任务仍由本机执行 an external queue is not spoken yet; jobs run locally",
        ),
        _key("LEGAL_SECRET_KEY", settings.secret_key, settings, "secret.key"),
        _key("LEGAL_FIELD_KEYS", settings.field_keys, settings, "field.keys"),
        _row(
            "LEGAL_TSA_URL",
            "set" if settings.tsa_url else "unsafe",
            "可信时间戳机构已设置 a time-stamping authority is set"
            if settings.tsa_url
            else "时间戳由本机演示机构签发，不具法律效力 stamps come from the local demonstration authority: no legal weight",
        ),
        _public(settings),
        _row("LEGAL_LOG", "set" if os.environ.get("LEGAL_LOG") else "default", settings.log_level),
        _row("LEGAL_LANGUAGE", "set" if os.environ.get("LEGAL_LANGUAGE") else "default", settings.language),
    ]
    if not FONTS.is_dir():
        rows.append(_row("fonts", "missing", "缺少中文字体：执行 make setup / Chinese fonts missing: run make setup"))
    return rows


def _row(name: str, state: str, says: str) -> dict[str, str]:
    return {"name": name, "state": state, "says": says}


def _public(settings: Settings) -> dict[str, str]:
    if not settings.public_url:
        return _row("LEGAL_PUBLIC_URL", "default", "只接受本机访问 this machine only")
    if not settings.public_url.startswith("https://"):
        return _row(
            "LEGAL_PUBLIC_URL",
            "unsafe",
            "应为 https 地址，否则登录信息明文传输 must be https, or sign-ins travel in clear",
        )
    return _row("LEGAL_PUBLIC_URL", "set", "对外开放，须经 TLS 反向代理 open beyond this machine, behind a TLS proxy")


def _database(settings: Settings) -> dict[str, str]:
    try:
        make_url(settings.database_url)
    except ArgumentError:
        return _row("LEGAL_DATABASE_URL", "missing", "不是数据库地址 this is no address of a database")
    if settings.database_url.startswith("sqlite"):
        return _row("LEGAL_DATABASE_URL", "default", "SQLite，单机使用 embedded SQLite, one machine")
    scheme = settings.database_url.split("://", 1)[0]
    return _row("LEGAL_DATABASE_URL", "set", scheme)


def _store(settings: Settings) -> dict[str, str]:
    scheme = settings.store_url.split("://", 1)[0]
    if scheme != "file":
        return _row("LEGAL_STORE_URL", "missing", f"不支持 {scheme}:// / {scheme}:// is not spoken by this release")
    return _row(
        "LEGAL_STORE_URL",
        "default" if str(settings.instance) in settings.store_url else "set",
        "本地文件夹 local folder",
    )


def _key(name: str, value: str, settings: Settings, file: str) -> dict[str, str]:
    if value:
        return _row(name, "set", "来自设置 from the settings")
    if (settings.keys / file).is_file():
        return _row(
            name,
            "unsafe",
            f"使用实例内的 {file}；生产环境应由密钥管理系统提供 kept in the instance; in production a key manager should provide it",
        )
    return _row(name, "missing", "尚未生成：执行 legal init / not made yet: run legal init")
