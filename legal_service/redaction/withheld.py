"""What cannot be proven clean is withheld: refused with a reason, never handed over half done."""

from __future__ import annotations

from legal_service.errors import Refusal, Words

BASIS = "机构内部规则：不能证明已脱敏的文件不得提供"


class Withheld(Refusal):
    """A file or page stays in the house because its copy could not be proven clean; `code` says why."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(code, Words(zh=f"{zh}，该文件不予提供。", en=f"{en}; the file is withheld."), BASIS)
