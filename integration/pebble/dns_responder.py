"""The name server that Pebble asks, on a free port of 127.0.0.1, over TCP: gives each row's RDATA octet for octet."""

import asyncio
import struct
import threading

TXT, CNAME, IN = 16, 5, 1
# What DNS says in each outcome. A bogus answer is a failure of the validating resolver.
RCODES = {"noerror": 0, "nodata": 0, "nxdomain": 3, "servfail": 2, "bogus": 2, "refused": 5, "formerr": 1, "notimp": 4}
LARGEST = 65535  # octets of a message


def in_octets(name):
    """The wire form of a name."""
    labels = [label.encode() for label in name.split(".")]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def records(row):
    """Owner, type and RDATA of each record of the answer."""
    owner, found = row["query_name"], []
    for target in row.get("cname_chain", [])[1:]:
        found.append((owner, CNAME, in_octets(target)))
        owner = target
    for record in row["answer"]:
        strings = [bytes.fromhex(text) for text in record["hex"]]
        found.append((owner, TXT, b"".join(bytes([len(s)]) + s for s in strings)))
    return found


def answer_section(row):
    """The number of records and their octets, for a query of the row's name."""
    if row["dns"] != "noerror":
        return 0, b""
    asked, octets = row["query_name"], b""
    for owner, kind, rdata in records(row):
        octets += b"\xc0\x0c" if owner == asked else in_octets(owner)  # the question stands at octet 12
        octets += struct.pack("!HHIH", kind, IN, 300, len(rdata)) + rdata
    return len(records(row)), octets


def fits_a_message(row):
    return 12 + len(in_octets(row["query_name"])) + 4 + len(answer_section(row)[1]) <= LARGEST


class DnsResponder:
    """`with DnsResponder() as server`: serves what was put by `serve`; NXDOMAIN for every other name or type."""

    def __init__(self):
        self.rows, self.asked = {}, set()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        listening = asyncio.start_server(self.converse, "127.0.0.1", 0, backlog=1000)
        self.server = asyncio.run_coroutine_threadsafe(listening, self.loop).result()
        self.address = "127.0.0.1:%d" % self.server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    def serve(self, row):
        self.rows[row["query_name"]] = row

    async def converse(self, reader, writer):
        try:
            while True:
                size = int.from_bytes(await reader.readexactly(2), "big")
                reply = self.reply(await reader.readexactly(size))
                if reply is not None:  # silence, until the asker gives up
                    writer.write(struct.pack("!H", len(reply)) + reply)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def reply(self, query):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode("latin-1").lower())
            at += 1 + query[at]
        kind, = struct.unpack_from("!H", query, at + 1)
        name, question = ".".join(labels), query[12:at + 5]
        self.asked.add(name)
        row = self.rows.get(name) if kind == TXT else None
        if row and row["dns"] == "timeout":
            return None
        count, octets = answer_section(row) if row else (0, b"")
        rcode = RCODES[row["dns"]] if row else RCODES["nxdomain"]
        # QR, RD and RA
        return query[:2] + struct.pack("!HHHHH", 0x8180 | rcode, 1, count, 0, 0) + question + octets
