#!/usr/bin/env bash
# Databases that are away, that refuse, that are somebody else's or too old: one clear error, the right exit code,
# nothing touched, and never a password.
. "$(dirname "$0")/lib/tap.sh"
. "$root/tests/lib/bad.sh"

# --- away

repository
database=$DATABASE_URL
export DATABASE_URL="postgres://u:s3cret@/x?host=$scratch"
for command in up status history plan "database tables" "database health" init "down 1" "force 1 --service users"; do
    # shellcheck disable=SC2086
    refused "no server: $command" 3 "cannot connect to .*No such file.*hint: " $command
    unlike "$stdout$stderr" s3cret "no server: $command: no password"
done
export DATABASE_URL="${database%%/test_*}/nosuch${database#*/test_[0-9]}"
refused "no such database" 3 'database "nosuch" does not exist.*hint: ' up
DATABASE_URL=postgres://u@nosuch.invalid/x
refused "no such host" 3 'cannot connect to .*nosuch.invalid.*hint: ' up
DATABASE_URL=postgres://u@127.0.0.1:1/x
refused "nobody listens" 3 'cannot connect to .*127.0.0.1:1.*hint: ' up

# --- a wrong password, which is never printed

DATABASE_URL=$database
hba=$server_directory/data/pg_hba.conf
sql "CREATE ROLE alice LOGIN PASSWORD 'right'"
{ echo 'local all alice scram-sha-256'; echo 'host all all 127.0.0.1/32 scram-sha-256'; cat "$hba"; } >"$scratch/hba" && cat "$scratch/hba" >"$hba"
sql 'SELECT pg_reload_conf()' >/dev/null
sleep 0.2

