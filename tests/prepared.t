#!/usr/bin/env bash
# skein prepares what it repeats for every migration; files may prepare and drop what they like.
. "$(dirname "$0")/lib/tap.sh"
new_database
mkdir "$scratch/files"
echo "CREATE TABLE a (i int);" >"$scratch/files/1_a.up.sql"
echo "CREATE TABLE b (i int);" >"$scratch/files/2_b.up.sql"
echo "DEALLOCATE ALL; CREATE TABLE c (i int);" >"$scratch/files/3_c.up.sql"
echo "CREATE TABLE d (i int);" >"$scratch/files/4_d.up.sql"
echo "PREPARE e AS SELECT 1; EXECUTE e; DEALLOCATE e;" >"$scratch/files/5_e.up.sql"
echo "DO \$\$ BEGIN EXECUTE 'deallocate all'; END \$\$;" >"$scratch/files/6_f.up.sql"
echo "CREATE TABLE g (i int);" >"$scratch/files/7_g.up.sql"
run "$SKEIN" --database "$DATABASE_URL" --migrations "$scratch/files" --yes up 4
is "$status" 0 "up, with DEALLOCATE ALL in one of the files"
is "$(sql 'SELECT version, dirty FROM schema_migrations')" "4|f" "all of them are on record"
run "$SKEIN" --database "$DATABASE_URL" --migrations "$scratch/files" --yes up
is "$status" 0 "up, with a file that prepares and one that deallocates in a DO block"
is "$(sql 'SELECT version, dirty FROM schema_migrations')" "7|f" "all of them are on record"
done_testing
