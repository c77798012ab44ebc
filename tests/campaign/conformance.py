#!/usr/bin/env python3
"""skein's rules on squawk's own cases, and PostgreSQL as the referee.

    conformance.py [--quiet] SKEIN CASES.jsonl

Each case is SQL, the one squawk rule that is on, and the hits that squawk's test expects, with their lines where it
tells them.  skein judges the SQL from standard input with the counterparts of that rule alone, as not run by skein.
A rule agrees on a case when the number of findings is that of the hits, and the lines are the same.

For a difference the SQL runs on a private throw-away server: what it says at DEBUG1 (rewriting, verifying, building),
the locks that are held at the end, its errors.  Tables that the SQL expects are made, with rows, as its errors ask for
them.  conformance.differences holds the differences that are meant, each with its reason.

Exits with 1 when a difference is not meant, or a meant one is gone.  --quiet asks no server.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
OPINIONS = {"prefer-robust-stmts", "prefer-text-field", "prefer-bigint-over-int", "prefer-bigint-over-smallint",
            "prefer-identity", "prefer-timestamp-tz", "ban-char-field", "require-table-schema",
            "require-enum-value-ordering", "ban-create-domain-with-constraint", "ban-drop-table", "ban-drop-column",
            "ban-drop-database", "ban-drop-not-null", "renaming-column", "renaming-table"}


# --- what skein says

def judge(skein, ours, case):
    version = case["pg_version"].split(".")[0]
    command = [skein, "validate", "--format", "json", "--only", case["rule"], "--server-version", version,
               "--in-transaction", "yes" if case["assume_in_transaction"] else "no", "-"]
    result = subprocess.run(command, input=case["sql"], capture_output=True, text=True)
    try:
        found = json.loads(result.stdout)["findings"]
    except ValueError:
        return {"error": result.stderr.strip() or f"exit {result.returncode}"}
    return {"findings": sorted((f["line"], f["rule"]) for f in found if f["rule"] in ours)}


def agrees(case, answer):
    if "error" in answer or len(answer["findings"]) != len(case["hits"]):
        return False
    return "lines" not in case or sorted(case["lines"]) == [line for line, _ in answer["findings"]]


# --- what PostgreSQL does

REPAIRS = [  # what an error asks for; {0}, {1} are its groups
    (r'schema "(.+?)" does not exist', "CREATE SCHEMA {0};"),
    (r'relation "(.+?)" does not exist', None),
    (r'column "(.+?)" of relation "(.+?)" does not exist', "ALTER TABLE {1} ADD COLUMN {0} bigint DEFAULT 1;"),
    (r'constraint "(.+?)" of relation "(.+?)" does not exist',
     "ALTER TABLE {1} ADD CONSTRAINT {0} CHECK (true) NOT VALID;"),
    (r'constraint "(.+?)" for domain "?(.+?)"? does not exist', "ALTER DOMAIN {1} ADD CONSTRAINT {0} CHECK (true);"),
    (r'type "(.+?)" does not exist', "CREATE DOMAIN {0} AS bigint;"),
    (r'there is no previously clustered index for table "(.+?)"', "ALTER TABLE {0} CLUSTER ON {0}_pkey;"),
]


def quote(name):
    return ".".join('"' + part.strip('"').replace('"', '""') + '"' for part in name.split("."))


def make_relation(name, sql):
    """A table with rows, or where the SQL wants an index, one on the first table it names."""
    unquoted = re.escape(name.split(".")[-1])
    if re.search(rf'(?i)\bindex\s+(if\s+exists\s+)?(concurrently\s+)?"?{unquoted}"?\s*[;$]|using\s+index\s+"?{unquoted}', sql):
        return f'CREATE TABLE IF NOT EXISTS "indexed" (id bigint); CREATE UNIQUE INDEX {quote(name)} ON "indexed" (id);'
    if re.search(rf'(?i)attach\s+partition|detach\s+partition', sql):
        return f"CREATE TABLE {quote(name)} (id bigint) PARTITION BY LIST (id);"
    return f"CREATE TABLE {quote(name)} (id bigint PRIMARY KEY); INSERT INTO {quote(name)} SELECT generate_series(1, 1000);"


def repair(message, sql):
    for pattern, text in REPAIRS:
        match = re.search(pattern, message)
        if match:
            if text is None:
                return make_relation(match.group(1), sql)
            return text.format(*(quote(group) for group in match.groups()))
    return None


def psql(url, sql):
    result = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-F", " ", url], input=sql, capture_output=True, text=True)
    return result.stdout, result.stderr


LOCKS = """
SELECT 'lock', c.oid::regclass, replace(l.mode, 'Lock', '') FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE l.pid = pg_backend_pid() AND n.nspname NOT IN ('pg_catalog', 'pg_toast') AND l.mode <> 'AccessShareLock'
ORDER BY 2, 3;
"""
SAID = r"(rewriting|verifying|validating|existing constraints|partition constraint|building index (?!\"pg_toast)).*"
OUTSIDE = r"(?i)\b(begin|commit|start\s+transaction|concurrently|vacuum|database|repack)\b|reindex\s+schema|cluster\s*;"


def facts(url, case):
    """What the server says to the SQL of a case, as one line."""
    prelude, sql = [], case["sql"]
    inside = not re.search(OUTSIDE, sql)
    for _ in range(20):
        psql(url, "DROP SCHEMA IF EXISTS public, foo, app CASCADE; CREATE SCHEMA public;\n" + "\n".join(prelude))
        script = "SET client_min_messages = debug1;\n"
        begin = "BEGIN;\n" if inside or case["assume_in_transaction"] else ""
        end = LOCKS if begin else ""
        out, err = psql(url, script + begin + sql + "\n;" + end)
        errors = re.findall(r"ERROR:\s+(.*)", err)
        remedy = repair(errors[0], sql) if errors else None
        if remedy is None or remedy in prelude:
            break
        prelude.append(remedy)
    said = [match.group(0) for match in re.finditer(SAID, err)]
    locks = [line[5:] for line in out.split("\n") if line.startswith("lock ")]
    warnings = re.findall(r"WARNING:\s+(.*)", err)
    parts = (["error: " + errors[0]] if errors else []) + ["warning: " + warning for warning in warnings] + said
    if locks:
        parts.append("locks " + ", ".join(locks))
    return "; ".join(parts) or "nothing to report"


def ask_server(skein, cases):
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        json.dump(cases, file)
    try:
        command = [skein, "dev", "run", "--", sys.executable, os.path.abspath(__file__), "--facts", skein, file.name]
        result = subprocess.run(command, capture_output=True, text=True)
        return json.loads(result.stdout) if result.returncode == 0 else [result.stderr.strip()] * len(cases)
    finally:
        os.unlink(file.name)


# --- the report

def read_differences():
    """name: reason, on one line or several; what is indented goes on."""
    meant, name = {}, None
    for line in open(os.path.join(HERE, "conformance.differences")):
        if line.startswith("#") or not line.strip():
            continue
        if line[0].isspace():
            meant[name] += " " + line.strip()
        else:
            name, _, reason = line.strip().partition(" ")
            meant[name] = reason
    return meant


def show(case, answer, fact, reason):
    hits = f"{len(case['hits'])} at {case['lines']}" if "lines" in case else str(len(case["hits"]))
    found = answer.get("error") or ", ".join(f"{rule} {line}" for line, rule in answer["findings"]) or "none"
    print(f"\n{case['name']}: {case['rule']}, PostgreSQL {case['pg_version']}"
          f"{', in a transaction' if case['assume_in_transaction'] else ''}")
    print("    " + case["sql"].strip("\n").replace("\n", "\n    "))
    print(f"  squawk:     {hits}\n  skein:      {found}")
    if fact is not None:
        opinion = " (a matter of opinion: the server has no say)" if case["rule"] in OPINIONS else ""
        print(f"  PostgreSQL: {fact}{opinion}")
    print(f"  {'meant' if reason else 'NOT MEANT'}:{' ' + reason if reason else ''}")


def counterparts(skein):
    rules = json.loads(subprocess.run([skein, "rules", "--json"], capture_output=True, text=True, check=True).stdout)
    ours = collections.defaultdict(set)
    for rule in rules["rules"]:
        for name in rule["like"].get("squawk", []):
            ours[name].add(rule["id"])
    return ours


def load(path):
    """Cases of one name are numbered."""
    seen = collections.Counter()
    for line in open(path):
        case = json.loads(line)
        seen[case["test"]] += 1
        case["name"] = case["test"] + (f"#{seen[case['test']]}" if seen[case["test"]] > 1 else "")
        yield case


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--facts", action="store_true")
    parser.add_argument("skein")
    parser.add_argument("cases")
    options = parser.parse_args()
    if options.facts:
        cases = json.load(open(options.cases))
        json.dump([facts(os.environ["DATABASE_URL"], case) for case in cases], sys.stdout)
        return 0

    cases, ours, meant = list(load(options.cases)), counterparts(options.skein), read_differences()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda case: judge(options.skein, ours[case["rule"]], case), cases))
    differing = [(case, answer) for case, answer in zip(cases, answers) if not agrees(case, answer)]
    server = [None] * len(differing)
    if differing and not options.quiet:
        server = ask_server(options.skein, [case for case, _ in differing])
    unmeant = 0
    for (case, answer), fact in zip(differing, server):
        reason = meant.pop(case["name"], None)
        unmeant += reason is None
        if reason is None or not options.quiet:
            show(case, answer, fact, reason)
    print()
    totals = collections.Counter(case["rule"] for case in cases)
    wrong = collections.Counter(case["rule"] for case, _ in differing)
    if not options.quiet:
        for rule in sorted(totals):
            print(f"{totals[rule] - wrong[rule]:4} of {totals[rule]:3}  {rule}")
    for name in meant:
        print(f"{name} is said to differ, and does not (conformance.differences)")
    print(f"{len(cases) - len(differing)} of {len(cases)} cases agree; {len(differing) - unmeant} differ as meant, "
          f"{unmeant} otherwise")
    return 1 if unmeant or meant else 0


if __name__ == "__main__":
    sys.exit(main())
