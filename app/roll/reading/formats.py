"""Own what kind of file was uploaded, by its first bytes and never by its name (kind 34)."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum

from app.roll.errors import RollFileRefused

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<head", b"<meta", b"<body", b"<?xml", b"<style", b"<div")


class FileFormat(StrEnum):
    """Name the formats that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


def detect_format(data: bytes) -> FileFormat:
    """Say which format the bytes have; raises RollFileRefused with the way out for every other format."""
    if data.startswith(_OLE2):
        if _ENCRYPTED_PACKAGE in data:
            raise password_protected()
        return FileFormat.XLS
    if data.startswith(_ZIP):
        return _detect_in_zip(data)
    if data.startswith(_EMPTY_ZIP):
        raise _other_format("空的压缩包", "an empty archive")
    head = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(_MARKUP):
        raise RollFileRefused(
            "file_is_html",
            "这个文件的内容是网页（HTML/XML），只是名字像表格；请在 Excel 或 WPS 里打开后另存为 .xlsx 再上传。",
            "The file is a web page (HTML/XML) under a spreadsheet's name; open it in Excel or WPS and save it as .xlsx.",
        )
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise _other_format("图片、PDF 或压缩包", "a picture, PDF or archive")
    return FileFormat.CSV


def password_protected() -> RollFileRefused:
    """Return the refusal for a file that asks for a password."""
    return RollFileRefused(
        "file_password_protected",
        "文件设有打开密码，无法读取；请先在 Excel 或 WPS 里去掉密码再上传。",
        "The file is protected by a password; remove the password in Excel or WPS first.",
    )


def damaged() -> RollFileRefused:
    """Return the refusal for a spreadsheet that cannot be read."""
    return RollFileRefused(
        "file_damaged",
        "文件已损坏或不完整，无法读取；请重新导出后再上传。",
        "The file is damaged or incomplete and cannot be read; export it again.",
    )


def _detect_in_zip(data: bytes) -> FileFormat:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise damaged() from error
    if "xl/workbook.xml" in names:
        return FileFormat.XLSX
    if "xl/workbook.bin" in names:
        raise _other_format(".xlsb 二进制表格", "a binary .xlsb workbook")
    if "mimetype" in names and "content.xml" in names:
        raise _other_format("OpenDocument 表格", "an OpenDocument spreadsheet")
    raise _other_format("压缩包或其他文档", "an archive or another document")


def _other_format(what_zh: str, what_en: str) -> RollFileRefused:
    return RollFileRefused(
        "file_format_unsupported",
        f"这是{what_zh}，不是可以导入的名册；请另存为 .xlsx 或 .csv 再上传。",
        f"This is {what_en}, not a roll that can be imported; save it as .xlsx or .csv.",
    )
