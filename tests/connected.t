#!/usr/bin/env bash
# `skein validate --connected`: what the database adds, and that nothing connects unasked.
. "$(dirname "$0")/lib/tap.sh"
start_server
new_database
mkdir -p "$scratch/shop/services/"{a,b}/migrations && cd "$scratch/shop" || exit
for service in a b; do
    for number in 1 2; do
        printf 'CREATE TABLE %s.t%s (id bigint PRIMARY KEY, x int);\n' $service $number >"services/$service/migrations/00000${number}_t$number.up.sql"
        printf 'DROP TABLE %s.t%s;\n' $service $number >"services/$service/migrations/00000${number}_t$number.down.sql"
    done
done
run "$SKEIN" up --yes
is "$status" 0 "migrations are applied"
run "$SKEIN" validate --connected
is "$status:$(grep -c edited-after <<<"$stdout")" "0:0" "nothing was edited"

echo '-- edited' >>services/a/migrations/000001_t1.up.sql
echo '-- edited' >>services/b/migrations/000002_t2.down.sql
run "$SKEIN" validate
is "$status" 0 "without --connected nobody asks the database"
run "$SKEIN" validate --connected
is "$status:$(grep -c edited-after-applied <<<"$stdout")" "1:1" "an applied migration was edited"
like "$stdout" "^services/a/migrations/000001_t1.up.sql: error: a 000001 was applied at 20[0-9-]+.* by [^ ]+ \(development\), and was edited since: the up half; SHA-256 [0-9a-f]{12}… was applied, [0-9a-f]{12}… is there \[edited-after-applied\]" "with when and by whom"
run "$SKEIN" --service b validate --connected
is "$status" 0 "another service is not concerned"
before=$(sql "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del), (SELECT count(*) FROM pg_class) FROM pg_stat_user_tables")
run "$SKEIN" validate --connected
is "$(sql "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del), (SELECT count(*) FROM pg_class) FROM pg_stat_user_tables")" "$before" "nothing is written"
sed -i '$d' services/a/migrations/000001_t1.up.sql
run "$SKEIN" validate --connected
is "$status" 0 "taken back"

# --- sizes
sql "INSERT INTO a.t1 SELECT i, i FROM generate_series(1, 20000) i; ANALYZE a.t1" >/dev/null
cat >skein-rules.yaml <<'END'
- id: large-table
  title: a large table is altered
  severity: error
  on: [add-column]
  when: [table-rows > 10000]
  message: '{{table}} is large'
  why: it is
  bad: |
    ALTER TABLE a.t1 ADD COLUMN y int;
  good: |
    SELECT 1;
END
printf 'ALTER TABLE a.t1 ADD COLUMN y int;\nALTER TABLE a.t2 ADD COLUMN y int;\n' >services/a/migrations/000003_y.up.sql
printf 'ALTER TABLE a.t1 DROP COLUMN y;\nALTER TABLE a.t2 DROP COLUMN y;\n' >services/a/migrations/000003_y.down.sql
run "$SKEIN" validate
unlike "$stdout" 'large-table' "sizes are not known without the database"
run "$SKEIN" validate --connected
is "$(grep -o 'up.sql:[0-9]*:.*large-table' <<<"$stdout" | cut -d: -f2)" "1" "with it the rule about large tables sees the large one"
rm services/a/migrations/000003* skein-rules.yaml

# --- no database
run env DATABASE_URL=postgres://nobody@127.0.0.1:1/none "$SKEIN" validate
is "$status" 0 "a database that is not there does not matter"
run env DATABASE_URL=postgres://nobody@127.0.0.1:1/none "$SKEIN" validate --connected
is "$status" 3 "unless it is asked"
run env -u DATABASE_URL "$SKEIN" validate --connected
is "$status:$(ls -A | grep -c skein)" "2:0" "the private server is not started"
like "$stderr" 'no database is configured' "but said to be missing"
for option in --staged --stamps=.skein/x services/a/migrations/000001_t1.up.sql; do
    run "$SKEIN" validate --connected $option
    is "$status" 2 "not with $option"
done

done_testing
