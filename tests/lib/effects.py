"""
What statements do: on a live server, as measured elsewhere, and as `skein locks` predicts it.  For tests/effects.t.

  effects.py observe URL SETUP STATEMENTS     runs them on a server; SETUP runs once and stays, each line of
                                              STATEMENTS in a transaction that is rolled back.  Prints a JSON list.
  effects.py waits URL STATEMENTS             runs those that no transaction can hold, on the state that observe left,
                                              and looks which lock they wait for while another session has its own;
                                              a line is "RELATION: STATEMENT"
  effects.py measured FILE                    the same list from the measurements in FILE
  effects.py text OBSERVED                    the statements of such a list as SQL, a line and a transaction each
  effects.py compare OBSERVED PREDICTED       holds the output of `skein locks --json` for that text against it;
                                              prints "ok SQL" or "not ok SQL: difference" for each
"""
import json
import re
import subprocess
import sys
import time

MODES = ["AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock", "ShareLock",
         "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"]

# Written for psql: everything is told as notices, so that it stands in order with the server's own messages.
BEFORE = r"""
SET client_min_messages = notice;
BEGIN;
CREATE TEMP TABLE relations_before AS
    SELECT c.oid, c.relname::text AS name, pg_relation_filenode(c.oid) AS file, coalesce(s.seq_tup_read, 0) AS rows_read
    FROM pg_class c LEFT JOIN pg_stat_xact_user_tables s ON s.relid = c.oid
    WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema');
SET LOCAL client_min_messages = debug1;
"""
AFTER = r"""
SET LOCAL client_min_messages = notice;
DO $$
DECLARE r record;
BEGIN
    FOR r IN SELECT name, mode FROM pg_locks JOIN pg_temp.relations_before b ON b.oid = relation
             WHERE locktype = 'relation' AND pid = pg_backend_pid() LOOP
        RAISE NOTICE 'lock % %', r.mode, r.name;
    END LOOP;
    FOR r IN SELECT name FROM pg_temp.relations_before b WHERE file <> pg_relation_filenode(oid) LOOP
        RAISE NOTICE 'file % %', 'new', r.name;
    END LOOP;
    FOR r IN SELECT s.relname AS name FROM pg_stat_xact_user_tables s
             LEFT JOIN pg_temp.relations_before b ON b.oid = s.relid
             WHERE s.seq_tup_read > coalesce(b.rows_read, 0) AND s.schemaname !~ '^pg_' LOOP
        RAISE NOTICE 'scan % %', 'all', r.name;
    END LOOP;
END $$;
ROLLBACK;
"""


def observed(lines):
    """The facts in what psql printed for one statement."""
    facts = {"locks": {}, "files": [], "scanned": [], "rewritten": [], "built": [], "errors": []}
    for line in lines:
        if match := re.match(r"NOTICE:  (lock|file|scan) (\S+) (.*)", line):
            what, mode, name = match.groups()
            if what == "lock":
                held = facts["locks"].get(name)
                if held is None or MODES.index(mode) > MODES.index(held):
                    facts["locks"][name] = mode
            else:
                facts["files" if what == "file" else "scanned"].append(name)
        elif match := re.match(r'DEBUG:  rewriting table "(.*)"', line):
            facts["rewritten"].append(match[1])
        elif match := re.match(r'DEBUG:  building index ".*" on table "(.*)"', line):
            if match[1] not in facts["built"] and not match[1].startswith("pg_toast"):
                facts["built"].append(match[1])
        elif match := re.match(r"ERROR:  (.*)", line):
            if "current transaction is aborted" not in line:
                facts["errors"].append(match[1])
    return facts


