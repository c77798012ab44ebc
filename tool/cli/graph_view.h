/* The dependency graph as a tree, a list, JSON, or text for Graphviz and Mermaid. */
#ifndef CLI_GRAPH_VIEW_H
#define CLI_GRAPH_VIEW_H

#include "cli/command.h"

/* `migrations` are in the order of applying. */
void graph_view_tree(const struct run *run, const struct migrations *migrations);
void graph_view_order(const struct run *run, const struct migrations *migrations);
void graph_view_json(const struct run *run, const struct migrations *migrations);
void graph_view_dot(const struct run *run, const struct migrations *migrations);
void graph_view_mermaid(const struct run *run, const struct migrations *migrations);

#endif
