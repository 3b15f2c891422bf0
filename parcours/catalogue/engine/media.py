"""The files a page may show, known by their name; sounds also by their first bytes."""

EXTENSIONS = {
    "image": (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"),
    "document": (".pdf", ".odt", ".ods", ".docx", ".xlsx", ".csv", ".txt"),
    "video": (".mp4", ".webm"),
    "captions": (".vtt",),
    "audio": (".mp3", ".ogg", ".m4a", ".wav"),
}
HEAD = 12
"""Bytes enough to know a sound."""


def is_named(name: str, kind: str) -> bool:
    return name.lower().endswith(EXTENSIONS[kind])


def sounds_like(head: bytes) -> str:
    """The extension of the sound these first bytes begin, or nothing."""
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0):
        return ".mp3"
    if head.startswith(b"OggS"):
        return ".ogg"
    if head[4:8] == b"ftyp":
        return ".m4a"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return ".wav"
    return ""


def sound_fault(name: str, head: bytes) -> str | None:
    """Why this file is not a sound that a browser plays."""
    if not is_named(name, "audio"):
        return "le son doit être un fichier mp3, ogg, m4a ou wav."
    if not sounds_like(head) or not name.lower().endswith(sounds_like(head)):
        return f"le contenu de « {name} » n’est pas celui d’un fichier {name.rpartition('.')[2].lower()}."
    return None
