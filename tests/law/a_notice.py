"""An invented notice for 2027, in the form of the State Council's, for tests of loading one."""

from __future__ import annotations

NOTICE_2027 = """\
year: 2027
notice: 国务院办公厅关于2027年部分节假日安排的通知（测试用虚构）
published: 2026-01-05
sources:
  - https://www.gov.cn/invented-for-tests
status: secondary
holidays:
  - {name: 元旦, from: 2027-01-01, to: 2027-01-03}
  - {name: 春节, from: 2027-02-05, to: 2027-02-11}
  - {name: 清明节, from: 2027-04-03, to: 2027-04-05}
  - {name: 劳动节, from: 2027-05-01, to: 2027-05-05}
  - {name: 端午节, from: 2027-06-09, to: 2027-06-09}
  - {name: 中秋节, from: 2027-09-15, to: 2027-09-15}
  - {name: 国庆节, from: 2027-10-01, to: 2027-10-07}
working_weekends:
  - 2027-01-31
  - 2027-02-20
  - 2027-05-08
  - 2027-09-26
  - 2027-10-09
"""


def a_notice(*changes: tuple[str, str]) -> bytes:
    """The notice with texts replaced; each must occur in it."""
    text = NOTICE_2027
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text.encode()
