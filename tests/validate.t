#!/usr/bin/env bash
# `skein validate`: what it finds in files, and every form in which it says so.
. "$(dirname "$0")/lib/tap.sh"
cd "$scratch" || exit

run env SKEIN_SERVICES_PATH="$root/services" "$SKEIN" validate
is "$status:$stderr" "0:" "the example services have no errors"
like "$stdout" '^3 services, [0-9]+ migrations: 0 errors, 0 warnings$' "nor warnings"

mkdir m
printf 'CREATE TABLE a (id int);\n  SELEC 1;\nSELECT 2;\nDROP TABEL a;\n' >m/000001_a.up.sql
printf '\\i other.sql\n' >m/000001_a.down.sql
printf 'SELECT %s;\n' "'ä', 1 2" >m/000002_b.up.sql
touch m/000002_b.down.sql
run "$SKEIN" --migrations m validate
is "$status" 1 "errors give exit code 1"
is "$(grep -c ': error:' <<<"$stdout")" 4 "all errors of a file are found, not only the first"
like "$stdout" 'm/000001_a.up.sql:2:3: error: syntax error at or near "SELEC"' "with file, line and column"
like "$stdout" $'\n     2 \\|   SELEC 1;\n       \\|   \\^\n' "the line and a caret"
like "$stdout" 'm/000001_a.up.sql:4:6: error' "what comes after an error is checked too"
like "$stdout" 'm/000002_b.up.sql:1:15: error' "columns count characters"
like "$stdout" 'm/000001_a.down.sql:1:1: error: .*psql' "psql's commands are named as such"
is "$(sed -n 's/^\(m[^ ]*\): error.*/\1/p' <<<"$stdout" | sort -t: -k1,1 -k2,2n)" "$(sed -n 's/^\(m[^ ]*\): error.*/\1/p' <<<"$stdout")" "sorted by place"
run "$SKEIN" --migrations m --server-version 99 validate
is "$(grep -c ': error:' <<<"$stdout"):$(grep -c ': warning: syntax' <<<"$stdout")" "1:3" "for a newer server a syntax error is a warning"
unlike "$stderr" 'psql' "and nothing is said twice"

# --- what only psql understands
mkdir psql
cat >psql/000001_a.up.sql <<'END'
\set size 10
CREATE TABLE a (id int); -- \i here is a comment
\echo it's one quote
COPY a (id) FROM stdin;
it's	1
SELEC data;
\N	"2
\.
SELEC 1;
SELECT 1
\gset
\copy a from stdin
don't
\.
  \i other.sql
SELECT '
\i is text';
COPY a FROM STDIN WITH (FORMAT csv);
\.
SELECT 'it', 3 3;
DROP TABEL a;
END
run "$SKEIN" --migrations psql validate
is "$(sed -n 's/^psql[^:]*:\([0-9:]*\): error: \(.\{9\}\).*/\1 \2/p' <<<"$stdout")" "1:1 \\set is a
3:1 \\echo is 
4:1 COPY with
9:1 syntax er
11:1 \\gset is 
12:1 \\copy is 
15:3 \\i is a c
18:1 COPY with
20:16 syntax er
21:6 syntax er" "each command of psql is one error, data is none, and what stands behind is judged"
run "$SKEIN" --migrations psql --server-version 99 validate
is "$(grep -c ': error:' <<<"$stdout")" 7 "no newer server knows them"
printf 'COPY a FROM stdin;\r\n1\r\n\\.\r\nSELEC 1;\r\n' >psql/000001_a.up.sql
run "$SKEIN" --migrations psql validate
is "$(grep -c ': error:' <<<"$stdout")" 2 "with CRLF"
printf 'COPY a FROM stdin;\nSELEC 1;\n' >psql/000001_a.up.sql
run "$SKEIN" --migrations psql validate
is "$(grep -c ': error:' <<<"$stdout")" 2 "without data the rest is SQL"
{ yes "\\echo it's" | head -n 20000; echo 'SELEC 1;'; } >psql/000001_a.up.sql
run timeout 20 "$SKEIN" --migrations psql validate
is "$(grep -c ': error:' <<<"$stdout")" 20001 "however many there are"

# --- single files
printf 'SELECT 1;\nDROP TABEL x' >'odd name.sql'
run "$SKEIN" validate 'odd name.sql' m/000002_b.up.sql
is "$status" 1 "files outside a service are checked"
like "$stdout" 'odd name.sql:2:6: error' "by their own names"
like "$stdout" '2 files: 2 errors' "and counted"
run bash -c "echo 'SELEC 1' | '$SKEIN' validate -"
like "$stdout" '<standard input>:1:1: error' "standard input"
run "$SKEIN" validate missing.sql
is "$status" 2 "a file that is not there"
like "$stderr" 'missing.sql' "is named"

