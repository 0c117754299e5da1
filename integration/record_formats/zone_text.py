"""Lines of a zone file, made from what others read; RFC 1035 section 5.1."""


def quoted(text):
    """One string, as that of CAA is, whatever its length."""
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')


def strings(value):
    """Character-strings of at most 255 octets."""
    return " ".join(quoted(value[at:at + 255]) for at in range(0, len(value), 255))


def line(owner, ttl, kind, text):
    return "%s %d IN %s %s" % (owner, ttl, kind, text)
