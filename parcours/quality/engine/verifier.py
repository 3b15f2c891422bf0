"""Vérifie un dossier de preuves, sans réseau : python3 verifier.py [le dossier, ou le fichier .zip]

Chaque fichier doit être celui que manifest.json annonce, sans rien de plus ni de moins.
"""

import hashlib
import json
import sys
import zipfile
import zlib
from pathlib import Path

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
CHUNK = 1 << 20
UNREADABLE = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)


class Folder:
    def __init__(self, root):
        self.root = Path(root)

    def names(self):
        found = (path for path in self.root.rglob("*") if path.is_file() or path.is_symlink())
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def chunks(self, name):
        path = self.root / name
        if path.is_symlink():
            return
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


class Zip:
    def __init__(self, path):
        self.archive = zipfile.ZipFile(path)

    def names(self):
        return sorted(info.filename for info in self.archive.infolist() if not info.is_dir())

    def chunks(self, name):
        with self.archive.open(name) as file:
            while chunk := file.read(CHUNK):
                yield chunk


def say(text):
    sys.stdout.write(f"{text}\n")


def sha256(source, name):
    digest = hashlib.sha256()
    try:
        for chunk in source.chunks(name):
            digest.update(chunk)
    except UNREADABLE:
        return ""
    return digest.hexdigest()


def outside(name):
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def check(source):
    """The faults, one sentence each, and how many files were compared."""
    names = source.names()
    if MANIFEST not in names:
        return ["manifest.json : absent. Rien ne peut être vérifié."], 0
    try:
        files = json.loads(b"".join(source.chunks(MANIFEST)))["files"]
        told = {one["path"]: one["sha256"] for one in files}
    except (ValueError, KeyError, TypeError, *UNREADABLE):
        return ["manifest.json : illisible. Rien ne peut être vérifié."], 0
    faults = [f"{name} : son chemin sort du dossier." for name in [*names, *told] if outside(name)]
    faults += [f"{name} : présent deux fois." for name in sorted({one for one in names if names.count(one) > 1})]
    faults += [f"{name} : absent." for name in sorted(set(told) - set(names))]
    faults += [f"{name} : ajouté, il n’est pas au manifeste." for name in extra(names, told)]
    faults += [f"{name} : modifié." for name in sorted(set(told) & set(names)) if sha256(source, name) != told[name]]
    return faults + sums_faults(source, names, told), len(told)


def extra(names, told):
    return sorted(set(names) - set(told) - {MANIFEST, SUMS})


def sums_faults(source, names, told):
    """The list of sums says the same as the manifest, and the hash of the manifest itself."""
    if SUMS not in names:
        return [f"{SUMS} : absent."]
    wanted = told | {MANIFEST: sha256(source, MANIFEST)}
    try:
        found = b"".join(source.chunks(SUMS)).decode("utf-8", "replace")
    except UNREADABLE:
        found = ""
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(told.items()))
    if found != f"{listed}{wanted[MANIFEST]}  {MANIFEST}\n":
        return [f"{SUMS} : ne dit pas la même chose que manifest.json, ou manifest.json a été modifié."]
    return []


def main(arguments):
    place = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    if not place.exists():
        say(f"{place} : introuvable.")
        return 2
    try:
        source = Folder(place) if place.is_dir() else Zip(place)
    except zipfile.BadZipFile:
        say(f"{place} : ce fichier n’est pas une archive zip entière.")
        return 1
    faults, count = check(source)
    for fault in faults:
        say(fault)
    if faults:
        say(f"\nLe dossier a changé : {len(faults)} différence(s).")
        return 1
    say(f"Rien n’a changé : {count} fichiers vérifiés.")
    say(f"Empreinte du manifeste, à comparer avec celle de la plateforme : {sha256(source, MANIFEST)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
