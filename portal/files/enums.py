"""The kinds of files the portal knows, with the names and types they go by."""

from django.db.models import TextChoices


class FileType(TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"
    MARKDOWN = "markdown", "Markdown"
    TEXT = "text", "TXT"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    GIF = "gif", "GIF"
    WEBP = "webp", "WebP"


T = FileType
EXTENSIONS: dict[str, FileType] = {
    "pdf": T.PDF,
    "docx": T.DOCX,
    "xlsx": T.XLSX,
    "csv": T.CSV,
    "md": T.MARKDOWN,
    "markdown": T.MARKDOWN,
    "txt": T.TEXT,
    "text": T.TEXT,
    "jpg": T.JPEG,
    "jpeg": T.JPEG,
    "mpo": T.JPEG,
    "png": T.PNG,
    "gif": T.GIF,
    "webp": T.WEBP,
}
SUFFIXES: dict[str, str] = {
    T.PDF: ".pdf",
    T.DOCX: ".docx",
    T.XLSX: ".xlsx",
    T.CSV: ".csv",
    T.MARKDOWN: ".md",
    T.TEXT: ".txt",
    T.JPEG: ".jpg",
    T.PNG: ".png",
    T.GIF: ".gif",
    T.WEBP: ".webp",
}
MEDIA_TYPES: dict[str, str] = {
    T.PDF: "application/pdf",
    T.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    T.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    T.CSV: "text/csv; charset=utf-8",
    T.MARKDOWN: "text/markdown; charset=utf-8",
    T.TEXT: "text/plain; charset=utf-8",
    T.JPEG: "image/jpeg",
    T.PNG: "image/png",
    T.GIF: "image/gif",
    T.WEBP: "image/webp",
}
# All three are plain text; only the name tells them apart.
PLAIN = frozenset({T.CSV, T.MARKDOWN, T.TEXT})
IMAGES = frozenset({T.JPEG, T.PNG, T.GIF, T.WEBP})
