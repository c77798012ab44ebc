#include "sql/split.h"

#include "sql/cursor.h"

/* What a token means for where a statement ends; inside of parentheses all are ANY. */
enum class { SEMICOLON, CREATE, OR, REPLACE, ROUTINE, BEGIN, ATOMIC, END, ANY, CLASSES };

/*
 * Where in a statement we are.  A body's END follows the semicolon of the statement before it (or ATOMIC),
 * and the END of a CASE never does, so that the two need not be counted.
 */
enum state {
    START,        /* nothing yet */
    CREATING,     /* CREATE */
    CREATING_OR,  /* CREATE OR */
    HEADER,       /* CREATE [OR REPLACE] FUNCTION or PROCEDURE */
    HEADER_BEGIN, /* … BEGIN, which is a body if ATOMIC follows */
    BODY_NEXT,    /* in a body, where a statement or its END may come */
    BODY,         /* in a statement of a body */
    PLAIN,        /* in any other statement */
    STATES
};

static const unsigned char next_state[STATES][CLASSES] = {
    /*               SEMICOLON  CREATE    OR           REPLACE   ROUTINE BEGIN         ATOMIC     END    ANY  */
    [START] =        {START,    CREATING, PLAIN,       PLAIN,    PLAIN,  PLAIN,        PLAIN,     PLAIN, PLAIN},
    [CREATING] =     {START,    PLAIN,    CREATING_OR, PLAIN,    HEADER, PLAIN,        PLAIN,     PLAIN, PLAIN},
    [CREATING_OR] =  {START,    PLAIN,    PLAIN,       CREATING, PLAIN,  PLAIN,        PLAIN,     PLAIN, PLAIN},
    [HEADER] =       {START,    HEADER,   HEADER,      HEADER,   HEADER, HEADER_BEGIN, HEADER,    HEADER, HEADER},
    [HEADER_BEGIN] = {START,    HEADER,   HEADER,      HEADER,   HEADER, HEADER_BEGIN, BODY_NEXT, HEADER, HEADER},
    [BODY_NEXT] =    {BODY_NEXT, BODY,    BODY,        BODY,     BODY,   BODY,         BODY,      PLAIN, BODY},
    [BODY] =         {BODY_NEXT, BODY,    BODY,        BODY,     BODY,   BODY,         BODY,      BODY,  BODY},
    [PLAIN] =        {START,    PLAIN,    PLAIN,       PLAIN,    PLAIN,  PLAIN,        PLAIN,     PLAIN, PLAIN},
};

static const struct {
    const char *word;
    enum class class;
} words[] = {
    {"CREATE", CREATE},     {"OR", OR},       {"REPLACE", REPLACE}, {"FUNCTION", ROUTINE},
    {"PROCEDURE", ROUTINE}, {"BEGIN", BEGIN}, {"ATOMIC", ATOMIC},   {"END", END},
};

static enum class class_of(const char *text, const struct token *token, enum state state, int depth)
{
    if (depth > 0)
        return ANY;
    if (token->symbol == ';')
        return SEMICOLON;
    if (state == PLAIN || token->kind != TOKEN_WORD)
        return ANY;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (token_is(text, token, words[i].word))
            return words[i].class;
    return ANY;
}

void split_open(struct split *split, struct arena *arena, const char *text, size_t length)
{
    *split = (struct split){.arena = arena};
    scan_open(&split->scan, arena, text, length);
}

enum token_kind split_next(struct split *split)
{
    enum state state = START;
    int depth = 0;
    split->tokens.count = 0;
    split->comments.count = 0;
    for (;;) {
        struct token token = scan_next(&split->scan);
        if (token.kind == TOKEN_COMMENT) {
            *vec_add(split->arena, &split->comments) = token;
            continue;
        }
        if (token.kind == TOKEN_FAULT)
            return TOKEN_FAULT;
        if (token.kind == TOKEN_END)
            return split->tokens.count > 0 ? TOKEN_SYMBOL : TOKEN_END;
        state = next_state[state][class_of(split->scan.text, &token, state, depth)];
        if (state == START) {
            if (split->tokens.count > 0)
                return TOKEN_SYMBOL;
            continue;
        }
        depth += token.symbol == '(';
        depth -= token.symbol == ')' && depth > 0;
        *vec_add(split->arena, &split->tokens) = token;
    }
}

void split_close(struct split *split)
{
    scan_close(&split->scan);
}
