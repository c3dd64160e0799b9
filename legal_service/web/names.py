"""The names of codes on the pages: the rooms' own are registered by importing them, what only pages show is named here."""

from __future__ import annotations

from legal_service import labels
from legal_service.accounts import sheet
from legal_service.cases import docket, stages
from legal_service.errors import Words
from legal_service.jobs import leases
from legal_service.redaction import kinds

NAMED_BY = (sheet, docket, stages, leases, kinds)
"""Who names tiers, deadlines, stages, what a job is at, and audiences."""

labels.register(
    "job",
    {
        "import": ("导入贷款清单", "import of a loan tape"),
        "sweep": ("组合评级", "sweep of the portfolio"),
        "filing_batch": ("批量制作文书", "batch of filings"),
        "package": ("制作证据包", "evidence package"),
        "report": ("制作监管报表", "regulatory return"),
    },
)
labels.register(
    "check",
    {
        "fonts": ("字体", "fonts"),
        "keys": ("密钥", "keys"),
        "migrations": ("数据库结构", "migrations"),
        "store": ("证据库", "vault"),
        "jobs": ("任务", "jobs"),
        "worker": ("工作进程", "worker"),
    },
)
labels.register(
    "five_class",
    {
        "正常": ("正常", "normal"),
        "关注": ("关注", "special mention"),
        "次级": ("次级", "substandard"),
        "可疑": ("可疑", "doubtful"),
        "损失": ("损失", "loss"),
    },
)
labels.register(
    "guard",
    {
        "overdue": ("确有逾期", "something is overdue"),
        "no_open_complaint": ("无未结投诉", "no open complaint"),
        "contacted": ("已联系本人", "borrower contacted"),
        "no_performing_plan": ("无履行中的和解方案", "no plan being kept"),
        "settlement_attempted": ("已尝试和解", "settlement attempted"),
        "no_arbitration_clause": ("无仲裁条款", "no arbitration clause"),
        "lender_is_creditor": ("债权仍属贷款人", "lender still the creditor"),
        "something_to_claim": ("有可主张的金额", "something to claim"),
        "contract_in_vault": ("合同在证据库", "contract in the vault"),
        "statement_made": ("已生成欠款明细", "statement made"),
        "demand_served": ("催告已送达", "demand served"),
        "complaint_approved": ("起诉状已经律师审批", "statement of claim approved"),
    },
)


def name(family: str, code: str) -> Words:
    """The words for a code; the code itself for one that has none (a later release may have written it)."""
    return labels.families().get(family, {}).get(code) or Words(zh=code, en=code)
