"""Measure the typesetting of papers: time and size of each, against one minimal page typeset the same way.

Run with ``python -m tests.bench.printing_bench``. The minimal page has one line and the same fonts, so that the ratio does not
depend on the machine; the first paper of a process also pays for finding the fonts, which is measured apart.
"""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import typst

from app.documents.filing import PackEntry, build_pack
from app.documents.fonts import fonts, printable_characters
from app.documents.papers import MOST_LETTERS, Paper
from app.documents.preview import page_image
from app.documents.printing import count_pages, render
from tests.papers_support import every_paper, household_letters, imprint, roll_notice

RUNS = 5
_MINIMAL = """#set document(date: datetime(year: 2027, month: 1, day: 1))
#set text(font: ("Noto Serif SC", "Noto Sans CJK SC"), lang: "zh")
#sys.inputs.at("words")
"""


def seconds(work: Callable[[int], object], runs: int = RUNS) -> float:
    """Return the median time of some runs; each gets its number, so that nothing is merely remembered."""
    times = []
    for run in range(runs):
        started = time.perf_counter()
        work(run)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def minimal_page() -> Callable[[int], object]:
    """Return the typesetting of one line on one page, a different line in each run."""
    folder = Path(tempfile.mkdtemp())
    (folder / "minimal.typ").write_text(_MINIMAL)

    def work(run: int) -> object:
        compiler = typst.Compiler(root=str(folder), font_paths=fonts(), ignore_system_fonts=True)
        return compiler.compile(
            input=str(folder / "minimal.typ"), format="pdf", pdf_standards=["a-2b"], sys_inputs={"words": f"青岚花园 {run}"}
        )

    return work


def measure(name: str, paper: Paper, reference: float, runs: int = RUNS) -> None:
    """Print one line: pages, size, time, time a page, and how many minimal pages that is."""
    numbered = [replace(paper, imprint=imprint(f"BENCH-{name}-{run}")) for run in range(runs)]
    took = seconds(lambda run: render(numbered[run]), runs)
    pdf = render(paper)
    pages = count_pages(pdf)
    print(
        f"{name:20} {pages:5} pages {len(pdf) / 1024:8.0f} KB {1000 * took:8.1f} ms "
        f"{1000 * took / pages:7.2f} ms a page = {took / pages / reference:5.2f} minimal pages"
    )


def main() -> None:
    """Print the figures of every paper, of letters to a whole building, of a filing pack and of a preview."""
    started = time.perf_counter()
    fonts()
    printable_characters()
    print(f"fonts found and read once for a process: {1000 * (time.perf_counter() - started):.0f} ms")
    minimal = minimal_page()
    minimal(-1)
    reference = seconds(minimal, 20)
    print(f"reference, one minimal page: {1000 * reference:.1f} ms")
    papers = every_paper()
    for name, paper in papers.items():
        measure(name, paper, reference)
    measure("n2, 1668 doors", roll_notice(), reference, 1)
    measure(f"n6, {MOST_LETTERS} doors", household_letters(MOST_LETTERS), reference, 1)
    entries = [PackEntry(name, render(paper)) for name, paper in papers.items()]
    took = seconds(lambda run: build_pack(entries, imprint=imprint(f"B{run}"), subject="备案", addressee="街道办事处"))
    pack = build_pack(entries, imprint=imprint("B"), subject="备案", addressee="街道办事处")
    print(f"filing pack: {len(entries)} papers, {pack.pages} pages, {len(pack.content) / 1024:.0f} KB, {1000 * took:.0f} ms")
    pdf = render(papers["n5_renewal"])
    took = seconds(lambda run: page_image(pdf, 1, 1_000 + run))
    print(f"preview, one page of 1,000 px: {1000 * took:.0f} ms")
    print(f"most memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
