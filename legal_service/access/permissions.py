"""The permission table: which role may do what. One table, read by the command line, the pages and the API alike."""

from __future__ import annotations

from legal_service import labels
from legal_service.database import Actor
from legal_service.errors import Refusal, Words

ROLES = ("collections", "lawyer", "compliance", "counsel", "regulator", "admin", "auditor")

labels.register(
    "role",
    {
        "collections": ("催收人员", "collections"),
        "lawyer": ("公司律师", "in-house lawyer"),
        "compliance": ("合规人员", "compliance"),
        "counsel": ("外聘律师", "external counsel"),
        "regulator": ("监管人员", "regulator"),
        "admin": ("管理员", "administrator"),
        "auditor": ("审计人员", "auditor"),
        "operator": ("本机操作员", "local operator"),
    },
)

_STAFF = frozenset({"collections", "lawyer", "compliance", "admin"})
_LOCAL = frozenset({"operator"})

PERMISSIONS: dict[str, frozenset[str]] = {
    "portfolio.import": frozenset({"collections", "lawyer", "compliance", "admin"}) | _LOCAL,
    "portfolio.sweep": _STAFF | _LOCAL,
    "portfolio.read": _STAFF | {"auditor"} | _LOCAL,
    "case.open": frozenset({"collections", "lawyer"}) | _LOCAL,
    "case.advance": frozenset({"collections", "lawyer"}) | _LOCAL,
    "case.record": frozenset({"collections", "lawyer"}) | _LOCAL,
    "evidence.add": frozenset({"collections", "lawyer", "compliance"}) | _LOCAL,
    "filing.make": frozenset({"lawyer", "compliance"}) | _LOCAL,
    "filing.approve": frozenset({"lawyer"}),
    "package.build": frozenset({"lawyer", "compliance"}) | _LOCAL,
    "grant.create": frozenset({"lawyer", "compliance", "admin"}) | _LOCAL,
    "report.make": frozenset({"compliance", "admin"}) | _LOCAL,
    "user.add": frozenset({"admin"}) | _LOCAL,
    "audit.verify": frozenset({"auditor", "compliance", "admin", "regulator"}) | _LOCAL,
}

POLICY = "机构内部规则：权限表（house policy: permission table）"


def allowed(role: str, permission: str) -> bool:
    """Whether a role holds a permission; an unknown permission is a programming error.

    >>> allowed("lawyer", "filing.approve"), allowed("operator", "filing.approve")
    (True, False)
    """
    return role in PERMISSIONS[permission]


def require(actor: Actor, permission: str) -> None:
    """Refuse (`not_permitted`) when the actor's role does not hold the permission."""
    if not allowed(actor.role, permission):
        roles = "、".join(sorted(PERMISSIONS[permission]))
        raise Refusal(
            "not_permitted",
            Words(
                zh=f"{actor.email}（{actor.role}）无权执行 {permission}；可执行的角色：{roles}。请用 --by 指定有权人员。",
                en=f"{actor.email} ({actor.role}) may not {permission}; roles that may: {roles}. Name one with --by.",
            ),
            POLICY,
        )


def require_named_lawyer(actor: Actor) -> None:
    """Refuse (`named_lawyer_required`) unless a named user in the role of lawyer acts (PIPL 24: a person decides)."""
    if not actor.named or actor.role != "lawyer":
        raise Refusal(
            "named_lawyer_required",
            Words(
                zh="此步须由具名律师作出：请用 --by 指定角色为 lawyer 的用户（legal user add 邮箱 --role lawyer）。",
                en="A named lawyer must do this: give --by with a user of role lawyer (legal user add EMAIL --role lawyer).",
            ),
            "个人信息保护法 第二十四条；" + POLICY,
        )
