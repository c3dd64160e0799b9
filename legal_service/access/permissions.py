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
_HOUSE = _STAFF | {"auditor"} | _LOCAL
"""Who reads the cases of the house."""
_NAMED = frozenset(ROLES)

PERMISSIONS: dict[str, frozenset[str]] = {
    # the portfolio
    "overview.read": _STAFF | {"auditor"},
    "portfolio.import": _STAFF | _LOCAL,
    "portfolio.sweep": _STAFF | _LOCAL,
    "portfolio.read": _HOUSE,
    # cases
    "case.read": _HOUSE,
    "case.open": frozenset({"collections", "lawyer"}) | _LOCAL,
    "case.advance": frozenset({"collections", "lawyer"}) | _LOCAL,
    "case.record": frozenset({"collections", "lawyer"}) | _LOCAL,
    "case.force": frozenset({"lawyer", "compliance"}),
    "docket.correct": frozenset({"lawyer"}) | _LOCAL,
    "personal.reveal": frozenset({"collections", "lawyer", "compliance"}),
    # evidence and filings
    "evidence.read": _HOUSE,
    "evidence.add": frozenset({"collections", "lawyer", "compliance"}) | _LOCAL,
    "filing.read": _HOUSE,
    "filing.make": frozenset({"lawyer", "compliance"}) | _LOCAL,
    "filing.approve": frozenset({"lawyer"}),
    # what leaves the house
    "package.read": _HOUSE,
    "package.build": frozenset({"lawyer", "compliance"}) | _LOCAL,
    "package.download": frozenset({"lawyer", "compliance", "counsel"}) | _LOCAL,
    "package.received": frozenset({"counsel"}),
    "grant.create": frozenset({"lawyer", "compliance", "admin"}) | _LOCAL,
    "return.read": frozenset({"regulator", "compliance", "admin", "auditor"}) | _LOCAL,
    "report.make": frozenset({"compliance", "admin"}) | _LOCAL,
    "report.inspect": frozenset({"regulator", "auditor", "compliance"}) | _LOCAL,
    # jobs
    "job.read": _HOUSE,
    "job.stop": _STAFF | _LOCAL,
    # people, systems, the trail
    "user.read": frozenset({"admin", "auditor"}),
    "user.add": frozenset({"admin"}) | _LOCAL,
    "user.manage": frozenset({"admin"}) | _LOCAL,
    "token.own": _NAMED,
    "webhook.manage": frozenset({"admin"}) | _LOCAL,
    "trail.read": frozenset({"auditor", "compliance", "admin"}),
    "audit.verify": frozenset({"auditor", "compliance", "admin", "regulator"}) | _LOCAL,
    "law.read": _NAMED | _LOCAL,
    "notice.load": frozenset({"lawyer", "admin"}) | _LOCAL,
}

labels.register(
    "permission",
    {
        "overview.read": ("查看机构概览", "see the overview"),
        "portfolio.import": ("导入贷款清单", "import a loan tape"),
        "portfolio.sweep": ("逾期评级", "grade the portfolio"),
        "portfolio.read": ("查看贷款与欠款明细", "see loans and statements"),
        "case.read": ("查看案件", "see cases"),
        "case.open": ("建立案件", "open a case"),
        "case.advance": ("推进案件阶段", "move a case on"),
        "case.record": ("登记送达、和解与案件事项", "record service, settlement and milestones"),
        "case.force": ("批准他人申请的强制推进", "decide a forced move that somebody else asked for"),
        "docket.correct": ("更正期限的起算日", "correct the trigger of a deadline"),
        "personal.reveal": (
            "显示被遮盖的个人信息（须说明理由，留痕）",
            "reveal masked personal data (with a reason, logged)",
        ),
        "evidence.read": ("查看证据", "see evidence"),
        "evidence.add": ("添加证据", "add evidence"),
        "filing.read": ("查看文书", "see filings"),
        "filing.make": ("制作文书", "make a filing"),
        "filing.approve": ("审批文书", "approve a filing"),
        "package.read": ("查看证据包", "see evidence packages"),
        "package.build": ("制作证据包", "build an evidence package"),
        "package.download": ("下载证据包", "download an evidence package"),
        "package.received": ("查收授权给本人的证据包", "see the packages granted to oneself"),
        "grant.create": ("授权下载", "grant a download"),
        "return.read": ("查看监管报表", "see regulatory returns"),
        "report.make": ("制作监管报表", "make a regulatory return"),
        "report.inspect": ("查看报表数字背后的逐户明细（留痕）", "see the rows behind a number of a return (logged)"),
        "job.read": ("查看任务", "see jobs"),
        "job.stop": ("停止任务", "stop a job"),
        "user.read": ("查看用户", "see users"),
        "user.add": ("新增或变更用户、重置密码", "add or change users, reset passwords"),
        "user.manage": ("停用用户、结束其登录与令牌", "close accounts, end their sign-ins and tokens"),
        "token.own": ("管理本人的访问令牌", "manage one's own tokens"),
        "webhook.manage": ("管理事件通知", "manage webhooks"),
        "trail.read": ("查看审计日志", "read the audit trail"),
        "audit.verify": ("核对审计日志与保管链", "verify the audit and custody chains"),
        "law.read": ("查看法律参数与计算", "see the law as data"),
        "notice.load": ("录入国务院节假日安排通知", "load a State Council holiday notice"),
    },
)

POLICY = "机构内部规则：权限表（house policy: permission table）"


def allowed(role: str, permission: str) -> bool:
    """Whether a role holds a permission; an unknown permission is a programming error.

    >>> allowed("lawyer", "filing.approve"), allowed("operator", "filing.approve")
    (True, False)
    """
    return role in PERMISSIONS[permission]


def held_by(role: str) -> frozenset[str]:
    """All permissions of a role; none for a role that there is not.

    >>> sorted(held_by("counsel"))
    ['law.read', 'package.download', 'package.received', 'token.own']
    """
    return frozenset(permission for permission, roles in PERMISSIONS.items() if role in roles)


def require(actor: Actor, permission: str) -> None:
    """Refuse (`not_permitted`) when the actor's role does not hold the permission."""
    if not allowed(actor.role, permission):
        roles = "、".join(sorted(PERMISSIONS[permission]))
        doing = labels.label("permission", permission)
        raise Refusal(
            "not_permitted",
            Words(
                zh=f"{actor.email}（{actor.role}）无权{doing.zh}（{permission}）；有权的角色：{roles}。命令行请用 --by 指定有权人员。",
                en=f"{actor.email} ({actor.role}) may not {doing.en} ({permission}); roles that may: {roles}. On the command line, name one with --by.",
            ),
            POLICY,
        )


def require_named(actor: Actor) -> None:
    """Refuse (`named_person_required`) unless a named user acts: a date that a person answers for."""
    if not actor.named:
        raise Refusal(
            "named_person_required",
            Words(
                zh="此步须由具名人员作出：请用 --by 指定用户。",
                en="A named person must do this: give --by with a user.",
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
