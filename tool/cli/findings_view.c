#include "cli/findings_view.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/str.h"
#include "cli/report.h"
#include "cli/risk_view.h"
#include "text/nearest.h"
#include "text/screen.h"
#include "text/table.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* GitHub shows ten annotations of a kind for each step. */
enum { GITHUB_ANNOTATIONS = 10 };

/* Of what stands below a finding. */
enum { INDENT = 2 };

/* `reason` is why; NULL where it has been said. */
static void print_finding(struct arena *arena, const struct finding *finding, const char *reason)
{
    static const enum tone tones[] = {
        [SEVERITY_NOTE] = TONE_FAINT, [SEVERITY_WARNING] = TONE_WARN, [SEVERITY_ERROR] = TONE_BAD};
    enum tone tone = tones[finding->severity];
    printf("%s%s%s:%s %s [%s]\n", report_place(arena, &finding->place), tone_on(tone, STDOUT_FILENO),
           severity_names[finding->severity], tone_off(STDOUT_FILENO), screen_safe(arena, finding->message, true),
           finding->rule);
    fputs(report_source(arena, &finding->place, finding->source_line, STDOUT_FILENO), stdout);
    struct str text = str_new(arena);
    if (reason != NULL) {
        struct str why = str_new(arena);
        screen_wrap(&why, screen_safe(arena, reason, true), 0, screen_columns(STDOUT_FILENO) - INDENT - 6);
        report_labelled(&text, INDENT, "why ", why.at);
    }
    if (finding->hint != NULL)
        report_labelled(&text, INDENT, "hint", finding->hint);
    fputs(text.at, stdout);
}

static void print_risks(const struct findings_report *report)
{
    vec_each(migration, &report->run->catalog.order)
        risk_view_reasons(report->run->arena, *migration, derived_risk(report->derived, *migration, DIRECTION_UP),
                          RISK_MEDIUM);
}

static void print_text(const struct findings_report *report)
{
    const size_t *counts = report->counts;
    struct map said = {0};
    struct arena scratch = {0};
    vec_each(finding, &report->findings) {
        const char *reason = finding->why;
        if (reason != NULL && map_find(&said, reason) != NULL)
            reason = NULL;
        else if (reason != NULL)
            map_put(report->run->arena, &said, reason, finding);
        print_finding(&scratch, finding, reason);
        arena_release(&scratch);
    }
    if (report->derived != NULL && option_on(&report->run->options, OPTION_VERBOSE))
        print_risks(report);
    if (!option_on(&report->run->options, OPTION_QUIET))
        printf("%s: %zu error%s, %zu warning%s\n", report->looked_at, counts[SEVERITY_ERROR],
               counts[SEVERITY_ERROR] == 1 ? "" : "s", counts[SEVERITY_WARNING], counts[SEVERITY_WARNING] == 1 ? "" : "s");
}

/* https://docs.github.com/actions: % and line ends are escaped in the message, ':' and ',' in properties too. */
static const char *escape(struct arena *arena, const char *text, bool property)
{
    struct str escaped = str_new(arena);
    for (text = screen_safe(arena, text, false); *text != '\0'; text++) {
        if (*text == '%' || *text == '\r' || *text == '\n' || (property && (*text == ':' || *text == ',')))
            str_addf(&escaped, "%%%02X", (unsigned char)*text);
        else
            str_add_char(&escaped, *text);
    }
    return escaped.at;
}

static void print_annotation(struct arena *arena, const struct finding *finding)
{
    static const char *const kinds[] = {
        [SEVERITY_NOTE] = "notice", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};
    printf("::%s ", kinds[finding->severity]);
    if (finding->place.file != NULL)
        printf("file=%s,", escape(arena, finding->place.file, true));
    if (finding->place.line > 0)
        printf("line=%d,", finding->place.line);
    if (finding->place.column > 0)
        printf("col=%d,", finding->place.column);
    const char *text = finding->hint == NULL ? finding->message : arena_printf(arena, "%s\n%s", finding->message, finding->hint);
    printf("title=%s::%s\n", escape(arena, finding->rule, true), escape(arena, text, false));
}

/* The worst first: what GitHub drops shall matter least.  What is over its limit is said in one line. */
static void print_github(const struct findings_report *report)
{
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--) {
        size_t printed = 0;
        vec_each(finding, &report->findings)
            if ((int)finding->severity == severity && printed++ < GITHUB_ANNOTATIONS)
                print_annotation(report->run->arena, finding);
        if (printed > GITHUB_ANNOTATIONS)
            printf("%zu more %ss are not annotated\n", printed - GITHUB_ANNOTATIONS, severity_names[severity]);
    }
}

