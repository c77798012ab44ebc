#!/usr/bin/env python3
"""The examples of rules: `rule_examples.py SKEIN RULES.json` prints "ok" or "not ok", a tab, and a name for each.

The bad one is judged by its rule alone and must give a finding; the good one by its rule and must give none, and by
the rules that are on, none but notes.  A rule about a server's version is asked of one to which it applies.
Rules that skein satisfies itself when it runs a file are asked with --in-transaction no.  Examples that are trees
(example_tree.py) are judged by all rules that are on, and only findings of their own rule count.
"""
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

import example_tree

skein, path = sys.argv[1:]
scratch = tempfile.mkdtemp(dir=".")


def server(rule):
    """A version to which every condition about the server applies."""
    wanted = 15
    for condition in rule["when"]:
        match = re.fullmatch(r"server (>=|<=|<|>|=) (\d+)", condition)
        if match:
            number = int(match.group(2))
            step = {">=": 0, "<=": 0, "=": 0, "<": -1, ">": 1}[match.group(1)]
            holds = {">=": wanted >= number, "<=": wanted <= number, "=": wanted == number, "<": wanted < number,
                     ">": wanted > number}[match.group(1)]
            wanted = wanted if holds else number + step
    return str(wanted)


def findings(rule, which, only):
    names = []
    for suffix, text in ((which, rule[which]), ("setup", rule.get("setup") or "")):
        names.append(os.path.join(scratch, f"{rule['id']}-{only}-{suffix}.sql"))
        with open(names[-1], "w") as file:
            file.write(text)
    command = [skein, "validate", "--format", "json", "--server-version", server(rule), "--setup", names[1]]
    if only:
        command += ["--only", rule["id"]]
    if any(re.search("timeout-in-force|goes-with-transaction", word) for word in rule["unless"] + rule["when"]):
        command += ["--in-transaction", "no"]
    result = subprocess.run(command + [names[0]], capture_output=True, text=True)
    try:
        return json.loads(result.stdout)["findings"]
    except ValueError:
        return [{"rule": "no JSON", "severity": "error", "message": result.stderr.strip()}]


def judge_tree(rule):
    """The bad one gives a finding of the rule, the good one no finding but notes of others."""
    lines = []
    for which in ("bad", "good"):
        found = example_tree.findings(skein, os.path.join(scratch, f"{rule['id']}-{which}"), rule[which])
        own = [f for f in found if f["rule"] == rule["id"]]
        others = [f for f in found if f["severity"] != "note"]
        good = own and own[0]["severity"] == rule["severity"] if which == "bad" else not own and not others
        lines.append((good, f"{rule['id']}: the {which} example", found))
    return lines


def judge(rule):
    if example_tree.is_tree(rule["bad"]):
        return judge_tree(rule)
    lines = []
    bad = findings(rule, "bad", True)
    lines.append((bool(bad) and all(f["rule"] == rule["id"] for f in bad), f"{rule['id']}: the bad example", bad))
    good = findings(rule, "good", True)
    lines.append((not good, f"{rule['id']}: the good example", good))
    others = [f for f in findings(rule, "good", False) if f["severity"] != "note"]
    lines.append((not others, f"{rule['id']}: the good example is good by other rules, too", others))
    return lines


def needs_database(rule):
    return any(word.split()[0] in ("table-rows", "table-bytes", "connected") for word in rule["when"])


rules = json.load(open(path))["rules"]
without = [rule["id"] for rule in rules if not rule["bad"] or not rule["good"]]
rules = [rule for rule in rules if rule["id"] not in without and not needs_database(rule)]
if any("-- applied: " in rule["bad"] for rule in rules) and not example_tree.has_server(skein):
    print("# no PostgreSQL: examples of what was applied are left out")
    rules = [rule for rule in rules if "-- applied: " not in rule["bad"]]
with concurrent.futures.ThreadPoolExecutor(4) as pool:
    for lines in pool.map(judge, rules):
        for good, name, found in lines:
            told = "" if good else " — " + "; ".join(f"{f['rule']}: {f['message']}" for f in found)
            print(f"{'ok' if good else 'not ok'}\t{name}{told}")
for name in without:
    print(f"not ok\t{name} has no examples")
