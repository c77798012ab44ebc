#!/usr/bin/env bash
# skein database: create, drop, clean, look; and who has to agree before data are lost.
. "$(dirname "$0")/lib/tap.sh"

mkdir -p "$scratch/repo"
cp -r "$root/services" "$scratch/repo/"
cd "$scratch/repo" || exit 1
new_database
existing=$DATABASE_URL
base=${server_url%/postgres\?host=*}
export DATABASE_URL="$base/made%20here?host=$server_directory/data"

skein()
{
    run "$SKEIN" "$@"
}

# --- create and drop

skein database create
is "$status" 0 "create" || diag "$stderr"
is "$stdout" "created the database made here" "it says so"
skein database create
is "$status" 0 "again is success"
like "$stdout" 'is there already' "and says so"
is "$(sql 'SELECT current_database()')" "made here" "it is there"

skein database drop
is "$status" 6 "in development, a database of one's own wants consent: exit code"
skein database drop --confirm 'made'
is "$status" 6 "another name is no consent: exit code"
like "$stderr" 'database made here, and the confirmation names made' "both are named"
SKEIN_CONFIRM='made here' skein database recreate
is "$status" 0 "recreate, confirmed by the environment" || diag "$stderr"
skein --environment production database drop --yes
is "$status" 6 "in production --yes is not enough"
like "$stderr" '--confirm made here \(with make: CONFIRM=made here\)' "it says what is"
is "$(sql 'SELECT 1')" 1 "and nothing was dropped"

exec 7> >(exec psql -XAtq "$DATABASE_URL" >/dev/null 2>&1)
echo "SET application_name = 'a session';" >&7
for i in 1 2 3 4 5 6 7 8 9 10; do
    [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'a session'")" = 1 ] && break
    sleep 0.1
done
skein --environment production database drop --confirm 'made here'
is "$status" 7 "in production a database in use stays: exit code"
like "$stderr" 'used by postgres \(a session\)' "it says who uses it"
skein database drop --yes
is "$status" 0 "in development the session is ended" || diag "$stderr"
exec 7>&-
skein database drop --yes
like "$stdout" 'there is no database' "dropping what is not there is success"
skein database health
is "$status" 3 "health without a database: exit code"
DATABASE_URL="$base/postgres?host=$server_directory/data" skein database drop --confirm postgres
is "$status" 6 "the server's own database is never dropped"

# --- look

export DATABASE_URL=$existing
skein database health
is "$status" 0 "health of an empty database" || diag "$stderr"
like "$stdout" 'not initialised' "nothing is initialised"
skein up
is "$status" 0 "up" || diag "$stderr"
skein database health --json
like "$stdout" '"writable":true.*"service":"user-service","state":"initialised","version":5' "health as JSON"
sql 'ALTER TABLE user_service.users ADD COLUMN extra int' >/dev/null
skein database tables
like "$stdout" 'user_service +users ' "tables"
unlike "$stdout" 'pg_catalog' "but not the system's"
skein database counts --json
like "$stdout" '"schema":"user_service","table":"migration_executions","rows":5' "exact counts"
skein database counts --service auth-service
unlike "$stdout" 'user_service' "of one service"
skein database schema
like "$stdout" 'user_service +postgres +[0-9]+' "schemas with their owners"
skein database connect -- -XAtc 'SELECT current_database()'
is "$stdout" "$(sql 'SELECT current_database()')" "connect is psql"
sql 'ALTER DATABASE test_1 SET default_transaction_read_only = on' >/dev/null
skein database health
is "$status" 4 "a read-only database: exit code"
like "$stdout" 'writable: +no' "it is shown"
DATABASE_URL="$base/template1?host=$server_directory/data" sql 'ALTER DATABASE test_1 RESET default_transaction_read_only' >/dev/null

skein database helth
is "$status" 2 "an unknown verb: exit code"
like "$stderr" 'did you mean `skein database health`' "the nearest is named"

# --- the password is nobody's business