static void print_diagnostic(struct arena *arena, const struct finding *finding)
{
    const char *text = arena_printf(arena, "%s%s: %s [%s]", report_place(arena, &finding->place),
                                    severity_names[finding->severity], finding->message, finding->rule);
    printf("# %s\n", screen_safe(arena, text, true));
    if (finding->hint != NULL)
        printf("#   hint: %s\n", screen_safe(arena, finding->hint, true));
}

static const char *file_of(const struct finding *finding)
{
    return finding->place.file == NULL ? "the repository" : finding->place.file;
}

/* The files that were looked at and those that only findings name, each once; *first maps to the first finding. */
static struct strings files_of(const struct findings_report *report, struct map *first)
{
    struct arena *arena = report->run->arena;
    struct map seen = {0};
    struct strings files = {0}, all = report->files;
    vec_each(finding, &report->findings) {
        *vec_add(arena, &all) = file_of(finding);
        if (map_find(first, file_of(finding)) == NULL)
            map_put(arena, first, file_of(finding), finding);
    }
    vec_each(file, &all) {
        if (map_find(&seen, *file) != NULL)
            continue;
        map_put(arena, &seen, *file, &seen);
        *vec_add(arena, &files) = *file;
    }
    return files;
}

/* The findings of a file stand together, since they are sorted. */
static const struct finding *end_of_file(const struct findings *findings, const struct finding *first)
{
    const struct finding *at = first, *end = findings->at + findings->count;
    while (first != NULL && at != end && strcmp(file_of(at), file_of(first)) == 0)
        at++;
    return at;
}

/* A test for each file; it fails when the file has an error. */
static void print_tap(const struct findings_report *report)
{
    struct map firsts = {0};
    struct strings files = files_of(report, &firsts);
    printf("1..%zu\n", files.count);
    for (size_t i = 0; i < files.count; i++) {
        const struct finding *first = map_find(&firsts, files.at[i]);
        const struct finding *end = end_of_file(&report->findings, first);
        bool failed = false;
        for (const struct finding *at = first; at != end; at++)
            failed = failed || at->severity == SEVERITY_ERROR;
        printf("%sok %zu - %s\n", failed ? "not " : "", i + 1, screen_safe(report->run->arena, files.at[i], true));
        for (const struct finding *at = first; at != end; at++)
            print_diagnostic(report->run->arena, at);
    }
}

/* The statement, else the line, without blanks: what moving and reformatting leaves alone. */
static void add_words(struct sha256 *sha, const struct finding *finding)
{
    const char *text = finding->statement != NULL ? finding->statement : finding->source_line;
    for (const char *at = text; at != NULL && *at != '\0'; at++)
        if (!isspace((unsigned char)*at))
            sha256_add(sha, at, 1);
}

static const char *plain_fingerprint(struct arena *arena, const struct finding *finding)
{
    char *hex = arena_alloc(arena, SHA256_HEX_SIZE);
    struct sha256 *sha = sha256_open();
    sha256_add(sha, finding->rule, strlen(finding->rule) + 1);
    sha256_add(sha, file_of(finding), strlen(file_of(finding)) + 1);
    sha256_add(sha, finding->message, strlen(finding->message) + 1);
    add_words(sha, finding);
    sha256_close(sha, hex);
    return hex;
}

void findings_fingerprint(struct arena *arena, struct findings *findings)
{
    struct map seen = {0};
    vec_each(finding, findings) {
        const char *plain = plain_fingerprint(arena, finding);
        size_t *times = map_find(&seen, plain);
        if (times == NULL)
            map_put(arena, &seen, plain, times = arena_new(arena, size_t));
        finding->fingerprint = ++*times == 1 ? plain : arena_printf(arena, "%s:%zu", plain, *times);
    }
}

static const struct findings_format formats[] = {
    {"text", print_text, false},
    {"json", findings_print_json, true},
    {"sarif", findings_print_sarif, true},
    {"github", print_github, false},
    {"gitlab", findings_print_gitlab, true},
    {"tap", print_tap, false},
};

const struct findings_format *findings_format_get(struct arena *arena, const char *name, struct err *err)
{
    struct strings names = {0};
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
        *vec_add(arena, &names) = formats[i].name;
    }
    err_set(err, ERR_USAGE, "findings are not printed as %s", name);
    err_hint(err, "there are %s", words_join(arena, &names));
    return NULL;
}
