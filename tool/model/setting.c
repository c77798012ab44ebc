/* The table of settings; setting.h tells what the columns mean. */
#include "model/setting.h"

#include <stddef.h>

static const char *const approaches[] = {"aggressive", "careful", "conservative", NULL};
static const char *const sslmodes[] = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full", NULL};
static const char *const backups[] = {"none", "affected", "full", NULL};
static const char *const validations[] = {"minimal", "moderate", "extensive", NULL};

/* The places where options of a run may stand in YAML. */
#define RUN_KEYS(key) {key, "options." key, "migration." key, "migrations.options." key, NULL}
#define DATABASE_KEYS(key) {"database." key, "migrations.database." key, NULL}
#define DATABASE_KEYS2(one, two) \
    {"database." one, "database." two, "migrations.database." one, "migrations.database." two, NULL}

const struct setting_row setting_rows[SETTINGS] = {
    [SETTING_ENVIRONMENT] = {
        .name = "environment", .variables = {"SKEIN_ENVIRONMENT", "MIGRATION_ENVIRONMENT", "APP_ENV", "ENV"},
        .keys = {"environment"}, .fallback = "development",
        .summary = "The environment whose migrations, seeds and rules count."},
    [SETTING_APPROACH] = {
        .name = "approach", .variables = {"SKEIN_APPROACH", "MIGRATION_APPROACH"}, .keys = RUN_KEYS("approach"),
        .choices = approaches,
        .summary = "The strategy that gives the defaults: aggressive in development, careful in staging, "
                   "conservative in any other environment."},
    [SETTING_DATABASE_URL] = {
        .name = "database", .secret = true,
        .variables = {"SKEIN_DATABASE", "SKEIN_DATABASE_URL", "DATABASE_URL", "DATABASE_CONNECTION_STRING"},
        .keys = DATABASE_KEYS("url"),
        .summary = "The database, as a URL or as libpq's key=value text."},
    [SETTING_DIRECT_URL] = {
        .name = "direct-url", .secret = true, .variables = {"SKEIN_DIRECT_URL", "DIRECT_URL"},
        .keys = DATABASE_KEYS("direct_url"),
        .summary = "The same database without a connection pooler in between; skein connects to it alone. It stands where "
                   "the database stands, or nearer."},
    [SETTING_DATABASE_HOST] = {
        .name = "database-host", .variables = {"SKEIN_DATABASE_HOST", "DATABASE_HOST", "DB_HOST"}, .libpq = "PGHOST",
        .keys = DATABASE_KEYS("host"), .summary = "Host name, address, or directory of the socket."},
    [SETTING_DATABASE_PORT] = {
        .name = "database-port", .type = TYPE_INTEGER, .variables = {"SKEIN_DATABASE_PORT", "DATABASE_PORT", "DB_PORT"},
        .libpq = "PGPORT", .keys = DATABASE_KEYS("port"), .summary = "Port of the server."},
    [SETTING_DATABASE_NAME] = {
        .name = "database-name", .variables = {"SKEIN_DATABASE_NAME", "DATABASE_NAME", "DB_NAME"},
        .libpq = "PGDATABASE", .keys = DATABASE_KEYS2("name", "database"), .summary = "Name of the database."},
    [SETTING_DATABASE_USER] = {
        .name = "database-user",
        .variables = {"SKEIN_DATABASE_USER", "DATABASE_USER", "DATABASE_USERNAME", "DB_USER", "DB_USERNAME"},
        .libpq = "PGUSER", .keys = DATABASE_KEYS2("username", "user"), .summary = "Who connects."},
    [SETTING_DATABASE_PASSWORD] = {
        .name = "database-password", .secret = true,
        .variables = {"SKEIN_DATABASE_PASSWORD", "DATABASE_PASSWORD", "DB_PASSWORD"}, .libpq = "PGPASSWORD",
        .keys = DATABASE_KEYS("password"), .summary = "The password; a .pgpass file is safer."},
    [SETTING_DATABASE_SSLMODE] = {
        .name = "database-sslmode",
        .variables = {"SKEIN_DATABASE_SSLMODE", "DATABASE_SSLMODE", "DATABASE_SSL_MODE", "DB_SSLMODE", "DB_SSL_MODE"},
        .libpq = "PGSSLMODE", .keys = DATABASE_KEYS2("sslmode", "ssl_mode"), .choices = sslmodes,
        .summary = "How the connection is encrypted, in libpq's words."},
    [SETTING_SERVICES_PATH] = {
        .name = "services-path", .variables = {"SKEIN_SERVICES_PATH"}, .keys = RUN_KEYS("services_path"),
        .fallback = "services", .summary = "The directory in which the services are."},
    [SETTING_MIGRATIONS_PATH] = {
        .name = "migrations", .variables = {"SKEIN_MIGRATIONS"}, .keys = RUN_KEYS("migrations_path"),
        .fallback = "migrations", .summary = "The migrations' directory in that of a service."},
    [SETTING_DOCS_PATH] = {
        .name = "docs-path", .variables = {"SKEIN_DOCS_PATH"}, .keys = RUN_KEYS("docs_path"), .fallback = "docs/database",
        .summary = "The directory of the index that `skein docs` writes."},
    [SETTING_DOCS_TITLE] = {
        .name = "docs-title", .variables = {"SKEIN_DOCS_TITLE"}, .keys = RUN_KEYS("docs_title"),
        .summary = "The title of what `skein docs` writes; without it a site is named as the repository is, or its directory."},
    [SETTING_DOCS_ENVIRONMENT] = {
        .name = "docs-environment", .variables = {"SKEIN_DOCS_ENVIRONMENT"}, .keys = RUN_KEYS("docs_environment"),
        .summary = "The environment whose schema `skein docs` shows where environments differ; without it production, or, where "
                   "no service has that, the one that is named first."},
    [SETTING_SCHEMA] = {
        .name = "schema", .variables = {"SKEIN_SCHEMA"},
        .keys = {"schema", "database.schema", "migration.schema", "migrations.database.schema"},
        .summary = "The schema of a service; without it the service's name, with '_' for '-'."},
    [SETTING_VERSION_TABLE] = {
        .name = "version-table", .variables = {"SKEIN_VERSION_TABLE"}, .keys = RUN_KEYS("table_name"),
        .summary = "golang-migrate's table, where it is not found by itself."},
    [SETTING_TIMEOUT] = {
        .name = "timeout", .type = TYPE_DURATION, .variables = {"SKEIN_TIMEOUT", "MIGRATION_TIMEOUT"},
        .keys = RUN_KEYS("timeout"), .summary = "How long one migration may hold its transaction open; what no transaction can hold is not limited by it."},
    [SETTING_LOCK_TIMEOUT] = {
        .name = "table-lock-timeout", .type = TYPE_DURATION,
        .variables = {"SKEIN_TABLE_LOCK_TIMEOUT", "SKEIN_LOCK_TIMEOUT", "MIGRATION_LOCK_TIMEOUT"},
        .keys = RUN_KEYS("lock_timeout"), .summary = "How long a statement may wait for the lock on a table."},
    [SETTING_STATEMENT_TIMEOUT] = {
        .name = "statement-timeout", .type = TYPE_DURATION,
        .variables = {"SKEIN_STATEMENT_TIMEOUT", "MIGRATION_STATEMENT_TIMEOUT"}, .keys = RUN_KEYS("statement_timeout"),
        .fallback = "0", .summary = "How long a statement may take; 0: as long as it wants."},
    [SETTING_SERVER_VERSION] = {
        .name = "server-version", .type = TYPE_INTEGER, .variables = {"SKEIN_SERVER_VERSION"},
        .keys = {"server_version", "validation.server_version", "migrations.validation.server_version"},
        .summary = "The major version of PostgreSQL that the SQL is written for; newer syntax is then no error."},
    [SETTING_RULES] = {
        .name = "rules", .tree = true, .variables = {"SKEIN_RULES"},
        .keys = {"rules", "validation.rules", "migrations.validation.rules"},
        .summary = "Files with safety rules of the repository's own, separated by commas; without it skein-rules.yaml. In "
                   "YAML also a list of files, or a map from rules to off, on, note, warning or error."},
    [SETTING_WAIT] = {
        .name = "wait", .type = TYPE_DURATION, .variables = {"SKEIN_WAIT", "MIGRATION_WAIT"}, .keys = RUN_KEYS("wait"),
        .fallback = "5m", .summary = "How long to wait for another run to give up the migration lock."},
    [SETTING_MAX_RETRIES] = {
        .name = "max-retries", .type = TYPE_INTEGER, .variables = {"SKEIN_MAX_RETRIES", "MIGRATION_MAX_RETRIES"},
        .keys = RUN_KEYS("max_retries"), .summary = "How often to try when a lock or a connection fails."},
    [SETTING_RETRY_DELAY] = {
        .name = "retry-delay", .type = TYPE_DURATION, .variables = {"SKEIN_RETRY_DELAY", "MIGRATION_RETRY_DELAY"},
        .keys = RUN_KEYS("retry_delay"), .fallback = "1s",
        .summary = "The pause before the first retry; each further one is longer."},
    [SETTING_OUT_OF_ORDER] = {
        .name = "out-of-order", .type = TYPE_BOOL, .variables = {"SKEIN_OUT_OF_ORDER", "MIGRATION_OUT_OF_ORDER"},
        .keys = RUN_KEYS("out_of_order"),
        .summary = "Whether pending versions below the newest applied one are applied, too."},
    [SETTING_MAX_FILE_SIZE] = {
        .name = "max-file-size", .type = TYPE_SIZE, .variables = {"SKEIN_MAX_FILE_SIZE"},
        .keys = RUN_KEYS("max_file_size"), .fallback = "32MiB", .summary = "The largest migration that is read."},
    [SETTING_CHECKSUM_VALIDATION] = {
        .name = "checksum-validation", .type = TYPE_BOOL, .variables = {"SKEIN_CHECKSUM_VALIDATION"},
        .keys = RUN_KEYS("checksum_validation"), .fallback = "true",
        .summary = "Whether applied migrations are compared with their files."},
    [SETTING_ROLLBACK_SAFETY] = {
        .name = "rollback-safety", .type = TYPE_BOOL, .variables = {"SKEIN_ROLLBACK_SAFETY"},
        .keys = RUN_KEYS("rollback_safety"), .fallback = "true",
        .summary = "Whether a rollback that is declared unsafe is refused. Not acted on yet."},
    [SETTING_CORRELATION_ID] = {
        .name = "correlation-id", .variables = {"SKEIN_CORRELATION_ID", "CORRELATION_ID"},
        .summary = "Ties the records of a run to those of a deployment."},
    [SETTING_TRACE_ID] = {
        .name = "trace-id", .variables = {"SKEIN_TRACE_ID", "TRACE_ID"}, .summary = "The trace that a run belongs to."},
    [SETTING_USER_ID] = {
        .name = "user-id", .variables = {"SKEIN_USER_ID", "USER_ID"}, .summary = "Who is named as the one who ran it."},
    [SETTING_GRAFANA_ENDPOINT] = {
        .name = "grafana-endpoint", .variables = {"SKEIN_GRAFANA_ENDPOINT", "GRAFANA_ENDPOINT"},
        .keys = RUN_KEYS("grafana_endpoint"), .summary = "Where audit events go. Not acted on yet."},
    [SETTING_BACKUP] = {
        .name = "backup", .variables = {"SKEIN_BACKUP", "MIGRATION_BACKUP"}, .keys = RUN_KEYS("backup"),
        .choices = backups, .summary = "What is backed up before destructive work. Not acted on yet."},
    [SETTING_VALIDATION] = {
        .name = "validation", .variables = {"SKEIN_VALIDATION", "MIGRATION_VALIDATION"},
        .keys = {"validation", "options.validation", "migration.validation", "migrations.validation",
                 "migrations.options.validation"},
        .choices = validations, .summary = "How much is checked before a run. Not acted on yet."},
    [SETTING_MANUAL_APPROVAL] = {
        .name = "require-approval", .type = TYPE_BOOL,
        .variables = {"SKEIN_REQUIRE_APPROVAL", "MIGRATION_MANUAL_APPROVAL"}, .keys = RUN_KEYS("require_approval"),
        .summary = "Whether a person has to agree to the plan."},
    [SETTING_FAIL_ON] = {
        .name = "fail-on", .variables = {"SKEIN_FAIL_ON"},
        .keys = {"validation.fail_on", "migrations.validation.fail_on"}, .fallback = "error",
        .summary = "The least severity that makes `skein validate` fail: error, warning, note or never; for single "
                   "environments as in \"error, production=warning\"."},
};
