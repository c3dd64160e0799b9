"""Shape of an import: the files of a loan tape, and how they are to be read."""

from __future__ import annotations

from marshmallow import validate

from legal_service.api.rulebook import LENGTH_OF_LIST
from legal_service.api.schemas.kinds import Shape, Some, Upload, choice, says, yes
from legal_service.intake.files import MAPPINGS
from legal_service.uploads import MOST_FILES

SHIPPED = sorted(path.stem for path in MAPPINGS.glob("*.yaml"))


class NewImport(Shape):
    """A tape as a form: its CSV files or one XLSX, and the documents it names (their file names with `/` as in the tape)."""

    files = Some(
        Upload(),
        required=True,
        validate=validate.Length(min=1, max=MOST_FILES, error=LENGTH_OF_LIST),
        metadata=says(
            "文件：CSV 或一个 XLSX，及清单所指的文件", "CSV files or one XLSX, and the documents that the tape names"
        ),
    )
    mapping = choice(SHIPPED, "映射", "mapping", load_default=None)
    dry_run = yes("只核对不写入", "check only", written=True, load_default=False)
    skip_refused = yes("跳过有误的行", "skip the rows that are refused", written=True, load_default=False)
