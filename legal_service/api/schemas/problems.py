"""The shape of a problem (RFC 9457) and of what it carries."""

from __future__ import annotations

from legal_service.api.schemas.kinds import Part, Shape, Some, Whole, choice, says, word


class FieldFault(Shape):
    """One field that breaks one rule."""

    field = word("字段，如 loan_nos.0；空为整个请求", "the field, like loan_nos.0; empty for the whole", required=True)
    rule = word("规则代码", "code of the rule", required=True)
    says = word("说明", "in words", required=True)


class FindingShape(Shape):
    """One finding of an import or a filing."""

    code = word("代码", "code", required=True)
    severity = choice(("error", "doubt"), "错误或疑点", "error or doubt", required=True)
    where = word("位置，如 loans.csv:17:PRINCIPAL", "the place, like loans.csv:17:PRINCIPAL", required=True)
    message = word("说明", "in words", required=True)
    basis = word("依据", "basis", required=True)


class Problem(Shape):
    """Why something was not done."""

    type = word("问题种类的地址", "address of the kind of problem", required=True)
    title = word("问题种类", "kind of problem", required=True)
    status = Whole(required=True, metadata=says("HTTP 状态", "HTTP status"))
    detail = word("说明与下一步", "what happened and what to do next", required=True)
    code = word("代码", "code", required=True)
    basis = word("依据：法条，或「机构内部规则」", "the article, or the policy of the house", required=True)
    errors = Some(Part(FieldFault), metadata=says("有误的字段", "fields that are wrong"))
    findings = Some(Part(FindingShape), metadata=says("发现", "findings"))
