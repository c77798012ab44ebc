#!/usr/bin/env bash
# Behind a connection pooler in transaction mode, where two transactions of one session may meet different server
# processes: what is one transaction works there, and what is not is refused until there is a direct URL.
. "$(dirname "$0")/lib/tap.sh"

pgbouncer=$(PATH=$PATH:/usr/sbin command -v pgbouncer) || skip_all "no pgbouncer; its package starts a service of its own, so scripts/bootstrap installs it in containers only"
start_server
new_database
direct=$DATABASE_URL
database=${direct#*@/} database=${database%%\?*}

# --- a pooler of our own

pool=$scratch/pool
mkdir "$pool"
echo '"postgres" ""' >"$pool/users"
cat >"$pool/ini" <<INI
[databases]
* = host=$server_directory/data user=postgres
[pgbouncer]
listen_addr =
listen_port = 6543
unix_socket_dir = $pool
auth_type = any
auth_file = $pool/users
admin_users = postgres
pool_mode = transaction
default_pool_size = 10
server_round_robin = 1
ignore_startup_parameters =
pidfile =
INI
[ "$(id -u)" -ne 0 ] || chown -R postgres "$pool"
"${server_as[@]}" "$pgbouncer" "$pool/ini" >"$pool/log" 2>&1 </dev/null &
pooler=$!
at_end()
{
    kill "$pooler" 2>/dev/null
    wait "$pooler" 2>/dev/null
}
pooled="postgresql://postgres@/$database?host=$pool&port=6543"
for ((i = 0; i < 500; i++)); do
    psql -X -q "$pooled" -c 'SELECT 1' >/dev/null 2>&1 && break
    kill -0 "$pooler" 2>/dev/null || break
    sleep 0.02
done
ok "the pooler answers" psql -X -q "$pooled" -c 'SELECT 1' || { diag "$(cat "$pool/log")"; done_testing; }

# Several server processes, used in turn, each with its own pid as a mark.
for i in 1 2 3 4; do psql -X -q "$pooled" -c 'BEGIN' -c 'SELECT pg_sleep(0.5)' -c 'COMMIT' >/dev/null & clients[i]=$!; done
wait "${clients[@]}"

m=$scratch/migrations
mkdir "$m"
for i in 1 2 3 4 5 6 7 8; do
    echo "SET search_path = elsewhere_$i, public; SET work_mem = '${i}MB'; CREATE TABLE public.t$i (id int); INSERT INTO t$i VALUES ($i)" >"$m/${i}_t.up.sql"
    echo "DROP TABLE public.t$i" >"$m/${i}_t.down.sql"
done
through() { run "$SKEIN" --migrations "$m" --database "$pooled" --yes "$@"; }

# --- what is one transaction each

through up
is "$status" 0 "transactional migrations go up" || diag "$stderr"
is "$(sql "SELECT version, dirty FROM schema_migrations" "$direct")" "8|f" "to the newest"
is "$(sql "SELECT count(*) FROM migration_executions WHERE execution_status = 'success'" "$direct")" 8 "each on record"
through status
is "$status" 0 "status reads through the pooler"
through up
is "$status" 0 "a second run finds nothing to do"
through down 3
is "$status" 0 "and down again" || diag "$stderr"
is "$(sql "SELECT version, dirty FROM schema_migrations" "$direct")" "5|f" "by three"

# --- nothing stays behind in a server process

leaks()
{
    local i
    for ((i = 0; i < 12; i++)); do
        sql "SELECT current_setting('search_path') || ' ' || current_setting('work_mem') || ' ' || current_setting('lock_timeout') || ' ' ||
                    current_setting('statement_timeout') || ' ' ||
                    coalesce(current_setting('client_connection_check_interval', true), '0') || ' ' ||
                    (SELECT count(*) FROM pg_prepared_statements WHERE NOT name = '') || ' ' ||
                    (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory')" "$pooled"
    done | sort -u
}
is "$(leaks)" '"$user", public 4MB 0 0 0 0 0' "no setting, prepared statement or lock is left in any of the pooler's server processes"

# --- two at once

echo "SELECT pg_sleep(1.5); CREATE TABLE public.slow (id int)" >"$m/9_slow.up.sql"
"$SKEIN" --migrations "$m" --database "$pooled" --yes up >"$scratch/one" 2>&1 &
one=$!
"$SKEIN" --migrations "$m" --database "$pooled" --yes up >"$scratch/two" 2>&1 &
two=$!
wait "$one"
is "$?" 0 "two runs at once: the one goes up" || diag "$(cat "$scratch/one")"
wait "$two"
is "$?" 0 "and so does the other" || diag "$(cat "$scratch/two")"
is "$(sql "SELECT string_agg(n::text, ' ' ORDER BY n) FROM (SELECT count(*) AS n FROM migration_history WHERE direction = 'up' AND outcome = 'success' AND version > 5 GROUP BY version) c" "$direct")" \
    "1 2 2 2" "each migration was applied once"
through --wait 0s up
is "$status" 0 "then the lock is free"

# --- what is not one transaction

echo 'CREATE INDEX CONCURRENTLY t1_id ON public.t1 (id); CREATE INDEX CONCURRENTLY t2_id ON public.t2 (id)' >"$m/10_index.up.sql"
through up
is "$status" 2 "a migration that cannot be transactional is refused"
like "$stderr" 'cannot run through a connection pooler' "with the reason"
like "$stderr" 'SKEIN_DIRECT_URL' "and what to do"
is "$(sql "SELECT version, dirty FROM schema_migrations" "$direct")" "9|f" "before anything has changed"
is "$(sql "SELECT count(*) FROM migration_journal" "$direct")" 0 "and no journal is open"

DATABASE_URL=$pooled SKEIN_DIRECT_URL=$direct run "$SKEIN" --migrations "$m" --yes up
is "$status" 0 "with a direct URL it runs" || diag "$stderr"
is "$(sql "SELECT version, dirty FROM schema_migrations" "$direct")" "10|f" "to its end"
DATABASE_URL=$pooled SKEIN_DIRECT_URL=$direct run "$SKEIN" --migrations "$m" --database "$pooled" --yes redo
is "$status" 2 "--database lies nearer than the variable of the direct URL, which may be of another database"

# --- user and password beside a URL

DATABASE_URL="postgresql:///$database?host=$server_directory/data" DB_USER=postgres run "$SKEIN" --migrations "$m" status
is "$status" 0 "a URL without a user is completed by DB_USER" || diag "$stderr"
DATABASE_URL="postgresql:///$database?host=$server_directory/data" DB_USER=nobody_here run "$SKEIN" --migrations "$m" status
is "$status" 3 "which counts"
like "$stderr" 'nobody_here' "and is named"

done_testing
