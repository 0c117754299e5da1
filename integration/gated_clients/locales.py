"""The locales in which certbot may run: made here from Debian's sources, in a folder that LOCPATH names."""

import pathlib
import subprocess

# Where certbot decodes what a hook writes by a table of all 256 octets, none is wrong.
ONE_OCTET = {
    "en_US.ISO-8859-1": ("en_US", "ISO-8859-1"),
    "pl_PL.ISO-8859-2": ("pl_PL", "ISO-8859-2"),
    "tr_TR.ISO-8859-9": ("tr_TR", "ISO-8859-9"),
    "de_DE.ISO-8859-15": ("de_DE", "ISO-8859-15"),
    "ru_RU.KOI8-R": ("ru_RU", "KOI8-R"),
    "ru_RU.CP1251": ("ru_RU", "CP1251"),
    "en_US.CP1252": ("en_US", "CP1252"),
}
OTHERS = {
    "en_US.UTF-8": ("en_US", "UTF-8"),
    "ja_JP.EUC-JP": ("ja_JP", "EUC-JP"),
    "zh_CN.GB18030": ("zh_CN", "GB18030"),
    "zh_TW.BIG5": ("zh_TW", "BIG5"),
}
# Those for which there is nothing to make: what C libraries have in them, none at all, one that is not there.
READY = ["C", "POSIX", "C.UTF-8", "", "xx_XX.UTF-8"]
# Variables that make Python decode in another way than the locale's.
UTF8_MODE = "en_US.ISO-8859-1 with PYTHONUTF8"
ALL = READY + list(OTHERS) + list(ONE_OCTET) + [UTF8_MODE]


def variables(locale, folder):
    """What is set in certbot's environment for it."""
    name, _, mode = locale.partition(" with ")
    made = {"LOCPATH": str(folder)} if name in ONE_OCTET or name in OTHERS else {}
    return {**made, **({"LC_ALL": name} if name else {}), **({mode: "1"} if mode else {})}


def make(locale, folder):
    """Makes what the locale needs, unless it is there."""
    name = locale.partition(" with ")[0]
    source = {**ONE_OCTET, **OTHERS}.get(name)
    path = pathlib.Path(folder) / name
    if source is None or path.exists():
        return
    done = subprocess.run(["localedef", "--no-archive", "--force", "--quiet", "--inputfile", source[0], "--charmap", source[1],
                           str(path)], capture_output=True, text=True)
    if not path.exists():
        raise RuntimeError("localedef %s: %s" % (name, done.stderr))
