#include "base/git.h"

#include "base/file.h"
#include "base/str.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Set for hooks; relative ones count from where the hook was started. */
static bool is_hook(void)
{
    return getenv("GIT_DIR") != NULL || getenv("GIT_INDEX_FILE") != NULL;
}

static void add_all(struct arena *arena, struct strings *argv, const char *const arguments[])
{
    for (; *arguments != NULL; arguments++)
        *vec_add(arena, argv) = *arguments;
}

static int run_git(const struct git *git, const char *const arguments[], struct proc_streams *streams, int *status,
                   struct err *err)
{
    static const char *const first[] = {"git", "--no-optional-locks", "--literal-pathspecs", "-c", "core.quotePath=false",
                                        "-c", "diff.autoRefreshIndex=true", "-c", "diff.relative=false",
                                        "-c", "color.ui=false", NULL};
    struct strings argv = {0};
    add_all(git->arena, &argv, first);
    add_all(git->arena, &argv, (const char *const[]){"-C", git->directory, NULL});
    add_all(git->arena, &argv, arguments);
    *vec_add(git->arena, &argv) = NULL;
    return proc_exchange(git->arena, argv.at, streams, status, err);
}

/* The last line of what git complained of, without its "fatal: ". */
static const char *complaint_of(struct arena *arena, const struct proc_streams *streams)
{
    size_t length = streams->complaint.length;
    const char *at = streams->complaint.at;
    if (str_starts(at, "fatal: "))
        at += strlen("fatal: "), length -= strlen("fatal: ");
    while (length > 0 && at[length - 1] == '\n')
        length--;
    return arena_strndup(arena, at, length);
}

int git_feed(const struct git *git, const char *const arguments[], struct proc_streams *streams, struct err *err)
{
    int status = 0;
    if (run_git(git, arguments, streams, &status, err) != 0)
        return -1;
    if (status == 0)
        return 0;
    return err_set(err, ERR_INPUT, "git %s: %s", arguments[0], complaint_of(git->arena, streams));
}

int git_ask(const struct git *git, const char *const arguments[], struct proc_text *output, struct err *err)
{
    struct proc_streams streams = {0};
    int result = git_feed(git, arguments, &streams, err);
    *output = streams.output;
    return result;
}

static char *first_line(struct arena *arena, const struct proc_text *output)
{
    return arena_strndup(arena, output->at, strcspn(output->at, "\n"));
}

int git_open(struct arena *arena, const char *directory, struct git *git, struct err *err)
{
    static const char *const where[] = {"rev-parse", "--show-toplevel", NULL};
    struct proc_streams streams = {0};
    char real[PATH_MAX];
    int status = 0;
    *git = (struct git){.arena = arena, .directory = path_absolute(arena, is_hook() ? "." : directory)};
    if (run_git(git, where, &streams, &status, err) != 0)
        return -1;
    size_t length = streams.output.length;
    if (status != 0 || length < 2) {
        err_set(err, ERR_INPUT, "%s is not in the working tree of a git repository", directory);
        return err_hint(err, "%s", complaint_of(arena, &streams));
    }
    const char *top = arena_strndup(arena, streams.output.at, length - 1);
    git->view = git->top = arena_strdup(arena, realpath(top, real) != NULL ? real : top);
    if (!is_hook())
        git->directory = git->top;
    return 0;
}

/* Without symlinks on the way; a link itself is what git keeps. */
static const char *without_links(struct arena *arena, const char *path)
{
    char real[PATH_MAX];
    if (file_kind(path) == FILE_DIRECTORY && realpath(path, real) != NULL)
        return arena_strdup(arena, real);
    if (realpath(path_directory(arena, path), real) != NULL)
        return path_join(arena, real, path_base(path));
    return path_absolute(arena, path);
}

int git_path(const struct git *git, const char *path, const char **inside, struct err *err)
{
    const char *absolute = without_links(git->arena, path);
    size_t length = strlen(git->view);
    bool below = str_starts(absolute, git->view) && (absolute[length] == '/' || absolute[length] == '\0');
    *inside = below ? arena_strdup(git->arena, absolute + length + (absolute[length] == '/')) : NULL;
    return below ? 0 : err_set(err, ERR_INPUT, "%s is not in the git repository of %s", path, git->top);
}

const char *git_view(const struct git *git, const char *inside)
{
    return path_join(git->arena, git->view, inside);
}

static int no_commit(const struct git *git, const char *ref, const struct proc_streams *streams, struct err *err)
{
    err_set(err, ERR_USAGE, "git knows no commit \"%s\"", ref);
    const char *words = complaint_of(git->arena, streams);
    return err_hint(err, "name a branch, a tag or a commit that is here; `git fetch` brings what is not (in CI the whole "
                         "history is wanted: fetch-depth 0)%s%s", *words == '\0' ? "" : "; git: ", words);
}

