#!/usr/bin/env bash
# Migration files that are wrong: one clear error, the right exit code, and nothing touched; and those that look
# odd and are right.
. "$(dirname "$0")/lib/tap.sh"
. "$root/tests/lib/bad.sh"
# Who owns nothing shall reach the socket.
start_server -c unix_socket_permissions=0777
chmod 711 "$server_directory/data"

# --- what is no file at all

repository
mkdir "$users/000002_dir.up.sql"
refused "a directory named like a migration" 2 "000002_dir.up.sql is a directory.*hint: rename" up

repository
ln -s 000002_loop.up.sql "$users/000002_loop.up.sql"
refused "a symlink loop" 2 "000002_loop.up.sql is not a file: .*circle.*hint: remove it" up

repository
ln -s loop services/loop
ln -s .. services/users/up
refused "a directory that contains itself" 0 "2 of 2 migrations" up

repository
ln -s nowhere "$users/000002_dangling.up.sql"
refused "a symlink to nowhere" 2 "000002_dangling.up.sql is not a file.*hint: remove it" up

repository
mkfifo "$users/000002_fifo.up.sql"
refused "a fifo" 2 "000002_fifo.up.sql is not a file.*hint:" up

repository
chmod 000 "$users/000001_a.up.sql"
if as_nobody test -r "$users/000001_a.up.sql" 2>/dev/null || ! as_nobody true 2>/dev/null; then
    skip "an unreadable file" "no way to run as a user who may not read it"
else
    as=as_nobody refused "an unreadable file" 4 "000001_a.up.sql.*[Pp]ermission denied" up
    chmod 644 "$users/000001_a.up.sql"
    chmod 000 "$users"
    as=as_nobody refused "an unreadable directory" 4 "$users.*[Pp]ermission denied" up
    chmod 755 "$users"
fi

# --- bytes that are no SQL

repository
printf '\xef\xbb\xbfcreate table b (id int);\n' >"$users/000002_b.up.sql"
refused "a BOM" 2 "000002_b.up.sql:1:1: .*byte order mark.*hint: save it as UTF-8 without BOM" up

repository
printf 'create table b\n (id\0 int);\n' >"$users/000002_b.up.sql"
refused "a NUL byte" 2 "000002_b.up.sql:2:5: .*NUL byte.*hint: take it out" up

repository
printf 'create table b\n (id int); -- \xff\n' >"$users/000002_b.up.sql"
refused "invalid UTF-8" 2 "000002_b.up.sql:2:15: byte 0xFF is not valid UTF-8.*hint: save" up

repository
printf '\xff\xfec\0r\0' >"$users/000002_b.up.sql"
refused "UTF-16" 2 "000002_b.up.sql:1:1: .*hint: .*UTF-16" up

repository
printf '\xff' >"$users/000001_a.down.sql"
skein up --service users
refused "invalid UTF-8 in a half that nobody needs is no business of up's sibling" 2 "000001_a.down.sql:1:1: .*not valid UTF-8" \
    down --service users

repository
{ echo "create table b (id int);"; head -c 104857600 /dev/zero | tr '\0' '-'; } >"$users/000002_b.up.sql"
refused "a file of 100 MB" 2 "000002_b.up.sql has 104857625 bytes, more than the limit of 33554432.*hint: split it.*SKEIN_MAX_FILE_SIZE" up
rm "$users/000002_b.up.sql"

# --- SQL that goes too far

for terms in 20000 100000; do
    repository
    { printf 'create table b as select 1'; yes '+1' | head -n "$terms"; echo ' as n;'; } >"$users/000002_b.up.sql"
    skein up
    if [ "$status" -eq 0 ]; then
        is "$(sql 'SELECT n FROM users.b')" $((terms + 1)) "an expression of $terms terms runs"
    else
        is "$status" 1 "an expression of $terms terms is the server's to refuse"
        like "$stderr" "000002_b.up.sql:1:[0-9]+: .*stack depth limit exceeded" "and it is said what is too deep"
    fi
    skein validate
    ok "validate and an expression of $terms terms" test "$status" -le 1
done

repository
{ printf 'select '; head -c 200000 /dev/zero | tr '\0' '('; printf 1;  head -c 200000 /dev/zero | tr '\0' ')'; echo ';'; } \
    >"$users/000002_b.up.sql"
skein up
is "$status" 1 "200,000 parentheses are the server's to refuse"
like "$stderr" "000002_b.up.sql:1:[0-9]+: " "at a place"

repository
printf 'select 1;\n\\set x 1\n' >"$users/000002_b.up.sql"
refused "a command of psql" 2 "000002_b.up.sql:2:1: .set is a command of psql.*hint:" up

