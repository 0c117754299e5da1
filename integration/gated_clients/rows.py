"""What is tried with each client: which hook meets which record, and what must come of it."""

import itertools
from typing import NamedTuple, Optional

import locales
import records

CASES = {case.name: case for case in records.CASES}
# No certificate may come of a record that is not there, or not right in one of its parts; others must not be stopped.
TABLE = ["good", "missing", "wrong-account", "other-issuer", "trailing-semicolon", "expired", "in-time", "wildcard",
         "wildcard-no-policy"]
OUR_TEXT = "persist-hook: error:"
# Nobody answers; the owner mistook himself. Neither is a yes.
BROKEN = {"dns-down": {"PERSIST_HOOK_RESOLVER": "127.0.0.1:{closed_port}"},
          "unknown-setting": {"PERSIST_HOOK_NO_SUCH_SETTING": "1"}}


class Row(NamedTuple):
    """One order."""

    name: str
    case: records.Case
    style: str                     # which of the client's hooks is ours
    quiet: bool = False
    reused: bool = False           # the authorization is valid already
    broken: str = ""               # what is wrong with persist-hook's surroundings: see BROKEN
    hook: Optional[str] = None     # another program than persist-hook
    abort: str = ""                # --certbot-abort
    locale: str = "c-utf-8"        # one of locales.LOCALES
    background: bool = False       # started with `&`
    stderr: str = "pipe"           # what the client's standard error is
    issues: Optional[bool] = None  # else, as the record says
    status: Optional[int] = None   # the client's; else 0 or what it has for a hook that stops it
    says: Optional[bool] = None    # whether our text is in what the client says; else, when it is stopped
    text: str = OUR_TEXT + " {identifier}: "
    logged: bool = False           # there is a log of the system, and it must have a line if the client is stopped

    @property
    def certificate_expected(self):
        return self.case.authorises if self.issues is None else self.issues


def row(style, case, label="", **more):
    name = "-".join(part for part in (style, label, case) if part)
    return Row(name, CASES[case], style, **more)


def rows_of_all(kind, twice):
    """The table with each of the client's hooks, and the proof that nothing else stops the client. `twice`: quiet and not
    so; else by turns."""
    turns = itertools.cycle(kind.verbosities)
    for style in kind.styles:
        yield row(style, "missing", "unguarded", hook="/usr/bin/true", issues=True, says=False)
        for case in TABLE:
            for quiet in kind.verbosities if twice else (next(turns),):
                yield row(style, case, "quiet" if quiet else "", quiet=quiet)
        for broken in BROKEN:
            more = {} if broken == "dns-down" else {"text": OUR_TEXT}
            yield row(style, "good", broken, broken=broken, issues=False, **more)
        # Who hooks in behind the order is not asked then.
        stops = style in kind.gates
        yield row(style, "missing", "reused", reused=True, issues=not stops, says=stops)


def certbot_rows():
    """How it is stopped, whoever started it and whatever it was started in."""
    for style in ("pre", "auth"):
        # This is why an exit status is not enough for it.
        yield row(style, "missing", "exit-1", hook="/usr/bin/false", issues=True, says=False)
        yield row(style, "missing", "abort-run", abort="run")
        yield row(style, "missing", "abort-none", abort="none", issues=True, says=True,
                  text="certbot goes on regardless")
        yield row(style, "good", "abort-nonsense", abort="nonsense", issues=False, text=OUR_TEXT)
        yield row(style, "missing", "background", background=True)
        yield row(style, "good", "background", background=True)
        yield row(style, "missing", "background-run", background=True, abort="run", status=143)
        # Python's status where it cannot write what it says.
        yield row(style, "missing", "unwritable", stderr="unwritable", quiet=True, says=False, logged=True, status=120)
    for stderr in ("terminal", "file", "appended", "socket"):
        for quiet in (False, True):
            yield row("pre", "missing", stderr + ("-quiet" if quiet else ""), stderr=stderr, quiet=quiet)
    styles = itertools.cycle(("pre", "auth"))
    for locale in locales.LOCALES:
        yield row(next(styles), "missing", "locale-" + locale, locale=locale, quiet=True)
    yield row("pre", "good", "locale-iso-8859-1", locale="iso-8859-1")
    yield row("pre", "missing", "background-iso-8859-1", locale="iso-8859-1", background=True, status=143)


NEWEST = "certbot-5.8.0"
# Of the older certbot releases no more than this, but with --long.
SHORT = ("unguarded", "reused", "dns-down", "unknown-setting", "exit-1", "abort", "background", "iso-8859-1", "file", "socket",
         "unwritable")


def rows_of(kind, long):
    found = list(rows_of_all(kind, long))
    if kind.name.startswith("certbot"):
        found += certbot_rows()
        if not long and kind.name != NEWEST:
            found = [r for r in found if r.case.name in ("good", "wildcard-no-policy") or any(p in r.name for p in SHORT)]
    return found