int git_common(const struct git *git, const char *ref, const char **commit, bool *shared, struct err *err)
{
    struct proc_streams streams = {0}, common = {0};
    int status = 0;
    const char *whole = arena_printf(git->arena, "%s^{commit}", ref);
    const char *const verify[] = {"rev-parse", "--verify", "--quiet", whole, NULL};
    if (ref[0] == '-' || ref[0] == '\0')
        return no_commit(git, ref, &(struct proc_streams){.complaint = {.at = (char[]){""}}}, err);
    if (run_git(git, verify, &streams, &status, err) != 0)
        return -1;
    if (status != 0)
        return no_commit(git, ref, &streams, err);
    *commit = first_line(git->arena, &streams.output);
    const char *const merge_base[] = {"merge-base", *commit, "HEAD", NULL};
    if (run_git(git, merge_base, &common, &status, err) != 0)
        return -1;
    *shared = status == 0;
    if (*shared)
        *commit = first_line(git->arena, &common.output);
    return 0;
}

struct strings git_words(struct arena *arena, const struct proc_text *output)
{
    struct strings words = {0};
    for (const char *at = output->at, *end = at + output->length; at < end; at += strlen(at) + 1)
        *vec_add(arena, &words) = at;
    return words;
}

bool git_is_no_id(const char *id)
{
    return id[strspn(id, "0")] == '\0';
}

/* ":100644 100755 0123… 4567… R086": a change but for its paths. */
static struct git_change read_change(struct arena *arena, const char *word)
{
    char *parts[5] = {0}, *rest = NULL, *copy = arena_strdup(arena, word + 1);
    for (int i = 0; i < 5; i++)
        parts[i] = strtok_r(i == 0 ? copy : NULL, " ", &rest);
    if (parts[4] == NULL)
        return (struct git_change){0};
    return (struct git_change){.kind = *parts[4], .mode = strcmp(parts[0], parts[1]) != 0, .old_id = parts[2], .id = parts[3]};
}

int git_changes_find(const struct git *git, const char *commit, bool staged, bool renames, const char *path,
                     struct git_changes *changes, struct err *err)
{
    struct strings arguments = {0};
    struct proc_text output;
    static const char *const diff[] = {"diff", "--raw", "-z", "--no-abbrev", "--no-ext-diff",
                                       "--ignore-submodules=all", NULL};
    add_all(git->arena, &arguments, diff);
    *vec_add(git->arena, &arguments) = renames ? "-M" : "--no-renames";
    if (staged)
        *vec_add(git->arena, &arguments) = "--cached";
    if (commit != NULL)
        *vec_add(git->arena, &arguments) = commit;
    add_all(git->arena, &arguments, (const char *const[]){"--", path_join(git->arena, git->top, path), NULL});
    *vec_add(git->arena, &arguments) = NULL;
    if (git_ask(git, arguments.at, &output, err) != 0)
        return -1;
    struct strings words = git_words(git->arena, &output);
    for (size_t i = 0; i + 1 < words.count; i++) {
        struct git_change change = read_change(git->arena, words.at[i]);
        if (change.kind == '\0')
            return err_set(err, ERR_BUG, "git diff --raw answers \"%s\"", words.at[i]);
        change.old_path = change.path = words.at[++i];
        if ((change.kind == 'R' || change.kind == 'C') && i + 1 < words.count)
            change.path = words.at[++i];
        *vec_add(git->arena, changes) = change;
    }
    return 0;
}

/* "0123… blob 42\n", the bytes, "\n". */
static int take_content(const struct proc_text *output, size_t *at, struct proc_text *text)
{
    const char *head = output->at + *at, *end = output->at + output->length;
    const char *line_end = memchr(head, '\n', (size_t)(end - head));
    const char *size = line_end == NULL ? NULL : memrchr(head, ' ', (size_t)(line_end - head));
    if (size == NULL)
        return -1;
    text->length = strtoul(size, NULL, 10);
    text->at = output->at + (line_end + 1 - output->at);
    if (text->length >= (size_t)(end - text->at))
        return -1;
    text->at[text->length] = '\0';
    *at = (size_t)(text->at - output->at) + text->length + 1;
    return 0;
}

int git_contents(const struct git *git, const struct strings *ids, struct git_texts *texts, struct err *err)
{
    static const char *const batch[] = {"cat-file", "--batch", NULL};
    struct str input = str_new(git->arena);
    size_t at = 0;
    vec_each(id, ids)
        str_addf(&input, "%s\n", *id);
    if (ids->count == 0)
        return 0;
    struct proc_streams streams = {.input = input.at, .input_length = input.length};
    if (git_feed(git, batch, &streams, err) != 0)
        return -1;
    for (size_t i = 0; i < ids->count; i++)
        if (take_content(&streams.output, &at, vec_add(git->arena, texts)) != 0)
            return err_set(err, ERR_INPUT, "git has not got the contents %s", ids->at[i]);
    return 0;
}
