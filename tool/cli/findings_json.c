/* Findings as one JSON document: skein's own, SARIF, GitLab's report. */
#include "cli/findings_view.h"
#include "base/map.h"
#include "base/str.h"
#include "cli/json_log.h"
#include "cli/risk_view.h"

#include <stdio.h>
#include <string.h>

static struct json *finding_json(struct arena *arena, const struct finding *finding)
{
    struct json *object = json_object(arena);
    json_set_text(object, "severity", severity_names[finding->severity]);
    json_set_text(object, "rule", finding->rule);
    json_set_text(object, "service", finding->service);
    json_set_text(object, "file", finding->place.file);
    json_set_integer(object, "line", finding->place.line);
    json_set_integer(object, "column", finding->place.column);
    json_set_text(object, "message", finding->message);
    json_set_text(object, "why", finding->why);
    json_set_text(object, "hint", finding->hint);
    json_set_text(object, "fingerprint", finding->fingerprint);
    return object;
}

/* Every migration that was looked at, with its risk. */
static struct json *migrations_json(const struct findings_report *report)
{
    struct arena *arena = report->run->arena;
    struct json *list = json_list(arena);
    vec_each(migration, &report->run->catalog.order) {
        const struct risk *risk = derived_risk(report->derived, *migration, DIRECTION_UP);
        if (risk == NULL)
            continue;
        struct json *object = json_object(arena);
        json_log_migration(object, *migration);
        json_set_text(object, "file", (*migration)->up.path);
        json_set_text(object, "declared_risk", (*migration)->declaration.risk_level);
        risk_view_json(object, arena, risk);
        json_add(list, object);
    }
    return list;
}

void findings_print_json(const struct findings_report *report)
{
    struct arena *arena = report->run->arena;
    struct json *document = json_log_document(arena), *list = json_list(arena);
    vec_each(finding, &report->findings)
        json_add(list, finding_json(arena, finding));
    json_set(document, "findings", list);
    if (report->derived != NULL)
        json_set(document, "migrations", migrations_json(report));
    json_log_print(arena, document);
}

/* --- SARIF 2.1.0 (OASIS), as GitHub's code scanning reads it */

static struct json *sarif_message(struct arena *arena, const char *text)
{
    struct json *message = json_object(arena);
    json_set_text(message, "text", text);
    return message;
}

/* A relative reference: what a URI cannot hold is percent-encoded. */
static const char *sarif_uri(struct arena *arena, const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    struct str uri = str_new(arena);
    for (; *path != '\0'; path++) {
        if (strchr(plain, *path) != NULL)
            str_add_char(&uri, *path);
        else
            str_addf(&uri, "%%%02X", (unsigned char)*path);
    }
    return uri.at;
}

static struct json *sarif_locations(struct arena *arena, const struct place *place)
{
    struct json *locations = json_list(arena), *location = json_object(arena), *physical = json_object(arena),
                *artifact = json_object(arena), *region = json_object(arena);
    if (place->file == NULL)
        return locations;
    json_set_text(artifact, "uri", sarif_uri(arena, place->file));
    json_set(physical, "artifactLocation", artifact);
    if (place->line > 0) {
        json_set_integer(region, "startLine", place->line);
        if (place->column > 0)
            json_set_integer(region, "startColumn", place->column);
        json_set(physical, "region", region);
    }
    json_set(location, "physicalLocation", physical);
    json_add(locations, location);
    return locations;
}

static struct json *sarif_result(struct arena *arena, const struct finding *finding)
{
    const char *text = finding->hint == NULL ? finding->message
                                             : arena_printf(arena, "%s\n%s", finding->message, finding->hint);
    struct json *result = json_object(arena), *fingerprints = json_object(arena);
    json_set_text(result, "ruleId", finding->rule);
    json_set_text(result, "level", severity_names[finding->severity]);
    json_set(result, "message", sarif_message(arena, text));
    json_set(result, "locations", sarif_locations(arena, &finding->place));
    json_set_text(fingerprints, "primaryLocationLineHash", finding->fingerprint);
    json_set(result, "partialFingerprints", fingerprints);
    return result;
}

static struct json *sarif_rule(struct arena *arena, const char *id, const struct rule *known)
{
    struct json *rule = json_object(arena), *level = json_object(arena);
    json_set_text(rule, "id", id);
    if (known == NULL)
        return rule;
    json_set(rule, "shortDescription", sarif_message(arena, known->title));
    if (known->why != NULL)
        json_set(rule, "fullDescription", sarif_message(arena, known->why));
    json_set_text(level, "level", severity_names[known->severity]);
    json_set(rule, "defaultConfiguration", level);
    return rule;
}

static struct json *sarif_rules(const struct findings_report *report)
{
    struct arena *arena = report->run->arena;
    struct json *rules = json_list(arena);
    struct map seen = {0};
    vec_each(finding, &report->findings) {
        if (map_find(&seen, finding->rule) != NULL)
            continue;
        map_put(arena, &seen, finding->rule, &seen);
        json_add(rules, sarif_rule(arena, finding->rule, report->rules == NULL ? NULL : rules_find(report->rules, finding->rule)));
    }
    return rules;
}

void findings_print_sarif(const struct findings_report *report)
{
    struct arena *arena = report->run->arena;
    struct json *document = json_object(arena), *runs = json_list(arena), *run = json_object(arena),
                *tool = json_object(arena), *driver = json_object(arena), *results = json_list(arena);
    json_set_text(driver, "name", "skein");
    json_set_text(driver, "version", SKEIN_VERSION);
    json_set(driver, "rules", sarif_rules(report));
    json_set(tool, "driver", driver);
    vec_each(finding, &report->findings)
        json_add(results, sarif_result(arena, finding));
    json_set(run, "tool", tool);
    json_set_text(run, "columnKind", "unicodeCodePoints");
    json_set(run, "results", results);
    json_add(runs, run);
    json_set_text(document, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_set_text(document, "version", "2.1.0");
    json_set(document, "runs", runs);
    puts(json_print(arena, document, true));
}

/* --- GitLab's code quality report (a subset of Code Climate's) */

void findings_print_gitlab(const struct findings_report *report)
{
    static const char *const severities[] = {
        [SEVERITY_NOTE] = "info", [SEVERITY_WARNING] = "minor", [SEVERITY_ERROR] = "critical"};
    struct arena *arena = report->run->arena;
    struct json *list = json_list(arena);
    vec_each(finding, &report->findings) {
        struct json *object = json_object(arena), *location = json_object(arena), *lines = json_object(arena);
        json_set_integer(lines, "begin", finding->place.line > 0 ? finding->place.line : 1);
        json_set_text(location, "path", finding->place.file == NULL ? "" : finding->place.file);
        json_set(location, "lines", lines);
        json_set_text(object, "description", finding->message);
        json_set_text(object, "check_name", finding->rule);
        json_set_text(object, "fingerprint", finding->fingerprint);
        json_set_text(object, "severity", severities[finding->severity]);
        json_set(object, "location", location);
        json_add(list, object);
    }
    puts(json_print(arena, list, true));
}