# --- forms
run "$SKEIN" --migrations m --format xml validate
is "$status" 2 "an unknown form is refused"
like "$stderr" 'sarif' "with those that there are"

read_json() { python3 -c "import json, sys; d = json.load(open(sys.argv[1])); print($1)" "$scratch/.stdout" 2>&1; }
if command -v python3 >/dev/null; then
    run "$SKEIN" --migrations m --format json validate
    is "$(read_json 'sum(f["severity"] == "error" for f in d["findings"])')" 4 "JSON has them all"
    run "$SKEIN" --migrations m --format sarif validate
    is "$(read_json 'd["version"], len(d["runs"][0]["results"]) == 5')" "2.1.0 True" "SARIF has them all"
    is "$(read_json 'all(r["ruleId"] in [x["id"] for x in d["runs"][0]["tool"]["driver"]["rules"]] for r in d["runs"][0]["results"])')" True \
        "and every rule is described"
    before=$(read_json '[r["partialFingerprints"]["primaryLocationLineHash"] for r in d["runs"][0]["results"] if "SELEC" in r["message"]["text"]]')
    sed -i '1i -- a line more' m/000001_a.up.sql && sed -i 's/  SELEC 1/SELEC   1/' m/000001_a.up.sql
    run "$SKEIN" --migrations m --format sarif validate
    is "$(read_json '[r["partialFingerprints"]["primaryLocationLineHash"] for r in d["runs"][0]["results"] if "SELEC" in r["message"]["text"]]')" "$before" \
        "fingerprints survive moved and reformatted lines"
    run "$SKEIN" --migrations m --format gitlab validate
    is "$(read_json 'len(d) == len(set(f["fingerprint"] for f in d)), sorted(set(f["severity"] for f in d))')" "True ['critical', 'info']" \
        "GitLab's fingerprints are unique"
else
    skip "JSON, SARIF and GitLab's report" "no python3 to read them with"
fi
run "$SKEIN" --migrations m --format github validate
like "$stdout" '::error file=m/000001_a.up.sql,line=3,col=1,title=syntax::syntax error at or near "SELEC"%0A' "GitHub's annotations"
for i in $(seq 12); do echo 'SELEC 1;'; done >many.sql
run "$SKEIN" --format github validate many.sql
is "$(grep -c '^::error' <<<"$stdout")" 10 "no more of a kind than GitHub shows"
like "$stdout" '2 more errors are not annotated' "and the rest is said"
run "$SKEIN" --migrations m --format tap validate
like "$stdout" '^1\.\.4' "TAP: a test for each file"
is "$(grep -c '^not ok' <<<"$stdout")" 3 "that fails when the file has an error"

# --- --setup, files of rules, and hints
echo 'selec 1; CREATE TABLE s.x (a int);' >setup.sql && echo 'ALTER TABLE s.x ADD COLUMN b int;' >one.sql
run "$SKEIN" validate --setup setup.sql one.sql
like "$status:$stdout" '^0:.*setup:1:1: warning: syntax error' "what is wrong in a setup is a warning"
printf 'SELEC 1;\nSELECT ((1);\n' >one.sql && run "$SKEIN" validate one.sql
is "$(grep -c 'hint: if this is newer' <<<"$stdout")" 1 "a newer grammar is mentioned for a word, not for a sign"
{ printf 'SELECT '; printf '(%.0s' $(seq 12000); } >one.sql && run "$SKEIN" validate one.sql
like "$stdout" 'hint: it is nested too deeply' "and not where the nesting is too deep"
printf -- '- id: x\n  on: drop-table\n  message: m\n' >r.yaml && run "$SKEIN" rules --file r.yaml
like "$stderr" 'did you mean drop table\?' "the kind of a statement that was meant"
head -c 1100000 /dev/zero | tr '\0' '#' >r.yaml && run "$SKEIN" rules --file r.yaml
ok "no setting changes the size of a file of rules" test -z "$(grep max-file-size <<<"$stderr")"
yes 'CREATE INDEX ON s.t (a);' | head -20000 >one.sql
ok "names for many indexes take no square of time" timeout 40 "$SKEIN" --quiet validate --only prefer-identity one.sql

# --- a signal ends what only reads: an editor or a hook that has waited long enough need not wait any more
mkfifo pipe
for command in validate locks; do
    sleep 5 >pipe & writer=$!
    "$SKEIN" "$command" - <pipe >/dev/null 2>&1 & reader=$!
    sleep 0.5 && kill -TERM "$reader"
    wait "$reader" 2>/dev/null
    is $? 143 "SIGTERM ends $command that waits for its input"
    kill "$writer"; wait "$writer" 2>/dev/null
done

done_testing
