#!/usr/bin/env bash
# The safety rules: the examples of each, what other linters are known to say wrongly, and squawk's own cases.
. "$(dirname "$0")/lib/tap.sh"
command -v python3 >/dev/null || skip_all "no python3"
cd "$scratch" || exit

# --- every rule's examples: the bad one gives a finding of the rule, the good one none
run "$SKEIN" rules --json
is "$status" 0 "skein rules --json"
cp .stdout rules.json
while IFS=$'\t' read -r verdict name; do
    if [ "$verdict" = ok ]; then pass "$name"; else fail "$name"; fi
done < <(python3 "$root/tests/lib/rule_examples.py" "$SKEIN" rules.json)

# --- known mistakes
while IFS=$'\t' read -r verdict name; do
    if [ "$verdict" = ok ]; then pass "$name"; else fail "$name"; fi
done < <(python3 "$root/tests/lib/known_mistakes.py" "$SKEIN" "$root/tests/cases/known_mistakes.txt")

# --- no wrong advice
for sql in 'ADD CONSTRAINT c UNIQUE (x)' 'ADD CONSTRAINT c PRIMARY KEY (x)' 'ADD CONSTRAINT c EXCLUDE (x WITH =)' \
           'ADD COLUMN y int UNIQUE'; do
    run bash -c "echo 'ALTER TABLE a $sql;' | '$SKEIN' validate --only constraint-missing-not-valid -"
    unlike "$stdout" 'hint:.*NOT VALID' "$sql: NOT VALID is not proposed"
done
run bash -c "echo 'CREATE INDEX CONCURRENTLY i ON a (x);' | '$SKEIN' validate --in-transaction no -"
unlike "$stdout" "statement_timeout = '" "no statement_timeout is proposed for CREATE INDEX CONCURRENTLY"
unlike "$stdout" 'IF NOT EXISTS' "nor IF NOT EXISTS"

# --- what is unknown is not told as a fact
while IFS='|' read -r setup sql words; do
    echo "$setup" >setup.sql
    run bash -c "'$SKEIN' validate --setup setup.sql - <<<'$sql'"
    like "$stdout" ": $words" "$sql, after $setup"
done <<'END'
|ALTER TABLE a ALTER COLUMN x TYPE bigint;|a may be written anew to make x bigint
CREATE TABLE a (x int);|ALTER TABLE a ALTER COLUMN x TYPE bigint;|a is written anew to make x bigint
|ALTER TABLE a ADD COLUMN x int DEFAULT next_x();|a may be written anew for the default of x
|ALTER TABLE a ADD COLUMN x float DEFAULT random();|a is written anew for the default of x
|ALTER TABLE a ALTER COLUMN x SET NOT NULL;|a may be read to search x for NULL
CREATE TABLE a (x int);|ALTER TABLE a ALTER COLUMN x SET NOT NULL;|a is read to search x for NULL
|ALTER TABLE a SET ACCESS METHOD heap;|a may be written anew
|ALTER TABLE p ATTACH PARTITION a FOR VALUES IN (1);|a may be read to check every row
END

# --- the fixes name what is in the table's schema, with quotes where it needs them
run bash -c "echo 'DROP TABLE \"A b\".\"Old\";' | '$SKEIN' validate --only drop-table -"
like "$stdout" 'table "A b"."Old" is lost' "a message has the quotes, too"
like "$stdout" 'ALTER TABLE "A b"."Old" RENAME TO dropped_table;' "a table of a schema is renamed"
like "$stdout" 'DROP TABLE "A b".dropped_table;' "and dropped in the same schema"
run bash -c "echo 'DROP TABLE old;' | '$SKEIN' validate --only drop-table -"
like "$stdout" ' DROP TABLE dropped_table;' "without one where none is written"
run bash -c "echo 'CLUSTER;' | '$SKEIN' validate --in-transaction no --only missing-statement-timeout -"
like "$stdout" 'can hold a lock on the table' "a lock that is not known is none that is not there"

# --- squawk's cases
cases=
for directory in "${CASES:-}" "$root/cases" "$root/../shared/cases"; do
    [ -f "$directory/squawk.jsonl" ] && cases=$directory/squawk.jsonl && break
done
if [ -z "$cases" ]; then
    skip "squawk's cases" "no cases/squawk.jsonl (CASES=directory)"
else
    run python3 "$root/tests/campaign/conformance.py" --quiet "$SKEIN" "$cases"
    is "$status" 0 "squawk's cases: no difference but those that are known" || diag "$stdout"
    like "$stdout" 'of [0-9]+ cases' "counted"
fi
done_testing
