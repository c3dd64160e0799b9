"""The papers that moves of a case ask for, by the codes of contract.md; a template, where there is one, knows its own title."""

from __future__ import annotations

from legal_service import labels

PAPERS: dict[str, tuple[str, str]] = {
    "power_of_attorney": ("授权委托书", "power of attorney"),
    "legal_representative_certificate": ("法定代表人身份证明书", "certificate of the legal representative"),
    "address_confirmation": ("送达地址确认书", "confirmation of the address for service"),
    "payment_order_application": ("支付令申请书", "application for a payment order"),
    "judicial_confirmation_application": ("司法确认申请书", "application for judicial confirmation"),
    "preservation_application": ("财产保全申请书", "application for preservation"),
    "notice_of_appeal": ("上诉状", "notice of appeal"),
    "effectiveness_certificate_request": ("生效证明申请书", "request for a certificate of effectiveness"),
    "enforcement_application": ("强制执行申请书", "application for enforcement"),
    "property_clues": ("财产线索书", "property clues"),
    "enforcement_restoration_application": ("恢复执行申请书", "application to restore enforcement"),
}

labels.register("paper", PAPERS)
