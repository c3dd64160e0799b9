"""How a gap of the statement of claim is said: the element missing or the rule not met, in both languages, with the article."""

from __future__ import annotations

from legal_service.errors import Finding, Severity, Words

CPL = "民事诉讼法(2023修正)"
CONTENT = f"{CPL} 第一百二十四条"
CONDITIONS = f"{CPL} 第一百二十二条"
FORM = "民事起诉状（金融借款合同纠纷）2025年示范文本"


def found(code: str, where: str, zh: str, en: str, basis: str, severity: Severity = "error") -> Finding:
    """One finding; `where` names the element or fact."""
    return Finding(code=code, severity=severity, where=where, message=Words(zh=zh, en=en), basis=basis)


def missing(where: str, zh: str, en: str, basis: str, severity: Severity = "error") -> Finding:
    """An element that the law or the form asks for and the facts lack; `zh` and `en` name it."""
    return found("element_missing", where, f"缺少{zh}。", f"{en} is missing", basis, severity)
