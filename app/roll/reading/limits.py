"""Own the limits on uploaded rolls and the plain refusals for files that exceed them."""

from __future__ import annotations

from app.roll.errors import RollFileRefused

#: Largest file that is read at all.
MAX_FILE_BYTES = 20 * 1024 * 1024
#: Largest content of a packed file; 50,000 rows of a registry extract take about 60 MB.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
#: Largest ratio of content to packed size for one part; real spreadsheets stay under 40.
MAX_PACKING_RATIO = 250
#: Parts smaller than this may pack as well as they like.
RATIO_APPLIES_FROM_BYTES = 4 * 1024 * 1024
#: Most parts in one packed file.
MAX_PARTS = 2_000
#: Most rows and columns of a sheet; the area of a sheet is allocated whole when it is read.
MAX_ROWS = 60_000
MAX_COLUMNS = 256
MAX_SHEETS = 50
#: Longest text of one cell that is looked at.
MAX_CELL_CHARACTERS = 2_000


def require_size(size_bytes: int) -> None:
    """Refuse an empty or oversized file; meant to be called with the announced size before anything is read."""
    if size_bytes == 0:
        raise RollFileRefused("file_empty", "文件是空的，没有任何内容。", "The file is empty.")
    if size_bytes > MAX_FILE_BYTES:
        raise RollFileRefused(
            "file_too_large",
            f"文件有 {size_bytes // 1048576} MB，超过 {MAX_FILE_BYTES // 1048576} MB 的上限，没有读取。",
            f"The file has {size_bytes // 1048576} MB, more than the limit of {MAX_FILE_BYTES // 1048576} MB; it was not read.",
            size_bytes=size_bytes,
        )


def require_extent(sheet: str, rows: int, columns: int) -> None:
    """Refuse a sheet whose used range is larger than any roll's."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise RollFileRefused(
            "sheet_too_large",
            f"工作表「{sheet}」用到了第 {rows} 行、第 {columns} 列，超过 {MAX_ROWS} 行、{MAX_COLUMNS} 列的上限；"
            "请删去多余的行和列，或按楼栋分成几个文件。",
            f"Sheet “{sheet}” uses {rows} rows and {columns} columns, more than {MAX_ROWS} rows and {MAX_COLUMNS} columns; "
            "remove what is not needed or split the file by building.",
            rows=rows,
            columns=columns,
        )
