#include "sql/secret.h"

#include "base/str.h"
#include "sql/cursor.h"
#include "sql/scan.h"

#include <string.h>
#include <strings.h>

/* Names of options and columns whose value is a secret. */
static const char *const keys[] = {"PASSWORD", "PASSWD", "SECRET", "SECRET_ACCESS_KEY", "API_KEY", "ACCESS_TOKEN", "SSLPASSWORD"};

/* Nothing can be a secret where none of these stands. */
static const char *const signs[] = {"passw", "secret", "api_key", "access_token", "://", "connection"};

static bool is_suspicious(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
        for (size_t at = 0, size = strlen(signs[i]); at + size <= length; at++)
            if (strncasecmp(text + at, signs[i], size) == 0)
                return true;
    return false;
}

static bool is_key(const char *text, const struct token *token)
{
    bool quoted = token->kind == TOKEN_NAME && token->length > 2;
    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
        if (token_is(text, token, keys[i]) ||
            (quoted && strlen(keys[i]) == token->length - 2 && strncasecmp(text + token->start + 1, keys[i], token->length - 2) == 0))
            return true;
    return false;
}

/* "host=h password=x", "postgres://user:secret@host/db" */
static bool holds_secret(const char *text, const struct token *token)
{
    const char *at = text + token->start, *end = at + token->length;
    for (const char *here = at; here < end; here++) {
        if (end - here > 8 && strncasecmp(here, "password", 8) == 0) {
            const char *behind = here + 8;
            while (behind < end && *behind == ' ')
                behind++;
            if (behind < end && *behind == '=')
                return true;
        }
        if (end - here > 3 && strncmp(here, "://", 3) == 0 && memchr(here, '@', (size_t)(end - here)) != NULL)
            return true;
    }
    return false;
}

/* A body: what it holds is SQL, as a rule. */
static bool is_body(const char *text, const struct token *token)
{
    return text[token->start] == '$' && token->length > 4 && memchr(text + token->start, ' ', token->length) != NULL;
}

static void add_mask(struct str *out, const char *text, const struct token *token)
{
    str_add(out, "'****'");
    for (size_t i = 0; i < token->length; i++)
        if (text[token->start + i] == '\n')
            str_add_char(out, '\n');
}

struct masking {
    struct arena *arena;
    const char *text;
    struct str out;
    size_t copied;
    bool value;      /* the next string is a secret */
};

static void copy_to(struct masking *masking, size_t end)
{
    str_add_bytes(&masking->out, masking->text + masking->copied, end - masking->copied);
    masking->copied = end;
}

static void hide(struct masking *masking, const struct token *token)
{
    bool body = !masking->value && is_body(masking->text, token);
    if (!body && !masking->value && !holds_secret(masking->text, token))
        return;
    copy_to(masking, token->start);
    if (body) { /* the tags are no part of it */
        const char *start = masking->text + token->start, *open = memchr(start + 1, '$', token->length - 1);
        size_t tag = (size_t)(open - start) + 1;
        str_add_bytes(&masking->out, start, tag);
        str_add(&masking->out, secret_masked(masking->arena, arena_strndup(masking->arena, start + tag, token->length - 2 * tag),
                                             token->length - 2 * tag));
        str_add_bytes(&masking->out, start + token->length - tag, tag);
    } else {
        add_mask(&masking->out, masking->text, token);
    }
    masking->copied = token->start + token->length;
}

static void see(struct masking *masking, const struct token *token)
{
    if (token->kind == TOKEN_STRING) {
        hide(masking, token);
        masking->value = false;
    } else if (is_key(masking->text, token) || token_is(masking->text, token, "CONNECTION")) {
        masking->value = true;
    } else if (token->symbol != '=' && token->symbol != '(' && token->kind != TOKEN_COMMENT) {
        masking->value = false;
    }
}

const char *secret_masked(struct arena *arena, const char *text, size_t length)
{
    if (!is_suspicious(text, length))
        return text;
    struct masking masking = {.arena = arena, .text = text, .out = str_new(arena)};
    struct arena scratch = {0};
    struct scan scan;
    struct token token;
    scan_open(&scan, &scratch, text, length);
    for (token = scan_next(&scan); token.kind != TOKEN_END && token.kind != TOKEN_FAULT; token = scan_next(&scan))
        see(&masking, &token);
    if (token.kind == TOKEN_FAULT && (masking.value || is_suspicious(text + token.start, length - token.start))) {
        token.length = length - token.start; /* where a string ends cannot be known */
        copy_to(&masking, token.start);
        add_mask(&masking.out, text, &token);
    } else {
        copy_to(&masking, length);
    }
    scan_close(&scan);
    arena_release(&scratch);
    return masking.out.at;
}
