# Building skein.
#
#   make            build/skein
#   make SANITIZE=1 the same under AddressSanitizer and UndefinedBehaviorSanitizer, in build/sanitize
#   make CC=clang   with another compiler (BUILD=build/clang puts it elsewhere)
#   make DEVELOPER= without warnings as errors (for packagers)
#   make V=1        whole command lines
#
# Sources are found by folder: every tool/**/*.c but main.c goes into libskein.a, which the unit tests
# link too.  The SQL that skein sends stands in tool/pg/sql/*.sql and becomes C text here.

RELEASE   := 0.1.0
DEVELOPER ?= 1
BUILD     := build$(if $(SANITIZE),/sanitize)
OBJ       := $(BUILD)/obj
GEN       := $(BUILD)/gen
Q         := $(if $(V),,@)

PACKAGES  := libpq libcjson yaml-0.1 libpcre2-8 smartcols libcrypto
SOURCES   := $(sort $(wildcard tool/*/*.c))
HEADERS   := $(sort $(wildcard tool/*/*.h))
SQL       := $(sort $(wildcard tool/pg/sql/*.sql))
RULES     := $(sort $(wildcard tool/review/rules/*.yaml))
TEMPLATES := $(sort $(shell find templates -type f -name '[!.]*[!~]'))
OBJECTS   := $(SOURCES:tool/%.c=$(OBJ)/%.o) $(GEN)/sql.o $(GEN)/functions.o $(GEN)/rules.o $(GEN)/templates.o

CFLAGS    ?= -O2 -g
WARNINGS  := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
             -Wwrite-strings -Wvla $(if $(DEVELOPER),-Werror)
comma     := ,
SANITIZER := $(if $(SANITIZE),-fsanitize=address$(comma)undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)

# Asked for once, and only when something is compiled.
PACKAGE_CFLAGS = $(eval PACKAGE_CFLAGS := $(shell pkg-config --cflags $(PACKAGES)))$(PACKAGE_CFLAGS)
PACKAGE_LIBS   = $(eval PACKAGE_LIBS := $(shell pkg-config --libs $(PACKAGES)))$(PACKAGE_LIBS)

SKEIN_CFLAGS = -std=c17 -D_GNU_SOURCE -Itool -I$(GEN) $(WARNINGS) $(SANITIZER) -MMD -MP \
               -DSKEIN_VERSION='"$(RELEASE)"' $(PACKAGE_CFLAGS) -pthread
SKEIN_LIBS   = $(PACKAGE_LIBS) -lpg_query -pthread

# Only sql/tree* sees the server's headers: those of the major whose grammar libpg_query brings.
GRAMMAR_MAJOR  = $(eval GRAMMAR_MAJOR := $(shell echo PG_MAJORVERSION | $(CC) -E -P -include pg_query.h - | tail -1))$(GRAMMAR_MAJOR)
PG_CONFIG      = $(firstword $(wildcard /usr/lib/postgresql/$(patsubst "%",%,$(GRAMMAR_MAJOR))/bin/pg_config) pg_config)
SERVER_HEADERS = $(eval SERVER_HEADERS := $(shell $(PG_CONFIG) --includedir-server))$(SERVER_HEADERS)
$(OBJ)/sql/tree%: SKEIN_CFLAGS += -isystem $(SERVER_HEADERS)

# For targets that start a make of their own: all processors, unless this make was told how many.
PARALLEL = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell getconf _NPROCESSORS_ONLN))

.PHONY: all clean
all: $(BUILD)/skein ## Build build/skein

# All objects and no library: of two functions with one name a library would take the first without a word.
$(BUILD)/skein: $(OBJ)/main.o $(BUILD)/libskein.a
	@echo "  LD    $@"
	$(Q)$(CC) $(CFLAGS) $(SANITIZER) $(LDFLAGS) -o $@ $(OBJ)/main.o $(OBJECTS) $(SKEIN_LIBS)

$(BUILD)/libskein.a: $(OBJECTS)
	@echo "  AR    $@"
	$(Q)rm -f $@ && $(AR) rcs $@ $(OBJECTS)

$(OBJ)/%.o: tool/%.c $(OBJ)/flags | $(GEN)/sql.h
	@echo "  CC    $<"
	$(Q)mkdir -p $(@D) && $(CC) $(CFLAGS) $(SKEIN_CFLAGS) -c -o $@ $<

# tool/pg/sql/state_read.sql becomes `const char sql_state_read[]`.
$(GEN)/sql.c: $(SQL) mk/dev/sql2c.awk | $(GEN)
	$(Q)awk -f mk/dev/sql2c.awk $(SQL) > $@.tmp && mv $@.tmp $@
$(GEN)/sql.h: $(SQL) mk/dev/sql2c.awk | $(GEN)
	$(Q)awk -v header=1 -f mk/dev/sql2c.awk $(SQL) > $@.tmp && mv $@.tmp $@
$(GEN)/sql.o: $(GEN)/sql.c $(GEN)/sql.h $(OBJ)/flags
	$(Q)$(CC) $(CFLAGS) $(SANITIZER) -std=c17 -I$(GEN) -c -o $@ $<

# tool/sql/functions.txt becomes the sorted table that sql/volatility.c looks into.
$(GEN)/functions.c: tool/sql/functions.txt mk/dev/functions2c.awk | $(GEN)
	$(Q)awk -f mk/dev/functions2c.awk tool/sql/functions.txt > $@.tmp && mv $@.tmp $@
$(GEN)/functions.o: $(GEN)/functions.c tool/sql/functions.h $(OBJ)/flags
	$(Q)$(CC) $(CFLAGS) $(SANITIZER) -std=c17 -Itool -c -o $@ $<

# tool/review/rules/*.yaml become the documents that review/rule.c finds ready.
RULES2C_OBJECTS := $(patsubst tool/%.c,$(OBJ)/%.o,$(wildcard tool/base/*.c) $(addprefix tool/text/,$(addsuffix .c,yaml yaml_scalar node source regex)))
$(GEN)/rules2c: mk/dev/rules2c.c $(RULES2C_OBJECTS) | $(GEN)
	$(Q)$(CC) $(CFLAGS) $(filter-out -M%,$(SKEIN_CFLAGS)) $(LDFLAGS) -o $@ $^ $(SKEIN_LIBS)
$(GEN)/rules.c: $(RULES) $(GEN)/rules2c | $(GEN)
	$(Q)$(GEN)/rules2c $(RULES) > $@.tmp && mv $@.tmp $@
$(GEN)/rules.o: $(GEN)/rules.c tool/review/rule_built_in.h tool/text/node.h $(OBJ)/flags
	$(Q)$(CC) $(CFLAGS) $(SANITIZER) -std=c17 -Itool -c -o $@ $<

# templates/** become the texts that write/template_set.c reads.
$(GEN)/templates.c: $(TEMPLATES) mk/dev/templates2c.awk | $(GEN)
	$(Q)awk -f mk/dev/templates2c.awk $(TEMPLATES) > $@.tmp && mv $@.tmp $@
$(GEN)/templates.o: $(GEN)/templates.c tool/write/template_built_in.h $(OBJ)/flags
	$(Q)$(CC) $(CFLAGS) $(SANITIZER) -std=c17 -Itool -c -o $@ $<
$(GEN):
	$(Q)mkdir -p $@

# Changes when compiler or flags do, so that everything is compiled again; and looks for the libraries before
# anything else is tried.
FLAGS := $(CC) $(CFLAGS) $(WARNINGS) $(SANITIZER) $(RELEASE)
.PHONY: look-at-flags
$(OBJ)/flags: look-at-flags
	@echo '$(FLAGS)' | cmp -s - $@ || { scripts/bootstrap --check build && mkdir -p $(@D) && echo '$(FLAGS)' > $@; }

clean: ## Remove build/
	rm -rf build

-include $(wildcard $(OBJ)/*.d $(OBJ)/*/*.d)
