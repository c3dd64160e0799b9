"""Shape of the caller."""

from __future__ import annotations

from legal_service.access.permissions import ROLES
from legal_service.api.schemas.kinds import Shape, Some, choice, moment, says, word


class Me(Shape):
    """Who calls, how he is known, what he may do."""

    email = word("邮箱", "e-mail address", required=True)
    name = word("姓名", "name", required=True)
    role = choice(ROLES, "角色", "role", required=True)
    role_label = word("角色名称", "name of the role", required=True)
    via = choice(("session", "token"), "会话或令牌", "session or token", required=True)
    ends_at = moment("会话到期", "end of the session", required=True, allow_none=True)
    permissions = Some(word("权限", "permission"), required=True, metadata=says("权限", "permissions"))
