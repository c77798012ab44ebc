#include "text/yaml_scalar.h"

#include <string.h>

static const struct word {
    const char *text;
    enum node_kind kind;
    bool truth;
} words[] = {
    {"", NODE_NULL, false},        {"~", NODE_NULL, false},       {"null", NODE_NULL, false},
    {"Null", NODE_NULL, false},    {"NULL", NODE_NULL, false},    {"true", NODE_BOOL, true},
    {"True", NODE_BOOL, true},     {"TRUE", NODE_BOOL, true},     {"false", NODE_BOOL, false},
    {"False", NODE_BOOL, false},   {"FALSE", NODE_BOOL, false},   {".nan", NODE_NUMBER, false},
    {".NaN", NODE_NUMBER, false},  {".NAN", NODE_NUMBER, false},  {".inf", NODE_NUMBER, false},
    {".Inf", NODE_NUMBER, false},  {".INF", NODE_NUMBER, false},  {"-.inf", NODE_NUMBER, false},
    {"-.Inf", NODE_NUMBER, false}, {"-.INF", NODE_NUMBER, false}, {"+.inf", NODE_NUMBER, false},
    {"+.Inf", NODE_NUMBER, false}, {"+.INF", NODE_NUMBER, false},
};

static bool all_of(const char *text, const char *digits)
{
    return text[0] != '\0' && text[strspn(text, digits)] == '\0';
}

static bool is_number(const char *text)
{
    static const char digits[] = "0123456789";
    if (text[0] == '0' && text[1] == 'o')
        return all_of(text + 2, "01234567");
    if (text[0] == '0' && text[1] == 'x')
        return all_of(text + 2, "0123456789abcdefABCDEF");
    const char *at = text + (*text == '-' || *text == '+');
    size_t whole = strspn(at, digits), fraction = 0;
    at += whole;
    if (*at == '.') {
        fraction = strspn(at + 1, digits);
        at += 1 + fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (*at != 'e' && *at != 'E')
        return *at == '\0';
    at++;
    return all_of(at + (*at == '-' || *at == '+'), digits);
}

enum node_kind yaml_scalar_kind(const char *text, bool *truth)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(text, words[i].text) == 0) {
            *truth = words[i].truth;
            return words[i].kind;
        }
    }
    return is_number(text) ? NODE_NUMBER : NODE_TEXT;
}
