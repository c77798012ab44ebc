#!/usr/bin/env bash
# `skein rules`: the list, the explanation of one, JSON, files of a repository's own, and the pages of the documents.
. "$(dirname "$0")/lib/tap.sh"
cd "$scratch" || exit
export NO_COLOR=1

run "$SKEIN" rules
is "$status:$stderr" "0:" "rules are listed"
like "$stdout" $'^RULE +SEVERITY +FROM +WHAT IT FINDS\n' "as a table"
is "$(sed 1d <<<"$stdout" | cut -d' ' -f1)" "$(sed 1d <<<"$stdout" | cut -d' ' -f1 | sort)" "by their ids"
listed=$(sed 1d <<<"$stdout" | wc -l)

run "$SKEIN" rules undeclared-dependency
is "$status" 0 "one is explained"
like "$stdout" $'^undeclared-dependency \\(error\\)\n' "with its severity"
like "$stdout" $'\n  why       Only a declared' "and why"
run "$SKEIN" rules undeclared-dependancy
is "$status" 2 "an unknown one is refused"
like "$stderr" 'did you mean "undeclared-dependency"' "with the nearest"

# --- a repository's own
cat >skein-rules.yaml <<'END'
- id: house-names
  title: a table has no prefix
  severity: {default: note, production: error}
  on: [create-table, rename table]
  unless: [table-is-temporary]
  pattern: '(?i)\btable (?<name>(?!app_)\w+)'
  message: "{{name}} does not begin with app_"
  fix: ALTER TABLE {{table}} RENAME TO app_{{table}};
  like: {squawk: house-rule}
  bad: CREATE TABLE x ();
  good: CREATE TABLE app_x ();
- id: undeclared-dependency
  default: off
END
run "$SKEIN" rules
is "$(sed 1d <<<"$stdout" | wc -l)" "$((listed + 1))" "skein-rules.yaml adds a rule"
like "$stdout" $'\nhouse-names +note +skein-rules.yaml:1 +a table has no prefix' "with its place"
like "$stdout" $'\nundeclared-dependency +off +skein-rules.yaml:12 ' "and switches another off"
run "$SKEIN" rules house-rule
like "$stdout" '^house-names' "the name in another tool is understood"
like "$stdout" 'unless    table-is-temporary — the table is a temporary one' "conditions are said in words"
run "$SKEIN" --environment production rules house-names
like "$stdout" '^house-names \(error\)' "the environment has its severity"
run bash -c "echo 'CREATE TABLE x (); CREATE TEMP TABLE y (); CREATE TABLE app_z ();' | '$SKEIN' validate --only house-names -"
like "$stdout" ':1:1: note: x does not begin with app_ \[house-names\]' "and validate asks it"
like "$stdout" 'ALTER TABLE x RENAME TO app_x;' "with what to do"
is "$(grep -c house-names <<<"$stdout")" 1 "once"

printf 'environment: test\nrules:\n  house-names: warning\n' >skein.yaml
run "$SKEIN" rules
like "$stdout" $'\nhouse-names +warning +skein.yaml:3 ' "skein.yaml says the last word"
rm skein.yaml

# --- what code finds
mkdir -p tree/services/shop/migrations && cd tree || exit
echo 'CREATE TABLE shop.orders (id bigint PRIMARY KEY);' >services/shop/migrations/000001_orders.up.sql
echo 'CREATE TABLE shop.items (id bigint PRIMARY KEY);' >services/shop/migrations/000003_items.UP.sql
run "$SKEIN" validate
like "$stdout" 'warning: .*\[missing-half\]' "what code finds is a finding"
like "$stdout" 'warning: .*\[file-name\]' "and another"
printf 'rules:\n  missing-half: off\n  file-name: error\n' >skein.yaml
run "$SKEIN" validate
is "$status" 1 "that a repository makes severe"
unlike "$stdout" 'missing-half' "or switches off"
like "$stdout" 'error: .*\[file-name\]' "as any rule"
for word in off note; do
    printf 'rules:\n  syntax: %s\n' $word >skein.yaml
    run "$SKEIN" validate
    is "$status" 2 "what a run fails with is not switched: $word"
    like "$stderr" 'skein.yaml:2:11: syntax is always an error' "and its place is told"
done
rm skein.yaml
printf -- '- id: duplicate-version\n  title: twice\n  severity: warning\n' >wrong.yaml
run "$SKEIN" rules --file wrong.yaml
like "$stderr" 'wrong.yaml:3:13: duplicate-version is always an error' "nor in a file of rules"
printf -- '- id: duplicate-version\n  severity: error\n  fix: ask Ann\n' >right.yaml
run "$SKEIN" rules --file right.yaml duplicate-version
is "$status:$(head -n 1 <<<"$stdout")" "0:duplicate-version (error, always)" "other words are welcome"
cd .. && rm -r tree

# --- what is wrong
printf -- '- id: a\n  title: t\n  on: drop tabel\n  message: m\n' >wrong.yaml
run "$SKEIN" rules --file wrong.yaml
is "$status" 2 "a file with an error is refused"
like "$stderr" 'wrong.yaml:3:7: unknown object "tabel"' "with line and column"
like "$stderr" $'on: drop tabel\n' "and the line"
like "$stderr" 'did you mean "TABLE"' "and the nearest word"
for file in '- id: [' $'- id: a\n\ttitle: b' '5' '- {id: a, when: 7}' '{a: {b: c}}' $'- id: a\n  pattern: "(("' ''; do
    printf '%s' "$file" >odd.yaml
    run "$SKEIN" rules --file odd.yaml
    ok "$(tr '\n\t' '  ' <<<"$file"): exit code $status" test "$status" = "$([ -n "$file" ] && echo 2 || echo 0)"
done
run "$SKEIN" rules --file missing.yaml
is "$status" 2 "a file that is not there"
SKEIN_RULES=missing.yaml run "$SKEIN" validate odd.yaml
is "$status" 2 "nor for validate"
rm skein-rules.yaml

# --- for programs
if command -v python3 >/dev/null; then
    run "$SKEIN" rules --json
    is "$(python3 -c '
import json, sys
rules = json.load(open(sys.argv[1]))["rules"]
print(len(rules), all(r["id"] and r["title"] and r["severity"] in ("note", "warning", "error") for r in rules),
      all(isinstance(r["on"], bool) and isinstance(r["like"], dict) for r in rules))' "$scratch/.stdout")" "$listed True True" \
        "JSON has all of them"
    while IFS=$'\t' read -r verdict name; do
        if [ "$verdict" = ok ]; then pass "$name"; else fail "$name"; fi
    done < <(python3 "$root/tests/lib/finding_ids.py" "$root/tool" "$scratch/.stdout")
    run "$SKEIN" rules --json undeclared-dependency
    is "$(python3 -c 'import json, sys; print([r["id"] for r in json.load(open(sys.argv[1]))["rules"]])' "$scratch/.stdout")" \
        "['undeclared-dependency']" "or one"
else
    skip "JSON" "no python3"
fi

# --- the documents
mkdir -p pages && "$root/mk/dev/rule-pages" "$SKEIN" pages
is "$(diff -rq pages/rules "$root/docs/rules" 2>&1; diff pages/rules.md "$root/docs/rules.md" 2>&1 | head -5)" "" \
    "docs/rules.md and docs/rules are current (make docs-rules)"
while IFS= read -r link; do
    ok "rules.md: $link is there" test -e "$root/docs/$link"
done < <(grep -oE '\]\([^)#]+' "$root/docs/rules.md" | sed 's/^](//' | sort -u | head -5)

done_testing
