"""Hold the page client to catching each fault it looks for."""

from __future__ import annotations

import pytest

from tests.pages import PageFault, inspect

GOOD = '<!doctype html><html lang="zh-CN"><head><title>页</title></head><body><h1>页</h1>{}</body></html>'


def test_a_good_page_passes() -> None:
    assert inspect(GOOD.format('<label for="a">A</label><input id="a" name="a">')).heading == "页"


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("<h1>2</h1>", "2 h1"),
        ('<p id="x"></p><p id="x"></p>', "stands 2 times"),
        ("<input name='a'>", "no label"),
        ('<p style="color:red"></p>', "style attribute"),
        ('<p onclick="x()"></p>', "inline handler"),
        ("<script>1</script>", "inline script"),
        ('<form method="post" action="/"></form>', "no token"),
        ('<img src="x">', "without alt"),
        ("<div><p></div></p>", "HTML error"),
        ('<label for="a">A</label><input id="a" aria-describedby="gone">', "missing gone"),
    ],
)
def test_a_planted_fault_is_caught(planted: str, fault: str) -> None:
    with pytest.raises(PageFault, match=fault):
        inspect(GOOD.format(planted))