def observe(url, setup, statements):
    script = "SET lc_messages = 'C';\n" + open(setup).read()
    for number, statement in enumerate(statements):
        script += f"\\warn ---- {number}\n{BEFORE}\n{statement};\n{AFTER}"
    ran = subprocess.run(["psql", "-X", "-q", "-v", "VERBOSITY=terse", url], input=script, text=True,
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    head, *parts = re.split(r"^---- \d+\n", ran.stderr, flags=re.M)
    errors = [line for line in head.splitlines() if "ERROR" in line]
    if errors or len(parts) != len(statements):
        sys.exit("the setup failed: " + "; ".join(errors))
    rows = []
    for statement, part in zip(statements, parts):
        lines = [re.sub(r"^psql:<stdin>:\d+: ", "", line) for line in part.splitlines()]
        rows.append({"sql": statement, **observed(lines)})
    return rows



def ask(url, sql):
    return subprocess.run(["psql", "-X", "-A", "-t", url, "-c", sql], text=True, capture_output=True,
                          check=True).stdout.strip()


def wait_for(probe, attempts=500):
    for _ in range(attempts):
        if answer := probe():
            return answer
        time.sleep(0.01)
    return ""


def lock_waited_for(url, relation, statement):
    waiting = ("SELECT mode FROM pg_locks WHERE NOT granted AND locktype = 'relation' "
               f"AND relation = 'w.{relation}'::regclass")
    held = f"SELECT 1 FROM pg_locks WHERE granted AND mode = 'ShareUpdateExclusiveLock' AND relation = 'w.{relation}'::regclass"
    started = []
    try:
        # Strong enough for all of them to wait, and weak enough to let VACUUM look at the table before.
        for sql in (f"BEGIN; ANALYZE w.{relation}; SELECT pg_sleep(60)",
                    f"SET search_path = w; {statement}"):
            arguments = [part for one in sql.split("; ") for part in ("-c", one)]
            started.append(subprocess.Popen(["psql", "-X", "-q", url, *arguments], stdout=subprocess.DEVNULL,
                                            stderr=subprocess.DEVNULL))
            if not wait_for(lambda: ask(url, held)):
                return ""
        return wait_for(lambda: ask(url, waiting))
    finally:
        ask(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                 "AND pid <> pg_backend_pid() AND backend_type = 'client backend'")
        for process in reversed(started):
            process.wait()


def waits(url, statements):
    rows = []
    for relation, _, statement in (line.partition(": ") for line in statements):
        rows.append({"sql": statement, "relation": relation, "mode": lock_waited_for(url, relation, statement)})
    return rows


def measured(path):
    """Locks there are t:AccessExclusive, scans t:1/1000; names are those after the statement."""
    renamed = {"tt": "t", "t_bb": "t_b", "z": "t_uq"}
    rows = []
    with open(path, encoding="utf-8") as file:
        given_rows = json.load(file)
    for given in given_rows:
        facts = {"sql": given["sql"], "locks": {}, "files": (given["new_relfilenode"] or "").split(), "errors": given["error"]}
        for name, mode in (lock.split(":") for lock in (given["locks"] or "").split()):
            name, mode = renamed.get(name, name), mode + "Lock"
            if MODES.index(mode) >= MODES.index(facts["locks"].get(name, MODES[0])):
                facts["locks"][name] = mode
        facts["scanned"] = [scan.split(":")[0] for scan in (given["scan"] or "").split()]
        facts["built"] = observed(["DEBUG:  " + line for line in given["debug1"]])["built"]
        facts["measured"] = True
        rows.append(facts)
    return rows


def predicted(path, count):
    """For each line the facts of all its statements, by relation."""
    lines = [{} for _ in range(count)]
    with open(path, encoding="utf-8") as file:
        statements = json.load(file)["statements"]
    for statement in statements:
        facts = lines[statement["line"] - 1]
        for one in statement["relations"]:
            known = facts.setdefault(one["relation"], {"lock": -1, "new": one["new"], "truth": {}})
            mode = "".join(word.capitalize() for word in one["lock"].split()) + "Lock" if one["lock"] else None
            known["lock"] = max(known["lock"], MODES.index(mode) if mode else -1)
            for fact in ("rewritten", "scanned", "index_built"):
                order = ["no", "unknown", "yes"]
                known["truth"][fact] = max(known["truth"].get(fact, "no"), one[fact], key=order.index)
    return lines


def is_leaf(name):
    """An index or a sequence, by the names in setup.sql."""
    return name.startswith(("t_", "keyed_", "mv_i", "r_at")) or name.endswith(("_pkey", "_key", "_idx", "_seq", "sq"))


def lock_differences(row, facts):
    differences = []
    for name in sorted(set(row["locks"]) | set(facts)):
        expected = MODES.index(row["locks"][name]) if name in row["locks"] else -1
        known = facts.get(name, {"lock": -1, "new": False})
        if known["lock"] == expected or known["new"]:
            continue
        # Some minor versions look at an index or a sequence in passing.
        if is_leaf(name) and expected <= 0 and known["lock"] == -1:
            continue
        if row.get("measured"):
            # What the statement dropped was not seen there; and the sequence was made in the same transaction.
            if expected == -1 and (is_leaf(name) or row["sql"].startswith("DROP")):
                continue
            if name == "sq":
                continue
        differences.append(f"{name} {row['locks'].get(name, 'no lock')}, "
                           f"predicted {MODES[known['lock']] if known['lock'] >= 0 else 'none'}")
    return differences


def fact_differences(row, facts, unknown):
    rewritten = set(row["files"]) & set(row["scanned"])
    seen = {"rewritten": rewritten, "scanned": set(row["scanned"]),
            "index_built": set(row["built"]) & set(row["scanned"])}
    differences = []
    for fact, names in seen.items():
        for name in sorted(names | set(facts)):
            truth = facts[name]["truth"][fact] if name in facts else "no"
            if truth == "unknown":
                unknown.append(f"{name} {fact}")
            elif truth != ("yes" if name in names else "no") and not is_excused(row, name, facts):
                differences.append(f"{name} {fact}: {'yes' if name in names else 'no'}, predicted {truth}")
    return differences


def is_excused(row, name, facts):
    if name not in facts and name in ("z", "p8", "p9"):
        return True # made by the statement itself
    return row.get("measured") and name == "p1" # had no rows there


def compare(observed_path, predicted_path):
    with open(observed_path, encoding="utf-8") as file:
        rows = json.load(file)
    for row, facts in zip(rows, predicted(predicted_path, len(rows))):
        unknown = []
        if "mode" in row:
            lock = facts.get(row["relation"], {"lock": -1})["lock"]
            same = lock >= 0 and MODES[lock] == row["mode"]
            print(f"{'ok' if same else 'not ok'} {row['sql']}: waits for {row['mode'] or 'nothing'} on {row['relation']}")
            continue
        differences = [] if row["errors"] else lock_differences(row, facts) + fact_differences(row, facts, unknown)
        if differences:
            print(f"not ok {row['sql']}: {'; '.join(differences)}")
        else:
            print(f"ok {row['sql']}" + (f" (not known: {', '.join(unknown)})" if unknown else ""))


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return [line.strip() for line in file if line.strip() and not line.startswith("--")]


def main(command, *arguments):
    if command == "observe":
        rows = observe(arguments[0], arguments[1], lines_of(arguments[2]))
        print("[" + ",\n".join(json.dumps(row) for row in rows) + "]")
    elif command == "waits":
        print(json.dumps(waits(arguments[0], lines_of(arguments[1]))))
    elif command == "measured":
        print(json.dumps(measured(arguments[0])))
    elif command == "text":
        with open(arguments[0], encoding="utf-8") as file:
            print("\n".join(f"{row['sql']};" if "mode" in row else f"BEGIN; {row['sql']}; ROLLBACK;"
                            for row in json.load(file)))
    else:
        compare(*arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
