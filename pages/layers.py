"""What stands between a press and what it leads to: a layer that asks whether to go on, or a notice to be noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator

from pages import eye
from pages.dialect import plain
from sekisho.portal.view import Term

AGREE, DECLINE, NOTED = ("buttons", "agree"), ("buttons", "decline"), ("buttons", "noted")
CLOSE = ("buttons", "close")
IN_ONE_LAYER = """([agree, decline, covered]) => {
  const around = one => one ? [one, ...around(one.parentElement ?? one.getRootNode().host)] : [];
  const [below, beside] = [around(covered), around(decline)];
  return !below.includes(around(agree).find(one => beside.includes(one)));
}"""
LIES_UNDER = """frame => {
  const box = frame.getBoundingClientRect();
  const top = frame.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return Boolean(top) && !top.contains(frame);
}"""
# What may stand around the words of a button where a layer asks once more whether to do what it does: 申請 becomes
# この内容で申請する or はい、取得します, and never 申請しない, あとで申請 or 失効を申請する.
OTHERWISE = re.compile(
    "せず|ない|なし|後で|あとで|のちほど|後ほど|別|他|ほか|いいえ|キャンセル|失効|取り?(?:消|下げ)|削除|破棄|中止|やめ"
).pattern
AROUND = re.compile(
    f"(?:(?:(?!{OTHERWISE}).)*[をにでへ、,！!]|本|今すぐ)?{{}}(?:を?(?:実行|確定|続行|開始|送信))?(?:する|します|(?:いた|致)します)?"
).pattern
Usable = Callable[[Term], Locator | None]


def way_on(pressed: Locator | None, usable: Usable) -> tuple[Term, Locator] | None:
    """What goes on after a press, where something else came; `usable` finds what can be pressed in front.

    `pressed` is the thing itself, whatever it is called by now, if it is still there. A layer that does not offer to
    decline says something to be read, and is left as it is.
    """
    if pressed is None or not is_covered(pressed):
        noted = usable(NOTED)
        return (NOTED, noted) if noted else None
    agree, decline = usable(AGREE), usable(DECLINE)
    if agree and decline and _in_one_layer(agree, decline, pressed):
        return AGREE, agree
    return None


def does_it(label: str, words: Sequence[str]) -> bool:
    """Whether a button of a layer is called after what was pressed, as one that does it is."""
    called = plain(label)
    return any(re.fullmatch(AROUND.format(re.escape(plain(word))), called) for word in words)


def asking(pressed: Locator | None, decline: Locator | None, others: Sequence[Locator]) -> list[Locator]:
    """Those of some buttons that a layer over the pressed one has beside the one that declines."""
    if decline is None or pressed is None or not is_covered(pressed):
        return []
    return [one for one in others if _in_one_layer(one, decline, pressed)]


def is_covered(button: Locator) -> bool:
    """Whether something lies over a button; one that is only grey has been pressed, and nothing came in front of it."""
    try:
        if not button.count():
            return False
        framed = len(button.page.frames) > 1
        return eye.ask(button, "covered", timeout=eye.AT_ONCE) or (framed and _is_frame_covered(button))
    except BrowserError:  # it has gone with its page
        return False


def _is_frame_covered(button: Locator) -> bool:
    """Whether the page around a button's frame has laid something over the frame."""
    frame = button.element_handle(timeout=eye.AT_ONCE).owner_frame()
    return bool(frame and frame.parent_frame and frame.frame_element().evaluate(LIES_UNDER))


def _in_one_layer(agree: Locator, decline: Locator, covered: Locator) -> bool:
    """Whether two buttons belong together, and not to the page below."""
    things = [one.element_handle(timeout=eye.AT_ONCE) for one in (agree, decline, covered)]
    frames = [one.owner_frame() for one in things]
    if frames[0] is None or frames[0] != frames[1]:
        return False
    return frames[0] != frames[2] or bool(frames[0].evaluate(IN_ONE_LAYER, things))
