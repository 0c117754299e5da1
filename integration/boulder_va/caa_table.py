"""Named CAA sets, each with what Boulder is known to make of it: the cases that a random row may miss.

A set is lines of the form `flags tag value`; where a word stands instead, it is what DNS says: nxdomain, servfail, ...
"""

ISSUER = "letsencrypt.org"
ACCOUNT = "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"
OTHER = "https://acme-v02.api.letsencrypt.org/acme/acct/1234567891"
GOOD = "0 issue letsencrypt.org"
NOBODY = "0 issue ;"
ACCEPT, CAA, DNS = ("accept", None), ("reject", "caa"), ("reject", "dns")

NAME = "a.example.com"
STAR = "*.a.example.com"


def at_name(*records):
    return {NAME: list(records)}


def issue(value):
    return at_name("0 issue " + ISSUER + value)


# title, identifier, what DNS says by name (elsewhere there is no CAA), verdict and error type
TABLE = [
    ("no-set-anywhere", NAME, {}, ACCEPT),
    ("names-the-ca", NAME, at_name(GOOD), ACCEPT),
    ("nobody", NAME, at_name(NOBODY), CAA),
    ("empty-value", NAME, at_name("0 issue "), CAA),
    ("other-ca", NAME, at_name("0 issue pki.goog"), CAA),
    ("one-of-two", NAME, at_name("0 issue pki.goog", GOOD), ACCEPT),
    ("good-beside-nobody", NAME, at_name(NOBODY, GOOD), ACCEPT),
    ("tag-in-capitals", NAME, at_name("0 ISSUE ;"), CAA),
    ("issuer-in-capitals", NAME, at_name("0 issue LetsEncrypt.org"), CAA),
    ("issuer-with-a-final-dot", NAME, at_name("0 issue letsencrypt.org."), CAA),
    ("blanks-round-the-issuer", NAME, at_name("0 issue  \tletsencrypt.org\t ;"), ACCEPT),
    ("semicolon-behind-the-issuer", NAME, issue(";"), ACCEPT),
    ("two-semicolons-behind-the-issuer", NAME, issue(";;"), CAA),
    ("semicolon-behind-a-parameter", NAME, issue("; a=b;"), CAA),
    ("only-iodef", NAME, at_name("0 iodef mailto:a@example.com"), ACCEPT),

    # Where the set stands.
    ("set-of-the-parent", NAME, {"example.com": [NOBODY]}, CAA),
    ("set-of-the-top-level", NAME, {"com": [NOBODY]}, CAA),
    ("own-set-hides-the-parent", NAME, {NAME: [GOOD], "example.com": [NOBODY]}, ACCEPT),
    ("iodef-hides-the-parent", NAME, {NAME: ["0 iodef x"], "example.com": [NOBODY]}, ACCEPT),
    ("nxdomain-is-no-set", NAME, {NAME: "nxdomain", "example.com": [GOOD]}, ACCEPT),
    ("nxdomain-of-the-top-level", NAME, {"com": "nxdomain"}, DNS),
    ("nxdomain-of-the-top-level-above-a-set", NAME, {NAME: [GOOD], "com": "nxdomain"}, ACCEPT),
    ("one-label", "intranet", {}, ACCEPT),
    ("one-label-nxdomain", "intranet", {"intranet": "nxdomain"}, DNS),

    # Look-ups that fail.
    ("failure-at-the-name", NAME, {NAME: "servfail", "example.com": [GOOD]}, DNS),
    ("failure-at-the-parent", NAME, {"example.com": "servfail"}, DNS),
    ("failure-at-the-top-level", NAME, {"com": "servfail"}, DNS),
    ("failure-above-the-set", NAME, {NAME: [GOOD], "example.com": "servfail", "com": "servfail"}, ACCEPT),
    ("failure-above-a-set-that-forbids", NAME, {NAME: [NOBODY], "example.com": "servfail"}, CAA),
    ("bogus", NAME, {NAME: "bogus"}, DNS),
    ("refused", NAME, {NAME: "refused"}, DNS),
    ("timeout", NAME, {NAME: "timeout"}, DNS),
    ("truncated", NAME, {NAME: "truncated"}, DNS),

    # issuewild.
    ("wildcard-by-issue", STAR, at_name(GOOD), ACCEPT),
    ("wildcard-by-issuewild", STAR, at_name(NOBODY, "0 issuewild letsencrypt.org"), ACCEPT),
    ("issuewild-forbids", STAR, at_name(GOOD, "0 issuewild ;"), CAA),
    ("issuewild-in-capitals-forbids", STAR, at_name(GOOD, "0 IssueWild ;"), CAA),
    ("issuewild-is-ignored", NAME, at_name(GOOD, "0 issuewild ;"), ACCEPT),
    ("issuewild-alone-is-ignored", NAME, at_name("0 issuewild ;"), ACCEPT),
    ("issuewild-is-no-issue", NAME, at_name(NOBODY, "0 issuewild letsencrypt.org"), CAA),

    # Critical properties.
    ("critical-unknown", NAME, at_name(GOOD, "128 tbs x"), CAA),
    ("critical-unknown-by-bit-1", NAME, at_name(GOOD, "1 tbs x"), CAA),
    ("critical-unknown-by-all-bits", NAME, at_name(GOOD, "255 tbs x"), CAA),
    ("unknown-with-other-bits", NAME, at_name(GOOD, "126 tbs x"), ACCEPT),
    ("unknown", NAME, at_name(GOOD, "0 tbs x"), ACCEPT),
    ("critical-issue", NAME, at_name("128 issue letsencrypt.org"), ACCEPT),
    ("critical-iodef", NAME, at_name(GOOD, "128 IODEF mailto:a@example.com"), ACCEPT),
    ("critical-issuemail", NAME, at_name(GOOD, "128 issueMail ;"), ACCEPT),
    ("critical-issuevmc", NAME, at_name(GOOD, "128 issuevmc ;"), ACCEPT),
    ("critical-unknown-alone", NAME, at_name("128 tbs x"), CAA),

    # accounturi.
    ("account", NAME, issue("; accounturi=" + ACCOUNT), ACCEPT),
    ("other-account", NAME, issue("; accounturi=" + OTHER), CAA),
    ("no-account", NAME, issue("; accounturi="), CAA),
    ("account-in-capitals", NAME, issue("; accounturi=" + ACCOUNT.upper()), CAA),
    ("account-twice", NAME, issue("; accounturi=%s; accounturi=%s" % (ACCOUNT, ACCOUNT)), CAA),
    ("accounturi-in-capitals-does-not-restrict", NAME, issue("; AccountURI=" + OTHER), ACCEPT),
    ("other-account-in-another-record", NAME, at_name("0 issue letsencrypt.org; accounturi=" + OTHER, GOOD), ACCEPT),

    # validationmethods.
    ("method", NAME, issue("; validationmethods=dns-persist-01"), ACCEPT),
    ("method-last", NAME, issue("; validationmethods=http-01,dns-01,dns-persist-01"), ACCEPT),
    ("other-methods", NAME, issue("; validationmethods=http-01,dns-01"), CAA),
    ("no-methods", NAME, issue("; validationmethods="), CAA),
    ("method-in-capitals", NAME, issue("; validationmethods=DNS-PERSIST-01"), CAA),
    ("blank-behind-the-comma", NAME, issue("; validationmethods=dns-01, dns-persist-01"), CAA),
    ("bad-method-before-ours", NAME, issue("; validationmethods=a_b,dns-persist-01"), CAA),
    ("bad-method-behind-ours", NAME, issue("; validationmethods=dns-persist-01,a_b"), ACCEPT),
    ("comma-behind-ours", NAME, issue("; validationmethods=dns-persist-01,"), ACCEPT),
    ("methods-twice", NAME, issue("; validationmethods=dns-persist-01; validationmethods=dns-persist-01"), CAA),
    ("validationmethods-in-capitals-does-not-restrict", NAME, issue("; ValidationMethods=http-01"), ACCEPT),
    ("account-and-method", NAME, issue("; validationmethods=dns-persist-01; accounturi=" + ACCOUNT), ACCEPT),
    ("account-and-method-of-two-records", NAME, at_name(
        "0 issue letsencrypt.org; validationmethods=dns-01; accounturi=" + ACCOUNT,
        "0 issue letsencrypt.org; validationmethods=dns-persist-01; accounturi=" + OTHER), CAA),

    # Other parameters.
    ("unknown-parameter", NAME, issue("; foo=bar"), ACCEPT),
    ("hyphen-in-a-tag", NAME, issue("; foo-bar=1"), CAA),
    ("tag-of-no-octet", NAME, issue("; =1"), ACCEPT),
    ("no-equals", NAME, issue("; foo"), CAA),
    ("blank-in-a-value", NAME, issue("; foo=a b"), CAA),
    ("octet-that-is-not-ascii", NAME, issue("; foo=\u00e9"), CAA),
]

