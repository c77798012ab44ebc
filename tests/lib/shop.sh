# A repository of one service, shop-service, whose first migration has run; for tests that source tap.sh before.

migrations=services/shop-service/migrations

# shop SQL: a repository with one migration, which has run.
shop()
{
    rm -rf "$scratch/shop"
    mkdir -p "$scratch/shop/$migrations" && cd "$scratch/shop" || exit
    new_database
    echo "$1" >"$migrations/000001_begin.up.sql"
    echo 'DROP SCHEMA shop_service CASCADE;' >"$migrations/000001_begin.down.sql"
    "$SKEIN" up >"$scratch/begin.log" 2>&1 || diag "$(cat "$scratch/begin.log")"
}
