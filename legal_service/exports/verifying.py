"""How whoever received a package checks it, without us and without a network: the exact steps for this very package."""

from __future__ import annotations

from dataclasses import dataclass

from legal_service.errors import Language, Words
from legal_service.exports.packages import Sealed

ROOT_CERTIFICATE = "root.pem"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it shows, and the command to type; no command for what is done in a browser."""

    says: Words
    command: str = ""

    def read(self, language: Language) -> str:
        """The step as one text in the reader's language."""
        return f"{self.says.read(language)}\n{self.command}" if self.command else self.says.read(language)


def how_to_verify(export: Sealed) -> list[Step]:
    """The steps in order, each good by itself: hash of the ZIP, offline page, manifests, BagIt, timestamp, our own program."""
    name, root = export.filename, export.package_id
    return [
        Step(
            Words(
                zh=f"核对收到的文件：结果须为 {export.sha256}（Windows：certutil -hashfile {name} SHA256）。",
                en=f"Check the file you received: it must print {export.sha256} (Windows: certutil -hashfile {name} SHA256).",
            ),
            f"sha256sum {name}",
        ),
        Step(
            Words(
                zh="断网也可：解压后用浏览器打开 metadata/verify.html，把 ZIP 拖进去；它逐件核对，指出被改动的文件。最好使用另行取得的一份核对页。",
                en="Works offline: unpack, open metadata/verify.html in a browser and drop the ZIP onto it; it checks every file and names any that was changed. Best use a copy of the page that you got another way.",
            )
        ),
        Step(
            Words(
                zh=f"解压后进入 {root} 目录，按清单核对每个文件（Linux、macOS）。",
                en=f"Unpack, go into the directory {root} and check every file against the manifests (Linux, macOS).",
            ),
            f"cd {root} && sha256sum -c manifest-sha256.txt --quiet && sha256sum -c tagmanifest-sha256.txt --quiet && echo ok",
        ),
        Step(
            Words(
                zh="在同一目录，用任何 BagIt 工具核对（例如 bagit-python）。",
                en="In the same directory, validate with any BagIt tool (for instance bagit-python).",
            ),
            "python3 -m bagit --validate .",
        ),
        Step(
            Words(
                zh=f"在同一目录，核对可信时间戳；{ROOT_CERTIFICATE} 是时间戳机构的根证书，请向该机构取得，不要用包内的证书。"
                f"时间戳所盖的 tagmanifest-sha256.txt 的 SHA-256 为 {export.tagmanifest_sha256}。",
                en=f"In the same directory, verify the trusted timestamp; {ROOT_CERTIFICATE} is the root certificate of the timestamping authority: get it from the authority, not from the package. "
                f"The timestamp is over tagmanifest-sha256.txt, whose SHA-256 is {export.tagmanifest_sha256}.",
            ),
            "openssl ts -verify -data tagmanifest-sha256.txt -in metadata/timestamp.tsr "
            f"-untrusted metadata/tsa-chain.pem -CAfile {ROOT_CERTIFICATE}",
        ),
        Step(
            Words(
                zh="装有本软件的任何机器均可一次核对全部（另核对装订册页数、证据目录和保管链），不需要数据库。",
                en="Any machine with this program checks all of it at once (page count, catalogue and custody chain too), without a database.",
            ),
            f"legal package verify {name} --ca {ROOT_CERTIFICATE}",
        ),
    ]
