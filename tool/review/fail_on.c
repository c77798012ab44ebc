#include "review/fail_on.h"

#include "base/str.h"

#include <string.h>

static const char NEVER[] = "never";

static bool read_severity(struct span word, int *least)
{
    if (span_equals(word, NEVER)) {
        *least = FAIL_NEVER;
        return true;
    }
    for (int severity = SEVERITY_NOTE; severity <= SEVERITY_ERROR; severity++) {
        if (span_equals(word, severity_names[severity])) {
            *least = severity;
            return true;
        }
    }
    return false;
}

static int unknown(const struct config *config, struct span part, struct err *err)
{
    const struct place *place = &config->values[SETTING_FAIL_ON].place;
    err_set(err, ERR_INPUT, "fail-on: \"%.*s\" is no severity", (int)part.length, part.at);
    err_hint(err, "expected error, warning, note or never, or for one environment production=warning");
    if (place->file != NULL)
        err_at(err, place->file, place->line, place->column);
    return -1;
}

int fail_on_read(const struct config *config, int *least, struct err *err)
{
    const char *text = config_text(config, SETTING_FAIL_ON), *environment = config_text(config, SETTING_ENVIRONMENT);
    bool named = false;
    *least = SEVERITY_ERROR;
    for (const char *at = text; at != NULL && *at != '\0'; at += *at == ',') {
        size_t length = strcspn(at, ",");
        struct span part = span_trim((struct span){at, length});
        const char *equals = memchr(part.at, '=', part.length);
        struct span word = equals == NULL ? part
                                          : span_trim((struct span){equals + 1, part.length - (size_t)(equals + 1 - part.at)});
        int severity;
        if (!read_severity(word, &severity))
            return unknown(config, part, err);
        struct span name = equals == NULL ? part : span_trim((struct span){part.at, (size_t)(equals - part.at)});
        bool mine = equals != NULL && environment != NULL && span_equals(name, environment);
        if (mine || (equals == NULL && !named))
            *least = severity;
        named = named || mine;
        at += length;
    }
    return 0;
}