mkdir bin
printf '#!/bin/sh\nprintf "%%s\\n" "$@"; echo "password: $PGPASSWORD"\n' >bin/psql
chmod +x bin/psql
PATH=$PWD/bin:$PATH DATABASE_URL='postgres://me:top%20secret@h/x' skein database connect
like "$stdout" 'password: top secret' "psql gets the password through the environment"
unlike "${stdout%password:*}" 'secret' "and not in its arguments"

# --- clean

sql 'CREATE SCHEMA others; CREATE TABLE others.kept (i int);
     CREATE TABLE public.kept (i int);
     CREATE TABLE public.user_service_schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
     CREATE TABLE public.auth_service_schema_migrations (something text)' >/dev/null
skein --environment staging --service user-service database clean --yes
is "$status" 6 "clean outside development wants the name"
skein database clean --confirm test_1
is "$status" 0 "clean" || diag "$stderr"
is "$(sql "SELECT string_agg(nspname, ',' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_|^information'")" \
    "others,public" "the services' schemas are gone, the rest stays"
is "$(sql "SELECT string_agg(tablename, ',' ORDER BY tablename) FROM pg_tables WHERE schemaname IN ('public', 'others')")" \
    "auth_service_schema_migrations,kept,kept" "and so is golang-migrate's table, where it is one"
sql 'DROP TABLE public.auth_service_schema_migrations' >/dev/null
skein up
is "$status" 0 "and all can be applied again" || diag "$stderr"
skein database clean --confirm test_1 --json
like "$stdout" '"dropped":\["schema \\"auth_service\\""' "as JSON"

# --- clean with --migrations

new_database
name=$(sql 'SELECT current_database()')
mkdir plain
echo 'CREATE TABLE t (i int);' >plain/1_t.up.sql
sql "CREATE EXTENSION hstore; CREATE TABLE \"we\"\"ird; DROP\" (id serial PRIMARY KEY, h hstore);
     CREATE VIEW v AS SELECT * FROM \"we\"\"ird; DROP\"; CREATE MATERIALIZED VIEW m AS SELECT * FROM v;
     CREATE TYPE mood AS ENUM ('a'); CREATE TYPE pair AS (a int, b mood); CREATE DOMAIN d AS int; CREATE SEQUENCE s;
     CREATE TYPE span AS RANGE (subtype = int);
     CREATE FUNCTION f(mood, int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE PROCEDURE p() LANGUAGE sql AS '';
     CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
     CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
     CREATE TABLE parted (i int) PARTITION BY RANGE (i); CREATE TABLE part PARTITION OF parted DEFAULT;
     CREATE TEXT SEARCH CONFIGURATION words (COPY = simple); CREATE COLLATION c FROM \"C\";
     CREATE SCHEMA other; CREATE TABLE other.kept (m mood)" >/dev/null
skein --migrations plain up
is "$status" 0 "up in the same schema" || diag "$stderr"
skein --migrations plain database clean
is "$status" 6 "clean with --migrations wants consent"
skein --migrations plain database clean --confirm "$name"
is "$status" 0 "clean with --migrations" || diag "$stderr"
is "$(sql "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')")" \
    0 "no table, view or sequence is left"
is "$(sql "SELECT string_agg(t, ',' ORDER BY t) FROM (
        SELECT typname::text t FROM pg_type WHERE typnamespace = 'public'::regnamespace
        UNION ALL SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
        UNION ALL SELECT collname FROM pg_collation WHERE collnamespace = 'public'::regnamespace
        UNION ALL SELECT cfgname FROM pg_ts_config WHERE cfgnamespace = 'public'::regnamespace) x")" \
    "_ghstore,_hstore,ghstore,hstore" "nor anything else but the extension"
is "$(sql "SELECT count(*) FROM pg_tables WHERE schemaname = 'other'")" 1 "the other schema stays"

sql "CREATE TABLE mine (i int); CREATE TABLE theirs (i int); CREATE ROLE other_$$ LOGIN;
     ALTER TABLE mine OWNER TO other_$$; GRANT ALL ON SCHEMA public TO other_$$" >/dev/null
DATABASE_URL=${DATABASE_URL/postgres@/other_$$@} skein --migrations plain database clean --confirm "$name"
is "$status" 4 "what belongs to another role: exit code"
is "$(sql "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")" 2 "then nothing is dropped"

done_testing
