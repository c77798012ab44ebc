#!/usr/bin/env bash
# What generated migrations take away and bring back on tables as people have them: as generate_types.t.
. "$(dirname "$0")/lib/tap.sh"
. "$root/tests/lib/generated.sh"
[ -n "$(server_programs)" ] || skip_all "no PostgreSQL server programs; scripts/bootstrap test installs them"

base=$scratch/base
migrations=services/shop-service/migrations
mkdir -p "$base/$migrations"
cat >"$base/$migrations/000001_create_shop.up.sql" <<'EOF'
CREATE TYPE shop_service.state AS ENUM ('new', 'paid');
CREATE TYPE shop_service."Mood" AS ENUM ('good', 'it''s bad');
CREATE TYPE shop_service.fixed AS ENUM ('a', 'b');
CREATE TYPE shop_service.size AS ENUM ('s', 'm');
CREATE TABLE shop_service.orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    state shop_service.state NOT NULL DEFAULT 'new',
    states shop_service.state[] DEFAULT '{new}',
    note text,
    CONSTRAINT known CHECK (state IN ('new', 'paid') OR note IS NOT NULL)
);
CREATE INDEX new_orders ON shop_service.orders (id) WHERE state = 'new';
CREATE INDEX orders_state_idx ON shop_service.orders (state);
CREATE TABLE shop_service.base (state shop_service.state);
CREATE TABLE shop_service.heir (extra text) INHERITS (shop_service.base);
CREATE TABLE shop_service.parts (id bigint NOT NULL, state shop_service.state) PARTITION BY RANGE (id);
CREATE TABLE shop_service.parts_1 PARTITION OF shop_service.parts FOR VALUES FROM (1) TO (9999);
CREATE VIEW shop_service.open_orders AS SELECT id, state FROM shop_service.orders WHERE state = 'new';
CREATE VIEW shop_service.open_count AS SELECT count(*) FROM shop_service.open_orders;
GRANT SELECT ON shop_service.open_orders TO reporting;
COMMENT ON VIEW shop_service.open_count IS 'How many there are';
CREATE TABLE shop_service."Days" ("Day" date, mood shop_service."Mood" DEFAULT 'good' CHECK (mood <> 'it''s bad'));
CREATE TABLE shop_service.pinned (id bigint NOT NULL, value shop_service.fixed);
CREATE MATERIALIZED VIEW shop_service.pins AS SELECT value FROM shop_service.pinned;
CREATE FUNCTION shop_service.next_size(size shop_service.size) RETURNS shop_service.size LANGUAGE sql AS 'SELECT $1';
EOF
cat >"$base/$migrations/000001_create_shop.down.sql" <<'EOF'
DROP FUNCTION shop_service.next_size(shop_service.size);
DROP MATERIALIZED VIEW shop_service.pins;
DROP VIEW shop_service.open_count, shop_service.open_orders;
DROP TABLE shop_service.pinned, shop_service."Days", shop_service.parts, shop_service.heir, shop_service.base, shop_service.orders;
DROP TYPE shop_service.size, shop_service.fixed, shop_service."Mood", shop_service.state;
EOF
cat >"$scratch/rows.sql" <<'EOF'
INSERT INTO shop_service.orders (state) SELECT 'new' FROM generate_series(1, 100);
INSERT INTO shop_service.heir VALUES ('paid'), (NULL);
INSERT INTO shop_service.parts SELECT i, 'paid' FROM generate_series(1, 100) AS i;
INSERT INTO shop_service."Days" VALUES ('2026-01-01', 'good');
INSERT INTO shop_service.pinned VALUES (1, 'a');
EOF
prepare 'CREATE ROLE reporting' || exit

try add_lost_to_state enum-value -- "SELECT count(*) = 100 FROM shop_service.open_orders"
try more_moods enum-value --object '"Mood"' --values "so so,'isn''t'"
finish

# --- what cannot follow

# $1 the name, $2 SQL between the directions, $3 what going down says
kept()
{
    cp -a "$base" "$scratch/$1" && cd "$scratch/$1" || return
    psql -X -q "$server" -c "CREATE DATABASE $1 TEMPLATE $template STRATEGY file_copy"
    export DATABASE_URL="${server%%@/*}@/$1?${server#*\?}"
    "$SKEIN" generate "$1" --type enum-value --service shop-service >/dev/null
    run "$SKEIN" up
    is "$status" 0 "$1 goes up"
    sql "$2"
    fingerprint >before
    run "$SKEIN" down 1
    isnt "$status" 0 "and not down"
    like "$stderr" "$3" "which says why"
    fingerprint >after
    ok "and nothing is changed" same before after
}
kept add_lost_to_state "UPDATE shop_service.orders SET state = 'lost', note = 'x' WHERE id = 7" 'rows of shop_service.orders hold a new value in column state'
kept add_gone_to_state "UPDATE shop_service.orders SET states = '{new,gone}' WHERE id = 7" 'hold a new value in column states'
kept add_c_to_fixed 'SELECT' 'cannot be taken away: the materialized view shop_service.pins would have to follow'
kept add_l_to_size 'SELECT' 'cannot be taken away: the function shop_service.next_size would have to follow'

report
done_testing
