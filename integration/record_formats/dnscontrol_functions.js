// Runs a piece of DNSControl's dnsconfig.js from standard input and prints, as JSON, the records that it adds.
//
// DNSControl itself cannot be had everywhere; these functions do what its manual says of them: D_EXTEND takes labels
// relative to its first argument, TXT and CAA take values without quotes or escapes, modifiers follow.
"use strict";

const fs = require("fs");
const vm = require("vm");

const records = [];

function owner(label, domain) {
  if (typeof label !== "string" || label === "" || label.endsWith(".")) throw new Error("label " + label);
  return (label === "@" ? domain : label + "." + domain) + ".";
}

function texts(...values) {
  for (const value of values) if (typeof value !== "string") throw new Error("no text: " + value);
}

const functions = {
  TTL: (seconds) => {
    if (!Number.isInteger(seconds)) throw new Error("TTL " + seconds);
    return { ttl: seconds };
  },
  TXT: (label, value, ...modifiers) => {
    texts(label, value);
    return (domain) => Object.assign({ owner: owner(label, domain), type: "TXT", value }, ...modifiers);
  },
  CAA: (label, tag, value, ...modifiers) => {
    texts(label, tag, value);
    return (domain) => Object.assign({ owner: owner(label, domain), type: "CAA", tag, value }, ...modifiers);
  },
  D_EXTEND: (domain, ...records_of) => {
    texts(domain);
    for (const record of records_of) records.push(record(domain));
  },
};

vm.runInNewContext(fs.readFileSync(0, "utf8"), functions, { filename: "dnsconfig.js", timeout: 5000 });
process.stdout.write(JSON.stringify(records) + "\n");
