/* The server's header does not know that libpg_query has these once for each thread. */
#define PG_exception_stack server_exception_stack
#define error_context_stack server_context_stack

#include "sql/tree_lexer.h"

#include "sql/tree_server.h"

#include <parser/scanner.h>
#undef PG_exception_stack
#undef error_context_stack
#include <pg_query/pg_query.pb-c.h>

extern __thread sigjmp_buf *PG_exception_stack;
extern __thread ErrorContextCallback *error_context_stack;

/* What the lexer is to return for keywords: their category is all that is asked, and beyond all other tokens. */
enum { KEYWORD = 10000 };

static const uint16 keyword_tokens[] = {
#define PG_KEYWORD(name, token, category, label) KEYWORD + category,
#include <parser/kwlist.h>
#undef PG_KEYWORD
};

/* libpg_query's has a member more than the server's header says. */
struct lexer_extra {
    core_yy_extra_type core;
    char more[64];
};

static uint8_t kind_of(int token, char first)
{
    if (token >= KEYWORD)
        return TOKEN_WORD;
    switch (token) {
    case PG_QUERY__TOKEN__IDENT:
        return first == '"' ? TOKEN_NAME : TOKEN_WORD;
    case PG_QUERY__TOKEN__UIDENT:
        return TOKEN_NAME;
    case PG_QUERY__TOKEN__SCONST:
    case PG_QUERY__TOKEN__USCONST:
        return TOKEN_STRING;
    case PG_QUERY__TOKEN__BCONST:
    case PG_QUERY__TOKEN__XCONST:
        return TOKEN_BITS;
    case PG_QUERY__TOKEN__FCONST:
    case PG_QUERY__TOKEN__ICONST:
    case PG_QUERY__TOKEN__PARAM:
        return TOKEN_NUMBER;
    case PG_QUERY__TOKEN__SQL_COMMENT:
    case PG_QUERY__TOKEN__C_COMMENT:
        return TOKEN_COMMENT;
    default:
        return token < PG_QUERY__TOKEN__IDENT ? TOKEN_SYMBOL : TOKEN_OPERATOR;
    }
}

static bool names_no_function(int token)
{
    return token == KEYWORD + RESERVED_KEYWORD || token == KEYWORD + COL_NAME_KEYWORD;
}

bool tree_lexer_is_keyword(const char *name)
{
    int number = ScanKeywordLookup(name, &ScanKeywords);
    return number >= 0 && names_no_function(keyword_tokens[number]);
}

/* The lexer writes a NUL behind each token that it returns; PL/pgSQL finds the length in this way, too. */
static void read_tokens(struct arena *arena, const char *text, size_t base, struct tokens *tokens)
{
    struct lexer_extra extra;
    core_YYSTYPE value;
    YYLTYPE at;
    int found;
    core_yyscan_t lexer = scanner_init(text, &extra.core, &ScanKeywords, keyword_tokens);
    while ((found = core_yylex(&value, &at, lexer)) != 0) {
        uint8_t kind = kind_of(found, text[at]);
        *vec_add(arena, tokens) = (struct token){
            .start = base + (size_t)at,
            .length = strlen(extra.core.scanbuf + at),
            .kind = kind,
            .keyword = names_no_function(found),
            .symbol = kind == TOKEN_SYMBOL ? text[at] : '\0',
        };
    }
    scanner_finish(lexer);
}

bool tree_lexer_read(struct arena *arena, const char *text, size_t base, struct tokens *tokens)
{
    volatile bool accepted = false;
    MemoryContext context = pg_query_enter_memory_context();
    PG_TRY();
    {
        read_tokens(arena, text, base, tokens);
        accepted = true;
    }
    PG_CATCH();
    {
        FlushErrorState();
    }
    PG_END_TRY();
    pg_query_exit_memory_context(context);
    return accepted;
}