# Data that no zone file line has: RDATA in hexadecimal.
RDATA = [
    ("no-octet", "", ACCEPT),
    ("flags-alone", "00", ACCEPT),
    ("critical-flags-alone", "80", CAA),
    ("no-tag", "000078", ACCEPT),
    ("critical-without-a-tag", "800078", CAA),
    ("tag-over-the-end", "0006" + b"issue".hex(), DNS),
    ("tag-of-255-octets", "00ff" + "61" * 255, ACCEPT),
]


def rdata(line):
    flags, tag, value = line.split(" ", 2)
    return bytes([int(flags), len(tag)]).hex() + tag.encode().hex() + value.encode().hex()


def answer(name, said):
    if isinstance(said, str):
        return {"name": name, "dns": said, "hex": []}
    return {"name": name, "dns": "noerror", "hex": [rdata(line) for line in said]}


def row(title, name, caa, verdict):
    base = name.removeprefix("*.")
    record = "%s; accounturi=%s; policy=wildcard" % (ISSUER, ACCOUNT)
    return {
        "id": "caa-" + title, "draft": "01", "identifier": {"type": "dns", "value": name},
        "query_name": "_validation-persist." + base, "dns": "noerror", "answer": [{"hex": [record.encode().hex()]}],
        "elsewhere": [], "issuer_domain_names": [ISSUER],
        "account": {"url": ACCOUNT, "status": "valid", "thumbprints": []}, "account_hash_prefix": None,
        "accepted_hash_algs": None, "allow_parent": False, "now": 1795219200, "caa": caa,
        "boulder": {"verdict": verdict[0], "error": verdict[1]},
    }


def without_good_record():
    """A record that is not good is all that Boulder says; nothing is asked about CAA."""
    made = row("record-not-good", NAME, [answer(NAME, [NOBODY])], ("reject", "unauthorized"))
    return dict(made, answer=[{"hex": [(ISSUER + "; accounturi=" + OTHER).encode().hex()]}])


def rows():
    chain = [NAME, "alias.example.net", "caa.example.org"]
    made = [row(title, name, [answer(at, said) for at, said in caa.items()], verdict) for title, name, caa, verdict in TABLE]
    made += [row(title, NAME, [{"name": NAME, "dns": "noerror", "hex": [octets]}], verdict)
             for title, octets, verdict in RDATA]
    made += [
        row("alias", NAME, [dict(answer(NAME, [NOBODY]), cname_chain=chain)], CAA),
        row("alias-without-a-set", NAME, [dict(answer(NAME, "nodata"), cname_chain=chain), answer("example.net", [NOBODY])],
            ACCEPT),
        row("alias-to-nothing", NAME, [dict(answer(NAME, "nxdomain"), cname_chain=chain)], ACCEPT),
        without_good_record(),
    ]
    return made
