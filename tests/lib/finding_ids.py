#!/usr/bin/env python3
"""The ids of findings that code makes: `finding_ids.py TOOL RULES.json` prints "ok" or "not ok", a tab, and a name.

Every id that stands in a call which makes a finding is a rule that `skein rules` lists as one of code, and the other
way round.
"""
import json
import pathlib
import re
import sys

tool, path = sys.argv[1:]
makers = re.compile(r"\b(?:finding_add|subject_report|report_(?:error|failure|warning|err)|report|say|fail)\(")
id_pattern = re.compile(r'"([a-z]+(?:-[a-z]+)*)"')


def arguments(text, start):
    """The arguments of a call whose "(" ends at `start`, as texts."""
    parts, depth, at, begin = [], 0, start, start
    while at < len(text):
        character = text[at]
        if character == '"':
            at = re.compile(r'"(?:[^"\\]|\\.)*"').match(text, at).end()
            continue
        if character == "," and depth == 0:
            parts.append(text[begin:at])
            begin = at + 1
        depth += (character in "({[") - (character in ")}]")
        if depth < 0:
            return parts + [text[begin:at]]
        at += 1
    return parts


used, literals = {}, set()
FOLDERS = ("model", "review", "flow", "write")
for file in sorted([path for folder in FOLDERS for path in pathlib.Path(tool).glob(folder + "/*.c")] + list(pathlib.Path(tool).glob("cli/validate*.c"))):
    text = file.read_text()
    if not re.search(r"findings|->report|report->", text):
        continue
    literals.update(id_pattern.findall(text))
    found = [part for call in makers.finditer(text) for part in arguments(text, call.end())[:7]]
    found += re.findall(r"(?:->|\.|\*)(?:rule|waiting) = ([^;]*);", text)
    for part in found:
        if re.fullmatch(r'\s*(?:.*\?\s*)?"[a-z-]+"(?:\s*:\s*"[a-z-]+")?\s*', part, re.S):
            for name in id_pattern.findall(part):
                used.setdefault(name, str(file))

rules = {rule["id"]: rule for rule in json.load(open(path))["rules"]}
for name, file in sorted(used.items()):
    good = name in rules and rules[name]["check"]
    print(f"{'ok' if good else 'not ok'}\t{name} of {pathlib.Path(file).name} is a rule of code")
for name, rule in sorted(rules.items()):
    if rule["check"]:
        print(f"{'ok' if name in literals else 'not ok'}\t{name}: there is code for it")