secrets=('Tr0ub4dor' 'p@ss/w0rd:x%y#z?q' 'a@b@c' 'x/y' 'x#y9zz' 'pct%zzTop' "quo'te9" 'sp ace9' 'bk1\slash9' 'q?uery=9' 'naïve9é' '[brack]9')
encode() { python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1], safe=""))' "$1"; }
# Neither whole nor any piece of three characters or more between its special characters.
silent()
{
    local secret=$1 piece all=$stdout$stderr
    [[ $all != *"$secret"* && $all != *"$(encode "$secret")"* ]] || return 1
    for piece in $(tr -c '[:alnum:]' ' ' <<<"$secret"); do
        [ "${#piece}" -lt 4 ] || [[ $all != *"$piece"* ]] || return 1
    done
}
host=$(encode "$server_directory/data")
quoted() { printf "'%s'" "$(sed "s/[\\\\']/\\\\&/g" <<<"$1")"; }
for secret in "${secrets[@]}"; do
    urls=("postgres://alice:$secret@/test_1?host=$host" "postgres://alice:$(encode "$secret")@/test_1?host=$host"
        "postgres://alice@/test_1?host=$host&password=$(encode "$secret")"
        "host=$server_directory/data user=alice dbname=test_1 password=$(quoted "$secret")"
        "host=$server_directory/data user=alice dbname=test_1 password=$secret" "alice:$secret@localhost:1/x")
    leaks=
    for url in "${urls[@]}"; do
        for command in "up --verbose" "status --json" "config" "config --json"; do
            # shellcheck disable=SC2086
            DATABASE_URL=$url skein $command
            silent "$secret" || leaks+="$command, $url: $stdout$stderr"$'\n'
            [[ $command = config* || $status = [23] ]] || leaks+="$command, $url: exit $status"$'\n'
            [[ $command != *--json || $stdout = "{"*"}" ]] || leaks+="$command, $url: no JSON"$'\n'
        done
        skein up --json --verbose --database "$url"
        silent "$secret" || leaks+="--database $url: $stdout$stderr"$'\n'
    done
    is "$leaks" "" "the password $secret stays secret"
done
DATABASE_URL="postgres://alice:wr0ngpass@/test_1?host=$host"
refused "a wrong password" 3 'password authentication failed for user "alice".*hint: ' up
unset DATABASE_URL
repository=$PWD
cd "$repository" && printf 'migrations:\n  database:\n    host: %s\n    user: alice\n    database: test_1\n    password: "wr0ng@pass"\n' "$server_directory/data" >skein.yaml
for command in up "up --json --verbose" config "config --json"; do
    # shellcheck disable=SC2086
    skein $command
    unlike "$stdout$stderr" 'wr0ng' "a password in skein.yaml: $command"
done
for variable in DATABASE_PASSWORD DB_PASSWORD PGPASSWORD; do
    rm -f skein.yaml
    as="env $variable=wr0ng@pass DB_HOST=$server_directory/data DB_USER=alice DB_NAME=test_1"
    skein up
    like "$status $stderr" '^3 .*password authentication failed' "$variable: a wrong password"
    unlike "$stdout$stderr" 'wr0ng' "$variable: not printed"
    skein config
    unlike "$stdout$stderr" 'wr0ng' "$variable: not by config either"
    as=
done

# --- privileges

repository
skein up
[ "$status" -eq 0 ] || diag "$stderr"
sql "CREATE ROLE bob LOGIN; GRANT ALL ON DATABASE $(sql 'SELECT current_database()') TO bob; REVOKE CREATE ON DATABASE $(sql 'SELECT current_database()') FROM bob, public"
owner=$DATABASE_URL bob=${DATABASE_URL/postgres@/bob@}
echo 'create table b (id int);' >"$users/000002_b.up.sql"
DATABASE_URL=$bob
refused "no USAGE on a schema" 4 'permission denied for schema (users|orders) \(SQLSTATE 42501\).*hint: GRANT .* ON SCHEMA .*USAGE' up
refused "no USAGE on a schema: status" 4 'permission denied for schema (users|orders).*hint: .*GRANT' status
sql "GRANT USAGE ON SCHEMA users, orders TO bob" "$owner"
refused "no SELECT on the version table" 4 'permission denied for table .*hint: .*GRANT' up
refused "no SELECT on the version table: status" 4 'permission denied for table .*hint: .*GRANT' status
sql "GRANT SELECT ON ALL TABLES IN SCHEMA users, orders TO bob" "$owner"
skein status
is "$status" 0 "who may only read may look"
skein up
is "$status" 4 "no UPDATE on the state tables: exit 4"
like "${stderr//$'\n'/ }" 'permission denied for table .*hint: .*GRANT' "no UPDATE on the state tables: says so"
sql "GRANT ALL ON ALL TABLES IN SCHEMA users, orders TO bob; GRANT ALL ON ALL SEQUENCES IN SCHEMA users, orders TO bob" "$owner"
skein up
is "$status" 4 "no CREATE on the schema: exit 4"
like "${stderr//$'\n'/ }" '000002_b.up.sql:1:[0-9]+: permission denied for schema users.*hint: GRANT .* ON SCHEMA users .*CREATE' "no CREATE on the schema: says so"
is "$(sql "SELECT version FROM users.users_schema_migrations" "$owner")" 1 "and nothing is applied"
mkdir -p services/third/migrations
echo 'create table b (id int);' >services/third/migrations/000001_b.up.sql
skein up --service third
is "$status" 4 "no CREATE on the database: exit 4"
like "${stderr//$'\n'/ }" 'permission denied for database .*hint: GRANT .* ON DATABASE .*CREATE' "no CREATE on the database: says so"
refused "no right to create a database" 4 'permission denied to create database.*hint:' database create --database "${bob/test_/other_}"

# --- tables of other tools under our tables' names

table() # NAME SQL REGEX
{
    repository
    sql "CREATE SCHEMA users; SET search_path TO users; $2"
    refused "$1" 8 "$3" up --service users
    refused "$1: status" 8 "$3" status
}
table "a version table of dbmate or Rails" \
    "CREATE TABLE users_schema_migrations (version varchar PRIMARY KEY); INSERT INTO users_schema_migrations VALUES ('20240101')" \
    'users.users_schema_migrations .*hint: '
table "a version table without dirty" "CREATE TABLE users_schema_migrations (version bigint PRIMARY KEY)" 'users.users_schema_migrations .*hint: '
table "a view for a version table" "CREATE VIEW users_schema_migrations AS SELECT 1::bigint AS version, false AS dirty" 'users.users_schema_migrations .*hint: '
table "an unknown migration_executions" "CREATE TABLE migration_executions (id int, what text)" 'users.migration_executions .*hint: '
table "an unknown migration_journal" "CREATE TABLE migration_journal (id int)" 'users.migration_journal .*hint: '
repository
sql "CREATE SCHEMA users; CREATE TABLE users.users_schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
     INSERT INTO users.users_schema_migrations VALUES (1, false), (2, false)"
refused "a version table with two rows" 8 'users.users_schema_migrations.*hint: ' up --service users

repository
sql "CREATE SCHEMA users; CREATE TABLE users.migration_executions (id bigserial PRIMARY KEY, migration_version varchar(50) NOT NULL,
         status varchar(20) NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed', 'rolled_back')),
         started_at timestamptz, completed_at timestamptz, duration_ms int, executed_by text, dependencies jsonb, rollback_version text);
     INSERT INTO users.migration_executions (migration_version, status, started_at, completed_at, duration_ms, executed_by)
     VALUES ('000001', 'completed', now(), now(), 5, 'carol');
     CREATE TABLE users.a (id int)"
echo 'create table b (id int);' >"$users/000002_b.up.sql"
skein up --service users
is "$status" 0 "the older migration_executions is carried over" || diag "$stderr"
is "$(sql "SELECT version FROM users.users_schema_migrations")" 2 "and built on"

# --- a standby, which may only be read

repository
mkdir -m 700 "$server_directory/standby"
[ "$(id -u)" -ne 0 ] || chown postgres: "$server_directory/standby"
if "${server_as[@]}" "$(server_programs)/pg_basebackup" -d "$server_url" -D "$server_directory/standby" -c fast -X fetch 2>"$scratch/backup"; then
    rm -f "$server_directory/standby/".s.PGSQL*
    "${server_as[@]}" touch "$server_directory/standby/standby.signal"
    "${server_as[@]}" "$(server_programs)/postgres" -D "$server_directory/standby" -k "$server_directory/standby" -c listen_addresses= -c shared_buffers=16MB -c max_connections=60 \
        >"$scratch/standby.log" 2>&1 </dev/null &
    standby=$!
    at_end() { kill -QUIT "$standby" 2>/dev/null; wait "$standby" 2>/dev/null; }
    name=${DATABASE_URL#*@/}
    DATABASE_URL="postgres://postgres@/${name%%\?*}?host=$server_directory/standby"
    for _ in {1..300}; do psql -Xqc 'select 1' "$DATABASE_URL" >/dev/null 2>&1 && break; sleep 0.05; done
    refused "a standby" 3 'is a read-only standby.*hint: connect to the primary' up
    for command in init redo "down 1" "force 1 --service users"; do
        # shellcheck disable=SC2086
        refused "a standby: $command" 3 'read-only standby.*hint: ' $command
    done
    skein status
    is "$status" 0 "a standby can be looked at" || diag "$stderr"
else
    skip "a standby" "pg_basebackup does not work here: $(head -1 "$scratch/backup")"
fi

# --- a server that is too old, as its greeting says

if command -v python3 >/dev/null; then
    cat >"$scratch/old.py" <<'END'
import os, socket, struct, sys
path = sys.argv[1]
server = socket.socket(socket.AF_UNIX)
server.bind(path)
os.chmod(path, 0o777)
server.listen(8)
def message(kind, body): return kind + struct.pack('!I', len(body) + 4) + body
def pair(a, b): return message(b'S', a + b'\0' + b + b'\0')
while True:
    try:
        client, _ = server.accept()
        length, code = struct.unpack('!II', client.recv(8))
        client.recv(length - 8)
        client.sendall(message(b'R', struct.pack('!I', 0)) + pair(b'server_version', b'12.5') + pair(b'client_encoding', b'UTF8')
                       + pair(b'standard_conforming_strings', b'on') + message(b'K', struct.pack('!II', 1, 1)) + message(b'Z', b'I'))
        while client.recv(65536):
            client.sendall(message(b'E', b'SERROR\0C42703\0Msomething this old server does not know\0\0') + message(b'Z', b'I'))
    except OSError:
        pass
    client.close()
END
    mkdir "$scratch/old"
    python3 "$scratch/old.py" "$scratch/old/.s.PGSQL.5432" 2>"$scratch/old.log" &
    old=$!
    at_end() { kill "$old" 2>/dev/null; [ -z "${standby:-}" ] || { kill -QUIT "$standby" 2>/dev/null; wait "$standby" 2>/dev/null; }; }
    for _ in {1..100}; do [ -S "$scratch/old/.s.PGSQL.5432" ] && break; sleep 0.05; done
    DATABASE_URL="postgres://postgres@/x?host=$scratch/old"
    for command in up status; do
        refused "a server older than 13: $command" 2 'is PostgreSQL 12.*hint: skein works with PostgreSQL 13 and later' "$command"
    done
else
    skip "a server older than 13" "no python3 to play one"
fi

done_testing
