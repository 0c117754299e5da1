"""Others' readers of what `persist-hook record` prints: every one gives the lines of a zone file that it understood.

None of them knows our writers; what each does to a text is what the tool that it stands for does.
"""

import json
import os
import pathlib
import re
import subprocess

import yaml
from zone_text import line, quoted, strings

HERE = pathlib.Path(__file__).parent


def run(words, text=None, **more):
    """Standard output of a program that must end with 0."""
    done = subprocess.run([str(word) for word in words], input=text, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise RuntimeError("%s: status %d: %s" % (words[0], done.returncode, done.stdout + done.stderr))
    return done.stdout


def read_zone(text, _):
    return text.splitlines()


def read_value(text, job):
    """What a person enters in a panel: the value as it stands; what looks like CAA is none of it."""
    owner = "_validation-persist.%s." % job.name
    return [line(job.name + ".", 300, "CAA", value) if re.match(r'\d+ issue(wild)? "', value)
            else line(owner, 300, "TXT", strings(value)) for value in text.splitlines()]


def read_json(text, _):
    document = json.loads(text)
    lines = []
    for record in document["records"]:
        owner, ttl = record["owner"] + ".", record["ttl"]
        if record["type"] == "CAA":
            lines.append(line(owner, ttl, "CAA", '%d %s %s' % (record["flags"], record["tag"], quoted(record["value"]))))
        else:
            assert "".join(record["character_strings"]) == record["value"]
            lines.append(line(owner, ttl, "TXT", " ".join(quoted(part) for part in record["character_strings"])))
    assert [record["zone_line"] for record in document["records"]] == lines, (document, lines)
    return lines


def read_terraform(text, job):
    """Terraform's own reader; CAA, for which the provider has nothing, stands in comments."""
    return run([job.tools.hcl_reader], text).splitlines() + re.findall(r"^# (\S+ \d+ IN CAA .*)$", text, re.MULTILINE)


def read_dnscontrol(text, job):
    """A JavaScript engine, with DNSControl's functions as far as they matter here."""
    records = json.loads(run(["node", HERE / "dnscontrol_functions.js"], text))
    return [line(record["owner"], record["ttl"], record["type"],
                 strings(record["value"]) if record["type"] == "TXT" else
                 "0 %s %s" % (record["tag"], quoted(record["value"]))) for record in records]


def read_route53(text, _):
    """Values are texts of a zone file, but for numbers in escapes, which are octal there: there must be none."""
    lines = []
    for change in json.loads(text)["Changes"]:
        assert change["Action"] == "UPSERT"
        records = change["ResourceRecordSet"]
        for record in records["ResourceRecords"]:
            assert not re.search(r"(?<!\\)(\\\\)*\\\d", record["Value"]), record
            lines.append(line(records["Name"], records["TTL"], records["Type"], record["Value"]))
    return lines


def read_cloudflare(text, _):
    lines = []
    for post in json.loads(text)["posts"]:
        content = post["content"] if post["type"] == "TXT" else "%(flags)d %(tag)s " % post["data"] + quoted(
            post["data"]["value"])
        lines.append(line(post["name"] + ".", post["ttl"], post["type"], content))
    return lines


OCTODNS = """providers:
  yaml: {{class: octodns.provider.yaml.YamlProvider, directory: {folder}, escaped_semicolons: true}}
  bind: {{class: octodns_bind.ZoneFileProvider, directory: {folder}/bind}}
zones:
  test.: {{sources: [yaml], targets: [bind]}}
"""


def read_octodns(text, job):
    """octoDNS with its provider for zone files; knows its own order of names."""
    folder = pathlib.Path(job.folder)
    (folder / "test.yaml").write_text(text)
    (folder / "octodns.yaml").write_text(OCTODNS.format(folder=folder))
    run([job.tools.python.parent / "octodns-sync", "--config-file", folder / "octodns.yaml", "--doit", "--force"])
    lines, owner = [], ""
    for written in (folder / "bind" / "test.").read_text().splitlines():
        found = re.match(r"(\S*) +(\d+) IN (TXT|CAA) +(.*)$", written)
        if found:
            owner = found[1] or owner
            lines.append(line(owner + ".test.", int(found[2]), found[3], found[4]))
    return lines


def read_ticket(text, job):
    """What a person reads; the commands to check with must work as they stand."""
    fields = re.findall(r"^  name   (\S+)\n  type   (\S+)\n  TTL    (\d+)\n  value  (.*)$", text, re.MULTILINE)
    job.commands = re.findall(r"^  (persist-hook check .*)$", text, re.MULTILINE)
    assert len(job.commands) == len(job.case.dialects), text
    return [line(owner, int(ttl), kind, strings(value) if kind == "TXT" else value) for owner, kind, ttl, value in fields]


def apply_nsupdate(text, job):
    """Runs it; the records are those of the server then."""
    run(["nsupdate", "-y", job.updates.key], "server 127.0.0.1 %d\n" % job.updates.port + text)


class AnsibleLoader(yaml.SafeLoader):
    """Only to look at a playbook; ansible-playbook itself reads it then."""


AnsibleLoader.add_constructor("!unsafe", AnsibleLoader.construct_yaml_str)


def apply_ansible(text, job):
    """Checks the playbook and plays it; a second play must find nothing to change."""
    playbook = pathlib.Path(job.folder) / "playbook.yaml"
    playbook.write_text(text)
    assert len(yaml.load(text, AnsibleLoader)) == 1  # one play
    _, name, secret = job.updates.key.split(":")
    given = {"dns_server": "127.0.0.1", "dns_port": job.updates.port, "dns_key_name": name, "dns_key_secret": secret,
             "ansible_python_interpreter": str(job.tools.python)}
    environment = dict(os.environ, ANSIBLE_COLLECTIONS_PATH=str(job.tools.collections), ANSIBLE_HOME=str(job.folder),
                       ANSIBLE_NOCOLOR="1", ANSIBLE_LOCALHOST_WARNING="0", ANSIBLE_INVENTORY_UNPARSED_WARNING="0",
                       LC_ALL="C.UTF-8")
    program = job.tools.python.parent / "ansible-playbook"
    run([program, "--syntax-check", playbook], env=environment)
    words = [program, playbook, "--extra-vars", json.dumps(given)]
    assert "changed=0" not in run(words, env=environment)
    again = run(words, env=environment)
    assert "changed=0" in again, again


READERS = {"zone": read_zone, "value": read_value, "json": read_json, "terraform": read_terraform,
           "octodns": read_octodns, "dnscontrol": read_dnscontrol, "route53": read_route53,
           "cloudflare": read_cloudflare, "ticket": read_ticket}
APPLIERS = {"nsupdate": apply_nsupdate, "ansible": apply_ansible}
