"""Own ``README.txt`` of a record package: how to check it in three minutes, in Chinese and English."""

from __future__ import annotations

_TEXT = """\
{complex} 的一次业主共同决定的公开记录（编号 {uuid}）
================================================================

这里有什么
  area/    加密选票档案，按专有部分面积（0.01平方米）计权
  heads/   同一批选票，按人数计权
  roll.json      冻结的业主清册，不含姓名，只有房号、面积、投票人编号
  board/         公开记录：每一步一行，及其签名的检查点
  result.json    结果及其法律说明
  hints/         加快核对用的中间值，不必相信，可以删去

三分钟核对
  1. 安装业议，然后运行：
         yeyi verify .
     最后一行是“一致”，说明每张选票、每个合计和结论都核对过。
  2. 用别人写的软件再核对一遍（Debian 12 自带，与业议无关）：
         apt-get install belenios-tool
         belenios-tool election verify --dir area
         belenios-tool election verify --dir heads
     两次都应显示 all checks passed。
  3. 投过票的业主：在手机回执上找到追踪号，在本文件夹里搜索它：
         grep 追踪号 board/leaves.jsonl
     找得到，说明您的票在票箱里。

选票始终是加密的。任何人都看不到谁选了什么，这个文件夹里也没有。


The public record of one joint decision of the owners of {complex} (id {uuid})
================================================================

What is here
  area/    archive of encrypted ballots, weighted by floor area (0.01 m2)
  heads/   the same ballots, weighted by heads
  roll.json      the frozen roll without names: unit, area, voter number
  board/         the public record, one line per step, with its signed checkpoint
  result.json    the result with its legal explanation
  hints/         values that make checking faster; not trusted, may be deleted

Check it in three minutes
  1. Install yeyi, then run:
         yeyi verify . --lang en
     The last line says "consistent": every ballot, every total and the verdict were checked.
  2. Check again with software written by others (packaged in Debian 12, unrelated to yeyi):
         apt-get install belenios-tool
         belenios-tool election verify --dir area
         belenios-tool election verify --dir heads
     Both should say: all checks passed.
  3. If you voted: take the tracker from the receipt on your phone and look for it in this folder:
         grep TRACKER board/leaves.jsonl
     If it is there, your ballot is in the box.

Ballots stay encrypted. Nobody can see who chose what, and this folder does not hold it.
"""


def readme_text(uuid: str, complex_slug: str) -> str:
    """Return the text for one package."""
    return _TEXT.format(uuid=uuid, complex=complex_slug)