repository
printf 'copy a from stdin;\n1\n\\.\n' >"$users/000002_b.up.sql"
refused "COPY FROM STDIN" 2 "000002_b.up.sql:1:1: COPY.*hint:" up

repository
printf 'begin;\nselect 1;\n' >"$users/000002_b.up.sql"
refused "BEGIN without COMMIT" 2 "000002_b.up.sql:1:1: .*hint:" up

# --- versions and halves

repository
echo 'select 1;' >"$users/000001_b.up.sql"
refused "a version twice" 2 "version 1 is there twice: .*000001_a.up.sql and .*000001_b.up.sql.*hint: give one" up

repository
echo 'select 1;' >"$users/1_a.up.sql"
refused "a version twice, with zeros and without" 2 "version 1 is there twice: .*000001_a.up.sql and .*1_a.up.sql.*hint:" up

for version in 9223372036854775808 18446744073709551616 99999999999999999999999999; do
    repository
    echo 'select 1;' >"$users/${version}_b.up.sql"
    refused "version $version" 2 "${version}_b.up.sql: version $version is above 9223372036854775807.*hint: rename" up
done

repository
echo 'create table b (id int);' >"$users/9223372036854775807_b.up.sql"
skein up
is "$status,$(sql "SELECT version FROM users.users_schema_migrations")" "0,9223372036854775807" "the greatest version is accepted"

repository
rm "$users/000001_a.down.sql"
skein up
is "$status" 0 "a missing half that nobody needs is accepted"
refused "a missing half that is needed: down" 2 "users 000001 has no down half.*hint: create .*000001_a.down.sql" down --service users
refused "and down --all rolls nothing back" 2 "users 000001 has no down half.*hint: create .*000001_a.down.sql" down --all

repository
rm "$users/000001_a.up.sql"
refused "a missing half that is needed: up" 2 "users 000001 has no up half.*hint: create .*000001_a.up.sql" up

repository
printf -- '-- +++++ UP\nselect 1;\n' >"$users/000002_b.sql"
refused "a missing marker" 2 "000002_b.sql:1:1: the marker for DOWN is missing.*hint: add the line -- [+]{5} DOWN" up

# --- accepted as golang-migrate accepts them

repository
: >"$users/000002_empty.up.sql"
printf -- '-- only a comment' >"$users/000003_comment.up.sql"
printf -- '/* only\n /* nested */ */' >"$users/000004_nested.up.sql"
printf 'create table b\r\n (id int);\r\n-- end\r\n' >"$users/000005_crlf.up.sql"
printf 'create table c (id int)' >"$users/000006_no_semicolon.up.sql"
printf 'create table d (id int);' >"$users/000007_no_newline.up.sql"
printf ' \n\t\r\n;;\n' >"$users/000008_semicolons.up.sql"
skein up
is "$status" 0 "empty files, comments, CRLF, no semicolon, no newline are accepted" || diag "$stderr"
is "$(sql "SELECT version FROM users.users_schema_migrations")" 8 "all of them are applied"
skein --migrations "$users" --database "$DATABASE_URL" status
is "$status" 0 "and with --migrations"

# --- odd names

repository
mkdir -p $'services/x"; drop schema users; --/migrations' $'services/a\nb/migrations' "services/o'neil/migrations"
for service in $'x"; drop schema users; --' $'a\nb' "o'neil"; do
    echo 'create table t (id int);' >"services/$service/migrations/000001_t.up.sql"
    echo 'drop table t;' >"services/$service/migrations/000001_t.down.sql"
done
skein up
if [ "$status" -eq 0 ]; then
    is "$(sql "SELECT count(*) FROM pg_tables WHERE tablename = 't'")" 3 "services with quotes, semicolons and line ends in their names"
    skein down --all
    is "$status,$(sql "SELECT count(*) FROM pg_tables WHERE tablename IN ('t', 'a', 'o')")" 0,0 "and down again"
else
    like "$status $stderr" "^2 .*hint" "services with quotes, semicolons and line ends in their names are refused"
fi
skein status --json
ok "status is JSON whatever the names" json

repository
printf 'create table "b;\n"" c" (id int);' >"$users/000002_it's \$(odd); name.up.sql"
skein up
is "$status" 0 "an odd file name" || diag "$stderr"
is "$(sql "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'b;%'")" 1 "and an odd table name"

repository
mkdir -p empty
for i in $(seq 1 40); do printf 'empty/%s ' e$i-{1..250}; done | xargs mkdir
skein status --services-path empty
like "$status $stderr" "^0 warning: empty holds no service" "10,000 directories without migrations: no service"
repository
mkdir services/e{1..3000}
skein status
is "$status" 0 "3,000 directories without migrations beside two services"

done_testing
