#!/usr/bin/env bash
# `skein locks`: predictions held against measurements of a server, and against a server of our own.
. "$(dirname "$0")/lib/tap.sh"
command -v python3 >/dev/null || skip_all "no python3"
cases=$root/tests/cases/effects
cd "$scratch" || exit

# Predicts the statements of a list of facts, and prints a check for each.
hold_against()
{
    local observed=$1 version=$2 line
    python3 "$root/tests/lib/effects.py" text "$observed" >statements.sql
    run "$SKEIN" locks --json --server-version "$version" --setup "$cases/setup.sql" statements.sql
    is "$status:$stderr" "0:" "skein locks reads them for PostgreSQL $version"
    cp .stdout predicted.json
    while IFS= read -r line; do
        case $line in
            "ok "*) pass "PostgreSQL $version: ${line#ok }" ;;
            *) fail "PostgreSQL $version: ${line#not ok }" ;;
        esac
    done < <(python3 "$root/tests/lib/effects.py" compare "$observed" predicted.json || echo "not ok they are compared")
}

# --- measured elsewhere
measurements=${MEASURED_EFFECTS:-$(ls "$root"/../{,../}shared/cases/pg15-ddl-effects.json 2>/dev/null | head -1)}
if [ -f "$measurements" ]; then
    python3 "$root/tests/lib/effects.py" measured "$measurements" >measured.json
    hold_against measured.json 15
else
    skip "measured effects" "the file of measurements is not here; MEASURED_EFFECTS names it"
fi

# --- on a server of our own
new_database
run python3 "$root/tests/lib/effects.py" observe "$DATABASE_URL" "$cases/setup.sql" "$cases/statements.sql"
is "$status:$stderr" "0:" "the statements run"
cp .stdout observed.json
hold_against observed.json "$server_major"
run python3 "$root/tests/lib/effects.py" waits "$DATABASE_URL" "$cases/alone.sql"
is "$status:$stderr" "0:" "statements wait"
cp .stdout waits.json
hold_against waits.json "$server_major"

# --- the command
cat >one.sql <<'END'
CREATE TABLE fresh (id int);
CREATE INDEX fresh_id ON fresh (id);
BEGIN;
CREATE TABLE newer (id int REFERENCES fresh);
CREATE INDEX newer_id ON newer (id);
COMMIT;
ALTER TABLE elsewhere ALTER COLUMN a TYPE bigint;
END
run "$SKEIN" locks one.sql
is "$status:$stderr" "0:" "a file of its own"
like "$stdout" 'one.sql:2: CREATE INDEX fresh_id ON fresh \(id\)' "with file, line and statement"
like "$stdout" 'public.fresh +SHARE +writes +read, indexed' "a table of an earlier statement is in use by others"
like "$stdout" 'public.newer +SHARE +read, indexed' "one of the open transaction is not"
like "$stdout" 'elsewhere +ACCESS EXCLUSIVE +reads, writes +perhaps rewritten' "what is not known is said"
cat >called.sql <<'END'
CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ CREATE TABLE inner_one (id int); DROP TABLE elsewhere $$;
SELECT f();
END
run "$SKEIN" locks called.sql
unlike "$(sed -n '/called.sql:1/,/called.sql:2/p' <<<"$stdout")" 'elsewhere +ACCESS' "a function that is only made locks nothing"
like "$(sed -n '/called.sql:2/,$p' <<<"$stdout")" 'elsewhere +ACCESS EXCLUSIVE' "what it does counts where it is called"
head -2 one.sql >two.sql
run "$SKEIN" locks two.sql
like "$stdout" 'public.fresh +SHARE +read, indexed' "nor one of a file that runs in one transaction"
run "$SKEIN" locks two.sql one.sql
like "$stdout" 'one.sql:4: CREATE TABLE newer' "files are taken one after the other"
printf '%s\n' 'CREATE TABLE orders (id bigint, note varchar(40));' >three.sql
run bash -c "echo 'ALTER TABLE orders ALTER COLUMN note TYPE varchar(80);' | '$SKEIN' locks --setup three.sql -"
like "$stdout" 'public.orders +ACCESS EXCLUSIVE +reads, writes *$' "with a setup a type is known"
run bash -c "echo 'SELEC 1' | '$SKEIN' locks -"
is "$status" 2 "what is no SQL is refused"
like "$stderr" '<standard input>:1:1' "with its place"
run "$SKEIN" locks
is "$status" 2 "a file is wanted"
run "$SKEIN" locks --setup missing.sql one.sql
is "$status" 2 "a setup that is not there"
like "$stderr" 'missing.sql' "is named"

done_testing
