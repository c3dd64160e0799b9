"""What makes a password good enough: length, and none of the handful that everybody tries first (NIST SP 800-63B manner)."""

from __future__ import annotations

import unicodedata

from legal_service.errors import Refusal, Words

SHORTEST, LONGEST = 12, 200
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody mistakes for one another on paper or on the telephone: no i l o 0 1."""
GROUPS, GROUP = 5, 4
"""A generated password: five groups of four, 99 bits."""

POLICY = "机构内部规则：密码规则（house policy: passwords）"

_COMMONEST = """
    123456789012 1234567890123 12345678901234 1234567890ab 1234567890qwe 012345678910 0123456789ab 098765432109
    987654321098 112233445566 111222333444 121212121212 123123123123 123412341234 123456123456 123321123321 147258369147
    abc123456789 abcd12345678 abcdefg12345 abcdefghijkl abcdef123456 abcabcabcabc a123456789012 aa1234567890 asdfghjkl123
    asdfasdfasdf 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc qazwsxedcrfv q1w2e3r4t5y6 qwertyuiop12 qwertyuiop123 qwerty123456
    qwertyuiopas qwerqwerqwer zxcvbnm12345 zaq12wsxcde3 5201314520131 520131452013 woaini520131 woaini1314520 woaini123456
    iloveyou1234 iloveyou5201 password1234 password12345 password123456 passwordpassword passw0rd1234 p@ssw0rd1234
    p@ssword1234 mypassword12 administrator admin1234567 admin12345678 adminadmin12 admin@123456 root12345678
    rootrootroot welcome12345 welcome@1234 changeme1234 changemenow1 letmein12345 letmeinplease huawei@12345 test12345678
    testtesttest guest1234567 legal1234567 lawyer123456 huimindai123 huimindai1234 huimindai2026 trustno11234 football1234
    superman1234 sunshine1234 princess1234 dragon123456 monkey123456
"""
"""Of twelve characters and more, as lists of leaked passwords and Chinese keyboards have them."""
COMMONEST = frozenset(_COMMONEST.split())


def plain_form(password: str) -> str:
    """One form for one password, whether typed with a Chinese or an English keyboard (NFKC).

    >>> plain_form("ａｂｃ１２３")
    'abc123'
    """
    return unicodedata.normalize("NFKC", password)


def check(password: str, *, email: str, name: str) -> None:
    """Refuse (`weak_password`, saying which rule) what is too short, too long, guessed at once, or the user's own name."""
    plain = plain_form(password)
    if len(plain) < SHORTEST:
        raise weak(f"密码至少 {SHORTEST} 个字符。", f"A password has at least {SHORTEST} characters.")
    if len(plain) > LONGEST:
        raise weak(f"密码不超过 {LONGEST} 个字符。", f"A password has at most {LONGEST} characters.")
    folded = plain.casefold()
    if len(set(folded)) == 1:
        raise weak("密码不能只是同一个字符。", "A password is not one character repeated.")
    if folded.strip() in COMMONEST:
        raise weak("该密码太常见，最先被猜到。", "This password is among the commonest and guessed first.")
    own = {email.casefold(), email.casefold().partition("@")[0], plain_form(name).casefold().strip()}
    if {folded, _without_edges(folded)} & (own | {_without_edges(one) for one in own}) - {""}:
        raise weak(
            "密码不能是本人的邮箱或姓名（前后添加数字亦不行）。",
            "A password is not one's own e-mail address or name, with digits around it or without.",
        )


def weak(zh: str, en: str) -> Refusal:
    """The refusal of a password that breaks one rule of the house."""
    return Refusal("weak_password", Words(zh=zh, en=en), POLICY)


def _without_edges(text: str) -> str:
    """A text without the digits and signs before and after it."""
    kept = [place for place, character in enumerate(text) if character.isalpha()]
    return text[kept[0] : kept[-1] + 1] if kept else ""
