# Writes the same migrations in the form of every tool that is measured.
#
#   awk -f migrations.awk -v out=DIRECTORY -v count=1000 -v kind=small -v formats='pairs goose'
#
# kind=small: each migration makes a table and an index.  kind=mixed: ten kinds of change in turn, among them
# data and a function.  formats: pairs (golang-migrate's and skein's), goose, dbmate, sql-migrate, tern, sqitch.

function write(path, text)
{
    printf "%s", text > path
    close(path)
}

function create_table(table)
{
    return "CREATE TABLE " table " (\n" \
           "    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n" \
           "    customer_id bigint NOT NULL,\n" \
           "    status text NOT NULL DEFAULT 'new',\n" \
           "    amount numeric(12, 2) NOT NULL DEFAULT 0,\n" \
           "    created_at timestamptz NOT NULL DEFAULT now()\n" \
           ");\n"
}

# Sets name, up and down.
function make_small(number)
{
    table = sprintf("orders_%06d", number)
    name = "create_" table
    up = "-- Orders of one region, looked up by customer.\n" create_table(table) \
         "CREATE INDEX " table "_customer ON " table " (customer_id, created_at);\n"
    down = "DROP TABLE " table ";\n"
}

function make_mixed(number,    which)
{
    which = (number - 1) % 10
    table = sprintf("orders_%06d", number - which)
    if (which == 0) {
        name = "create_" table
        up = create_table(table)
        down = "DROP TABLE " table ";\n"
    } else if (which == 1) {
        name = "index_" table
        up = "CREATE INDEX " table "_customer ON " table " (customer_id, created_at);\n"
        down = "DROP INDEX " table "_customer;\n"
    } else if (which == 2) {
        name = "add_note_to_" table
        up = "ALTER TABLE " table " ADD COLUMN note text, ADD COLUMN priority integer NOT NULL DEFAULT 3;\n"
        down = "ALTER TABLE " table " DROP COLUMN note, DROP COLUMN priority;\n"
    } else if (which == 3) {
        name = "fill_" table
        up = "INSERT INTO " table " (customer_id, amount, note) VALUES (1, 9.95, 'first'), (2, 19.9, 'second; paid');\n" \
             "UPDATE " table " SET status = 'paid' WHERE note LIKE '%paid';\n"
        down = "DELETE FROM " table ";\n"
    } else if (which == 4) {
        name = "check_" table
        up = "ALTER TABLE " table " ADD CONSTRAINT " table "_amount CHECK (amount >= 0);\n"
        down = "ALTER TABLE " table " DROP CONSTRAINT " table "_amount;\n"
    } else if (which == 5) {
        name = "touch_" table
        up = "CREATE FUNCTION touch_" table "() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n" \
             "    NEW.created_at := now();\n    RETURN NEW;\nEND\n$$;\n" \
             "CREATE TRIGGER touch BEFORE UPDATE ON " table " FOR EACH ROW EXECUTE FUNCTION touch_" table "();\n"
        down = "DROP TRIGGER touch ON " table ";\nDROP FUNCTION touch_" table "();\n"
    } else if (which == 6) {
        name = "view_" table
        up = "CREATE VIEW open_" table " AS SELECT id, customer_id, amount FROM " table " WHERE status <> 'paid';\n"
        down = "DROP VIEW open_" table ";\n"
    } else if (which == 7) {
        name = "status_of_" table
        up = "ALTER TABLE " table " ALTER COLUMN status SET DEFAULT 'open';\nUPDATE " table " SET status = 'open' WHERE status = 'new';\n"
        down = "ALTER TABLE " table " ALTER COLUMN status SET DEFAULT 'new';\n"
    } else if (which == 8) {
        name = "describe_" table
        up = "COMMENT ON TABLE " table " IS 'orders of one region';\nCOMMENT ON COLUMN " table ".amount IS 'with tax';\n"
        down = "COMMENT ON TABLE " table " IS NULL;\n"
    } else {
        name = "unique_" table
        up = "CREATE UNIQUE INDEX " table "_note ON " table " (customer_id, note) WHERE note IS NOT NULL;\n"
        down = "DROP INDEX " table "_note;\n"
    }
}

# Tools that split at ';' by themselves are told where a function is.
function fenced(sql, before, after)
{
    return sql ~ /\$\$/ ? before sql after : sql
}

function write_pairs(number)
{
    path = out "/pairs/" sprintf("%06d", number) "_" name
    write(path ".up.sql", up)
    if (halves)
        write(path ".down.sql", down)
}

function write_others(number)
{
    file = sprintf("%06d", number) "_" name ".sql"
    if ("goose" in wanted)
        write(out "/goose/" file, "-- +goose Up\n" fenced(up, "-- +goose StatementBegin\n", "-- +goose StatementEnd\n") \
              "\n-- +goose Down\n" down)
    if ("dbmate" in wanted)
        write(out "/dbmate/" file, "-- migrate:up\n" up "\n-- migrate:down\n" down)
    if ("sql-migrate" in wanted)
        write(out "/sql-migrate/" file, "-- +migrate Up\n" \
              fenced(up, "-- +migrate StatementBegin\n", "-- +migrate StatementEnd\n") "\n-- +migrate Down\n" down)
    if ("tern" in wanted)
        write(out "/tern/" file, up "\n---- create above / drop below ----\n\n" down)
    if ("sqitch" in wanted) {
        file = sprintf("%06d", number) "_" name
        write(out "/sqitch/deploy/" file ".sql", "BEGIN;\n" up "COMMIT;\n")
        printf "%s 2026-01-01T00:00:00Z A <a@example.org> # %s\n", file, name > (out "/sqitch/sqitch.plan")
    }
}

BEGIN {
    split(formats, list, " ")
    for (i in list) {
        wanted[list[i]] = 1
        directories = directories " " out "/" list[i] (list[i] == "sqitch" ? "/deploy" : "")
    }
    if (halves == "")
        halves = 1
    system("mkdir -p" directories)
    if ("sqitch" in wanted) {
        write(out "/sqitch/sqitch.conf", "[core]\n\tengine = pg\n[user]\n\tname = A\n\temail = a@example.org\n")
        printf "%%syntax-version=1.0.0\n%%project=bench\n\n" > (out "/sqitch/sqitch.plan")
    }
    for (number = 1; number <= count; number++) {
        if (kind == "mixed")
            make_mixed(number)
        else
            make_small(number)
        if ("pairs" in wanted)
            write_pairs(number)
        write_others(number)
    }
}
