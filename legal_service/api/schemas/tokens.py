"""Shapes of users and of one's own tokens."""

from __future__ import annotations

from legal_service.access.permissions import ROLES
from legal_service.access.tokens import API, LONGEST_NAME, USES
from legal_service.api.paging import PageQuery
from legal_service.api.schemas.kinds import Shape, choice, day, moment, number, text, word, yes


class TokenShape(Shape):
    """One token of one's own; the token itself was shown once."""

    id = number(1, 2**31, "编号", "number", required=True)
    name = word("用途", "what it is for", required=True)
    use = choice(USES, "开放的范围：API 或日历订阅", "what it opens: the API or the calendar", required=True)
    created_at = moment("建立时间", "made at", required=True)
    until_on = day("截止日", "last day", required=True)
    used_at = moment("最近使用", "last used", required=True, allow_none=True)
    revoked_at = moment("撤销时间", "revoked at", required=True, allow_none=True)


class NewToken(Shape):
    """A token to be made."""

    name = text(LONGEST_NAME, "用途", "what it is for", required=True)
    until = day("截止日，最长一年", "last day, a year at most", required=True)
    use = choice(USES, "开放的范围：API 或日历订阅", "what it opens: the API or the calendar", load_default=API)


class MadeToken(TokenShape):
    """A token just made."""

    token = word(
        "令牌，只显示这一次；重放的答复中为 null",
        "the token, shown this once; null in a replayed answer",
        required=True,
        allow_none=True,
    )


class UsersQuery(PageQuery):
    """The users."""


class UserShape(Shape):
    """One user."""

    email = word("邮箱", "e-mail address", required=True)
    name = word("姓名", "name", required=True)
    role = choice(ROLES, "角色", "role", required=True)
    active = yes("在用", "active", required=True)
    has_password = yes("可在网页登录", "may sign in on the web", required=True)
    must_change = yes("须改一次性密码", "one-time password to be changed", required=True)


class NewUser(Shape):
    """A user to be added, changed or reopened."""

    email = text(190, "邮箱", "e-mail address", required=True)
    role = choice(ROLES, "角色", "role", required=True)
    name = text(100, "姓名", "name", least=0, load_default="")


class UserAdded(UserShape):
    """A user as added."""

    changed = yes("有变更", "something changed", required=True)
