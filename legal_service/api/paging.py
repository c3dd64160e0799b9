"""Lists by cursor: `{"items": […], "next": cursor or null}` and `Link: <…>; rel="next"`.

A cursor is the place after the last item, bound to its list; it stays right while rows come and go. Its inside is nobody's
business: it is read back strictly, and what this service did not write is refused (`bad_cursor`, 400).
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import request

from legal_service.api.schemas.kinds import Shape, number, text
from legal_service.errors import Refusal, Words

MOST, USUAL = 100, 50
_LONGEST = 600


class PageQuery(Shape):
    """The questions of every list."""

    limit = number(1, MOST, "每页条数", "items a page", written=True, load_default=USUAL)
    cursor = text(_LONGEST, "上一页的 next", "`next` of the page before", load_default=None)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the items, and the place after the last one if there are more."""

    items: Sequence[Any]
    after: str | None

    def headers(self) -> dict[str, str]:
        """The link to the next page, keeping what else was asked."""
        if self.after is None:
            return {}
        questions = {**request.args.to_dict(), "cursor": self.after}
        return {"Link": f'<{request.path}?{urlencode(questions)}>; rel="next"'}


def cursor(*place: str | int | None) -> str:
    """The cursor of a place in the list of this address."""
    told = json.dumps([request.endpoint, *place], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def place(written: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """Read a cursor of this address back: values of these kinds (`date` from its ISO text). Refuses `bad_cursor`."""
    if written is None:
        return None
    try:
        padded = written + "=" * (-len(written) % 4)
        found = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
        if not isinstance(found, list) or found[:1] != [request.endpoint] or len(found) != 1 + len(kinds):
            raise ValueError("not a cursor of this list")
        return tuple(_read(value, kind) for value, kind in zip(found[1:], kinds, strict=True))
    except (ValueError, TypeError, binascii.Error, RecursionError) as failure:
        raise Refusal(
            "bad_cursor",
            Words(
                zh="cursor 不是本列表给出的；请从第一页重新开始。",
                en="This cursor was not given out by this list; begin again with the first page.",
            ),
            "机构内部规则：接口约定（house policy: the API's contract）",
        ) from failure


def _read(value: Any, kind: type) -> Any:
    if kind is date:
        return date.fromisoformat(value)
    if type(value) is not kind or (isinstance(value, int) and abs(value) > 2**31):
        raise ValueError("not what a cursor holds")
    return value


def cut(found: Sequence[Any], limit: int, after: Callable[[Any], str]) -> Page:
    """A page of rows read one more than asked for."""
    items = found[:limit]
    return Page(items, after(items[-1]) if len(found) > limit else None)


def listed(
    items: Sequence[Any],
    asked: Mapping[str, Any],
    key: Callable[[Any], tuple[Any, ...]],
    *kinds: type,
    falling: bool = False,
) -> Page:
    """A page of a list that is at hand whole and short, such as what hangs on one case: in the order of a key that never repeats."""
    after = place(asked["cursor"], *kinds)
    rest = [one for one in items if after is None or (key(one) < after if falling else key(one) > after)]
    rest.sort(key=key, reverse=falling)
    return cut(rest[: asked["limit"] + 1], asked["limit"], lambda one: cursor(*map(_written, key(one))))


def _written(value: Any) -> str | int:
    return value.isoformat() if isinstance(value, date) else value
