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
        "case_advance": ("批量推进案件", "many cases moved"),
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
        "no_pre_suit_preservation": ("未申请诉前保全", "no pre-suit preservation"),
        "payment_order_approved": ("支付令申请书已经律师审批", "payment-order application approved"),
        "enforcement_approved": ("执行申请书已经律师审批", "enforcement application approved"),
        "restoration_approved": ("恢复执行申请书已经律师审批", "restoration application approved"),
        "not_returned": ("无待补正、未被不予受理", "not returned, not refused"),
        "consents_to_mediation": ("同意调解", "consents to mediation"),
        "mediation_ended": ("诉前调解已结束", "mediation ended"),
        "confirmed_or_instrument": ("已司法确认或有调解书", "confirmed, or an instrument"),
        "instrument_signed": ("调解书已生效", "mediation instrument in effect"),
        "order_objected_and_ended": ("因异议终结督促程序", "ended by objection"),
        "order_ended": ("督促程序已终结", "payment-order procedure ended"),
        "order_unopposed": ("支付令送达且无异议", "order served, not objected to"),
        "returned_or_over": ("被退回、不予受理或已撤回", "returned, refused or withdrawn"),
        "suit_over": ("诉讼已结束", "suit ended"),
        "not_notarised": ("非公证债权文书", "not a notarised instrument"),
        "appealed": ("已有上诉", "an appeal is filed"),
        "judgment_final": ("判决已生效", "judgment final"),
        "appeal_ended": ("二审已结束", "appeal ended"),
        "remanded": ("已发回重审", "remanded"),
        "performance_over": ("履行期届满", "period for performance over"),
        "round_may_end": ("符合终本条件", "round may end"),
        "property_found": ("发现财产", "property found"),
        "enforcement_taken_back": ("已撤回执行申请", "enforcement withdrawn"),
        "notarised_with_certificate": ("有执行证书", "notarial certificate"),
        "release_finished": ("措施已解除、解除清单已办结", "measures lifted, release list finished"),
    },
)


def name(family: str, code: str) -> Words:
    """The words for a code; the code itself for one that has none (a later release may have written it)."""
    return labels.families().get(family, {}).get(code) or Words(zh=code, en=code)
