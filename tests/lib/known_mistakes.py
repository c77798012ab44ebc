#!/usr/bin/env python3
"""Cases of SQL and what is found in it: `known_mistakes.py SKEIN CASES` prints "ok" or "not ok", a tab, and a name."""
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile

skein, path = sys.argv[1:]
scratch = tempfile.mkdtemp(dir=".")


def read(path):
    """=== name, then `only`, `with`, `setup`, the SQL, ---, and a line for each finding."""
    for number, part in enumerate(open(path).read().split("\n=== ")[1:]):
        name, _, rest = part.partition("\n")
        sql, _, expected = rest.partition("\n---")
        case = {"name": name, "number": number, "with": "", "setup": ""}
        lines = sql.split("\n")
        while lines and lines[0].split(" ", 1)[0] in ("only", "with", "setup"):
            word, _, value = lines.pop(0).partition(" ")
            case[word] = value
        case["sql"] = "\n".join(lines) + "\n"
        case["expected"] = sorted(line for line in expected.split("\n") if line)
        yield case


def judge(case):
    names = {}
    for suffix in ("sql", "setup"):
        names[suffix] = os.path.join(scratch, f"{case['number']}-{suffix}.sql")
        with open(names[suffix], "w") as file:
            file.write(case[suffix])
    command = [skein, "validate", "--format", "json", "--only", case["only"], "--setup", names["setup"]]
    if "--server-version" not in case["with"]:
        command += ["--server-version", "15"]
    result = subprocess.run(command + case["with"].split() + [names["sql"]], capture_output=True, text=True)
    try:
        known = set(case["only"].split(","))
        found = [f for f in json.loads(result.stdout)["findings"] if f["rule"] in known or f["severity"] == "error"]
        found = sorted(f"{f['rule']} {f['line']}" for f in found)
    except ValueError:
        found = [result.stderr.strip()]
    return case, found


with concurrent.futures.ThreadPoolExecutor(4) as pool:
    for case, found in pool.map(judge, read(path)):
        good = found == case["expected"]
        told = "" if good else f" — found {found}, expected {case['expected']}"
        print(f"{'ok' if good else 'not ok'}\t{case['name']}{told}")
