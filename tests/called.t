#!/usr/bin/env bash
# What a called function does is judged where it is called, as far as the chain knows its body.
. "$(dirname "$0")/lib/tap.sh"
cd "$scratch" || exit

check() { printf '%s\n' "$1" >one.sql; run "$SKEIN" --in-transaction no validate one.sql; }
f='CREATE FUNCTION a.f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE a.big; END $$;'
check "$f"
unlike "$stdout" '\[drop-table\]' "a function that is only made drops nothing"
check "$f
SELECT a.f();"
like "$stdout" 'one.sql:2:1: .*a.big.*in a.f\(\).*\[drop-table\]' "one that is called does, and is named at the call"
check "$f
DO \$\$ BEGIN PERFORM a.f(); END \$\$;"
like "$stdout" 'one.sql:2:1[0-9]: .*\[drop-table\]' "called in a DO block"
check "$f
SELECT a.f(); -- skein: ignore drop-table nobody reads it"
unlike "$stdout" '\[(drop-table|unused-ignore)\]' "a comment at the call silences it"
check 'CREATE PROCEDURE a.g() LANGUAGE sql AS $$ ALTER TABLE a.big ADD COLUMN c uuid DEFAULT gen_random_uuid() $$;
CREATE PROCEDURE a.p() LANGUAGE plpgsql AS $$ BEGIN CALL a.g(); END $$;
CALL a.p();'
like "$stdout" 'one.sql:3:1: .*in a.g\(\).*\[add-column-volatile-default\]' "a procedure that calls another"
check 'CREATE FUNCTION a.f() RETURNS void LANGUAGE sql AS $$ CREATE TABLE a.n (id int); CREATE INDEX i ON a.n (id); DROP TABLE a.n; $$;
SELECT a.f();'
unlike "$stdout" 'one.sql:2:' "what it made itself is its own"
check 'CREATE FUNCTION a.f() RETURNS void LANGUAGE sql AS $$ SELECT 1 /* a long way to go
until the end of what stands in this text */; ALTER TABLE a.big ADD CONSTRAINT c CHECK (x > 0), ADD COLUMN d int REFERENCES a.o; $$;
SELECT a.f();'
like "$stdout" 'one.sql:3:1: ' "parts of a body are placed at the call"
unlike "$stdout" 'one.sql:([12]|4|5):' "and nowhere else"

# --- another migration made it
mkdir -p services/a/migrations
printf '%s\n' 'CREATE TABLE a.big (id bigint PRIMARY KEY);' "$f" >services/a/migrations/1_x.up.sql
echo 'SELECT a.f();' >services/a/migrations/2_x.up.sql
for version in 1 2; do echo 'SELECT 1;' >services/a/migrations/${version}_x.down.sql; done
run "$SKEIN" validate
like "$stdout" '2_x.up.sql:1:1: .*\[drop-table\]' "in the chain"
run "$SKEIN" validate --format json
like "$stdout" '"risk": ?"critical"' "and it counts for the risk"

# --- what is nested too deep is told as a reason
body='DROP TABLE a.big;'
for depth in 1 2 3 4 5 6 7 8 9 10; do body="DO \$x$depth\$ BEGIN $body END \$x$depth\$;"; done
echo "$body" >services/a/migrations/2_x.up.sql
run "$SKEIN" validate --format json
like "$stdout" 'runs SQL that is only known when it runs' "blocks that nobody follows"

done_testing
