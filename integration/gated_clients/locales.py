"""The locales in which certbot may run: made here from Debian's sources, in a folder that LOCPATH names."""

import pathlib
import subprocess
from typing import NamedTuple, Tuple


class Locale(NamedTuple):
    name: str                                # LC_ALL; empty: not set
    source: str = ""                         # what it is made of; empty: there is nothing to make
    more: Tuple[Tuple[str, str], ...] = ()   # other variables


LOCALES = {
    "unset": Locale(""),
    "c": Locale("C"),
    "posix": Locale("POSIX"),
    "c-utf-8": Locale("C.UTF-8"),
    "not-there": Locale("xx_XX.UTF-8"),
    "utf-8": Locale("en_US.UTF-8", "en_US"),
    # Charsets of several octets a character. None of them has 0xFF.
    "euc-jp": Locale("ja_JP.EUC-JP", "ja_JP"),
    "gb18030": Locale("zh_CN.GB18030", "zh_CN"),
    "big5": Locale("zh_TW.BIG5", "zh_TW"),
    # Where all 256 octets are characters certbot can read whatever a hook writes.
    "iso-8859-1": Locale("en_US.ISO-8859-1", "en_US"),
    "iso-8859-2": Locale("pl_PL.ISO-8859-2", "pl_PL"),
    "iso-8859-9": Locale("tr_TR.ISO-8859-9", "tr_TR"),
    "iso-8859-15": Locale("de_DE.ISO-8859-15", "de_DE"),
    "koi8-r": Locale("ru_RU.KOI8-R", "ru_RU"),
    "cp1251": Locale("ru_RU.CP1251", "ru_RU"),
    "cp1252": Locale("en_US.CP1252", "en_US"),
    "iso-8859-1-in-utf-8-mode": Locale("en_US.ISO-8859-1", "en_US", (("PYTHONUTF8", "1"),)),
}


def variables(label, folder):
    """What is set in certbot's environment; what the locale needs is made in `folder` if it is not there."""
    locale = LOCALES[label]
    found = dict(locale.more)
    if locale.name:
        found["LC_ALL"] = locale.name
    if locale.source:
        make(locale, pathlib.Path(folder))
        found["LOCPATH"] = str(folder)
    return found


def make(locale, folder):
    path = folder / locale.name
    if path.exists():
        return
    folder.mkdir(exist_ok=True)
    charset = locale.name.partition(".")[2]
    # Its status is 1 for mere warnings.
    done = subprocess.run(["localedef", "--no-archive", "--force", "--quiet", "--inputfile", locale.source,
                           "--charmap", charset, str(path)], capture_output=True, text=True)
    if not path.exists():
        raise RuntimeError("localedef makes no %s: %s" % (locale.name, done.stderr))
