"""The harness itself: each check finds the fault that is planted for it, and nothing on a page that is right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.browser import accessibility, keyboard, layout, pictures, privacy, words
from tests.browser.desk import Desk

Plant = Callable[[str], list[str]]


@pytest.fixture
def desk(signed_in: Callable[[str], Desk]) -> Desk:
    """Nobody, before the sign-in page, opened anew for each test."""
    found = signed_in("")
    found.open("/sign-in", tongue="zh")
    return found


def plant(desk: Desk, html: str) -> None:
    """Put something wrong at the end of the page."""
    desk.page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", html)


WORDS = {
    "a word in English": ("<p>This was not translated</p>", "zh", "not translated"),
    "a word in Chinese": ("<p>案件</p>", "en", "not translated"),
    "a code": ("<p>no_arbitration_clause</p>", "zh", "a code, not a word"),
    "an empty variable": ("<p>None</p>", "zh", "a code, not a word"),
    "a label": ('<p aria-label="期限">x</p>', "en", "not translated"),
    "a word in Simplified": ("<p>账目</p>", "hant", "not converted"),
}


@pytest.mark.parametrize("case", WORDS)
def test_words(case: str, desk: Desk) -> None:
    html, tongue, told = WORDS[case]
    desk.open("/sign-in", tongue=tongue)
    before = words.faults(words.said(desk.page), tongue)
    plant(desk, html)
    after = [one for one in words.faults(words.said(desk.page), tongue) if one not in before]
    assert len(after) == 1, after
    assert told in after[0]


def test_data_codes_and_other_languages_are_exempt(desk: Desk) -> None:
    desk.open("/sign-in", tongue="en")
    before = words.faults(words.said(desk.page), "en")
    plant(
        desk,
        '<p><span data-original aria-label="x">张三</span> <b aria-label="close 张三">x</b> <code>ID_x</code> <span lang="zh-CN">民法典</span> <b hidden>账</b></p>',
    )
    assert words.faults(words.said(desk.page), "en") == before


def test_what_runs_off_or_is_cut(desk: Desk) -> None:
    assert layout.faults(desk.page) == []
    plant(desk, '<p id="wide">x</p><p id="cut">很长的一行字很长的一行字很长的一行字</p>')
    desk.page.evaluate("() => { document.getElementById('wide').style.width = '500px';"
                       " Object.assign(document.getElementById('cut').style, {width: '60px', overflow: 'hidden', whiteSpace: 'nowrap'}); }")  # fmt: skip
    told = layout.faults(desk.page)
    assert any(one.startswith("375 px: the page is") and "p#wide" in one for one in told), told
    assert any("1440 px: cut: p" in one for one in told), told
    assert not any(one.startswith("1440 px: the page is") for one in told), told


def test_axe_names_rule_and_element(desk: Desk) -> None:
    assert accessibility.faults(desk.page) == []
    plant(desk, '<img src="/static/favicon.svg" id="bare">')
    told = accessibility.faults(desk.page)
    assert len(told) == 1, told
    assert "image-alt" in told[0]
    assert "#bare" in told[0]


def test_keyboard_stops_that_are_missed_or_unseen(desk: Desk) -> None:
    assert keyboard.faults(desk.page) == []
    assert keyboard.skips(desk.page) == []
    plant(desk, '<button type="button" id="dim">甲</button><button type="button" id="never">乙</button>')
    desk.page.evaluate("() => { const dim = document.getElementById('dim'), never = document.getElementById('never');"
                       " dim.style.outline = 'none'; dim.addEventListener('focus', () => dim.style.setProperty('outline', 'none', 'important'));"
                       " never.addEventListener('focus', () => never.blur()); }")  # fmt: skip
    told = keyboard.faults(desk.page)
    assert any("focus is not shown at button#dim" in one for one in told), told
    assert any("Tab never comes to button#never" in one for one in told), told


def test_a_picture_is_small_and_of_both_widths(desk: Desk, tmp_path: Path) -> None:
    wide, narrow = pictures.take(desk.page, "sign-in", tmp_path)
    assert (wide.name, narrow.name) == ("sign-in-wide.png", "sign-in-narrow.png")
    assert all(1_000 < path.stat().st_size < 100_000 for path in (wide, narrow))
    with Image.open(wide) as broad, Image.open(narrow) as slim:
        assert (broad.width, slim.width) == (1440, 375)


def test_a_trap_is_found(desk: Desk) -> None:
    plant(desk, '<button type="button" id="trap">甲</button><button type="button">乙</button>')
    desk.page.evaluate(
        "() => document.getElementById('trap').addEventListener('keydown', event => event.preventDefault())"
    )
    assert any("Tab stays caught at button#trap" in one for one in keyboard.faults(desk.page))


def test_a_borrower_in_title_address_storage_or_text(desk: Desk) -> None:
    personal = desk.sample.personal
    assert privacy.faults(desk.page, personal) == []
    name, number = min(personal.names), min(personal.numbers)
    desk.page.evaluate(
        "([name, number]) => { document.title = name; localStorage.setItem('last', number);"
        " history.replaceState(null, '', '?q=' + encodeURIComponent(name)); }",
        [name, number],
    )
    plant(desk, f"<p>{number}</p>")
    told = privacy.faults(desk.page, personal)
    assert {one.partition("holds")[0] for one in told} >= {
        "privacy: the title ",
        "privacy: the address ",
        "privacy: the storage ",
    }
    assert any("unmasked" in one for one in told)
    desk.page.evaluate("() => localStorage.clear()")


def test_the_watch(desk: Desk) -> None:
    desk.page.evaluate("() => { console.error('甲'); setTimeout(() => { throw new Error('乙'); }); }")
    desk.page.evaluate("() => fetch('/nowhere').then(one => one.text())")
    desk.page.evaluate(
        "() => { const one = document.createElement('script'); one.textContent = '1'; document.body.append(one); }"
    )
    desk.page.evaluate(
        "() => { const one = new Image(); one.src = 'http://127.0.0.2:9/x.png'; document.body.append(one); }"
    )
    desk.page.wait_for_timeout(300)
    told = "\n".join(desk.watch.told())
    for wanted in ("console error: 甲", "乙", "status 404", "content policy: script-src", "content policy: img-src"):
        assert wanted in told, f"{wanted} not in {told}"
    with desk.watch.expecting(404):
        desk.page.evaluate("() => fetch('/nowhere').then(one => one.text())")
        desk.page.wait_for_timeout(100)
    assert desk.watch.told() == []
