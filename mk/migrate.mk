# skein in a Makefile: every db-* target, in any repository.
#
#     include /path/to/skein/mk/migrate.mk
#
# One line, anywhere in a Makefile; it does not become the default goal, and including it twice is harmless.
# `make db-help` lists the targets.  The binary is built in skein's own directory on first use, and again when
# its sources change.  GNU make 3.81 or newer.
#
#@ Variables (on make's command line)
#   SERVICE_NAME=user-service   one service; all of them without it
#   ENV=staging                 the environment; also APP_ENV= or ENVIRONMENT=
#   COUNT=2                     how many migrations; also STEPS=
#   TO=5                        the version to arrive at; also VERSION=
#   TO_RELEASE=1.2.0            the release to arrive at, of all services
#   NEWER_SERVICES=leave        with TO_RELEASE=: services that were released later stay as they are; or rollback
#   MIGRATION=000004_settings   one migration, by version, name or both
#   NAME=add_settings           of a new migration, a new service or a new release (there also VERSION=)
#   TYPE=table                  of db-migration-generate: what kind of migration; its parameters besides:
#     TABLE= COLUMNS= REFERENCES= ON= OBJECT= VALUES= OLD_NAME= NEW_NAME= ROLE= PRIVILEGES= BODY= EXTENSION=
#     PARTITION_BY= PARTITION= EXPRESSION= DEFAULT= INDEX= CONSTRAINT= USING= RETURNS= ROWS= DESCRIPTION=
#   FOR=development             of db-migration-generate: only in that environment
#   FILE=path                   a file to work with
#   DRY_RUN=1                   show what would be done, and change nothing
#   FORCE=1                     db-validate, db-docs: everything, whether it changed or not
#   CHECK=1                     db-docs: write nothing, and fail when a page is stale
#   HTML=directory              db-docs: a static site there, instead of pages beside the migrations
#   REMOVE=1                    of db-hooks: take the hook away
#   CONFIRM=shop                the database's name: consent to losing what it holds
#   YES=1                       answer questions with yes
#   JSON=1                      print JSON
#   DATABASE_URL=URL            the database.  With a password in it, set it in the environment or in a file
#                               instead: what is on make's command line is visible to every user of the machine
#@
# Each of them has a longer name that counts from the environment, too, and that the Makefile may set before
# the include, as in `SKEIN_SERVICE := billing`:
#
#   SKEIN_SERVICE SKEIN_ENVIRONMENT SKEIN_COUNT SKEIN_TO SKEIN_MIGRATION SKEIN_NAME SKEIN_FILE SKEIN_DRY_RUN
#   SKEIN_TO_RELEASE SKEIN_NEWER_SERVICES SKEIN_REMOVE SKEIN_CONFIRM SKEIN_YES SKEIN_JSON, and SKEIN_TYPE, SKEIN_FOR, SKEIN_TABLE …; and besides them SKEIN_CONFIG SKEIN_CASCADE SKEIN_FORCE SKEIN_CHECK
#   SKEIN_HTML SKEIN_QUIET SKEIN_VERBOSE
#
# The short names count only on the command line: the environment is full of NAMEs.  `skein help environment`
# lists every variable that the binary itself reads (DATABASE_URL, PG*, APP_ENV, MIGRATION_…).
#
#   SKEIN                       the binary; default: build/skein of the repository that this file stands in,
#                               or bin/skein of the place where it is installed
#
# What may be relied on:
# - Values cannot do harm.  A value never becomes part of a command line and is never expanded by make: it is
#   frozen with $(value) before make exports it, and the binary reads it from its environment.  So
#   NAME='; rm -rf /' and NAME='$(shell …)' are names, and bad ones.  This is true of the variables above; make
#   itself expands any other one that it is given.  The frozen value is what the including Makefile sees, too.
# - Nothing else of the including Makefile changes: no SHELL, no flags, no special target, no default goal.
#   Targets are db-* and skein-*, variables SKEIN* and skein_*; besides them, once db-validate has run, what it
#   left in .skein/validate, and the migrations as files that its stamps depend on.
# - `make -j` runs the db-* goals of the command line one after the other, in that order, and `make -k` does not
#   go on behind one that failed.  Under -n nothing runs.  Two of them as prerequisites of a target of yours
#   want an order of yours: `db-seed: | db-migrate-up`.
# - Each recipe is one line that starts the binary; its exit status is what make reports.

ifndef skein_fragment

skein_fragment := $(abspath $(lastword $(MAKEFILE_LIST)))
skein_default_goal := $(.DEFAULT_GOAL)

ifeq ($(wildcard $(skein_fragment)),)
$(error skein: $(skein_fragment) is not where make says it is; a path with spaces is more than make can handle)
endif

# --- values

# $1: a variable of the binary.  Exported when there is one; frozen when it was given to make.
define skein_take
ifneq ($$(origin $1),undefined)
ifneq ($$(filter command,$$(origin $1)),)
override $1 := $$(value $1)
endif
export $1
endif
endef

# $1: a variable of the binary; $2: its short name, which counts only on the command line.  The short one is
# frozen as well, because make would expand it when it exports it.
define skein_take_as
ifneq ($$(filter command,$$(origin $2)),)
override $2 := $$(value $2)
override $1 := $$(value $2)
export $1 $2
endif
endef

skein_parameters := TABLE COLUMNS REFERENCES ON OBJECT VALUES OLD_NAME NEW_NAME ROLE PRIVILEGES BODY EXTENSION \
  PARTITION_BY PARTITION EXPRESSION DEFAULT INDEX CONSTRAINT USING RETURNS ROWS DESCRIPTION

$(foreach name,SKEIN SKEIN_SERVICE SKEIN_ENVIRONMENT SKEIN_COUNT SKEIN_TO SKEIN_TO_RELEASE SKEIN_NEWER_SERVICES SKEIN_MIGRATION SKEIN_NAME SKEIN_FILE \
  SKEIN_DRY_RUN SKEIN_REMOVE SKEIN_CONFIRM SKEIN_YES SKEIN_JSON SKEIN_CONFIG SKEIN_CASCADE SKEIN_FORCE SKEIN_CHECK SKEIN_QUIET \
  SKEIN_HTML SKEIN_VERBOSE SKEIN_TYPE SKEIN_FOR $(addprefix SKEIN_,$(skein_parameters)), \
  $(eval $(call skein_take,$(name))))
$(foreach pair,SERVICE:SERVICE_NAME ENVIRONMENT:APP_ENV ENVIRONMENT:ENVIRONMENT ENVIRONMENT:ENV COUNT:STEPS COUNT:COUNT TO:VERSION TO:TO \
  TO_RELEASE:TO_RELEASE NEWER_SERVICES:NEWER_SERVICES \
  MIGRATION:MIGRATION NAME:NAME FILE:FILE DRY_RUN:DRY_RUN REMOVE:REMOVE FORCE:FORCE CHECK:CHECK HTML:HTML CONFIRM:CONFIRM YES:YES JSON:JSON \
  TYPE:TYPE FOR:FOR COLUMNS:COLUMN $(foreach name,$(skein_parameters),$(name):$(name)), \
  $(eval $(call skein_take_as,SKEIN_$(firstword $(subst :, ,$(pair))),$(lastword $(subst :, ,$(pair))))))
$(eval $(call skein_take_as,DATABASE_URL,DATABASE_URL))

# --- the binary

skein_home := $(abspath $(dir $(skein_fragment))..)
skein_sources := $(wildcard $(addprefix $(skein_home)/,tool/*.c tool/*/*.[ch] tool/*/*/*.sql tool/review/rules/*.yaml \
  templates/*/*.* templates/*/*/*.* mk/dev/build.mk))
skein_make := $(MAKE_COMMAND)
skein_default :=
skein_built :=

ifeq ($(origin SKEIN),undefined)
ifneq ($(skein_sources),)
skein_default := $(skein_home)/build/skein
skein_built := $(skein_default)
else
skein_default := $(firstword $(wildcard $(abspath $(skein_home)/../../bin/skein)) skein)
endif
endif

# Without $(MAKE) in the recipe, which would run it under -n, and without the flags and variables of this make,
# which are not meant for that one.  Output goes to standard error: standard output is the goals'.
ifneq ($(skein_built),)
$(skein_built): export skein_home := $(skein_home)
$(skein_built): export skein_make := $(skein_make)
$(skein_built): $(skein_sources)
	@env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u CC -u CFLAGS -u LDFLAGS "$$skein_make" -s -C "$$skein_home" DEVELOPER= SANITIZE= build/skein >&2
endif

# --- targets

skein_targets := \
  db-migrate-up db-migrate db-migrate-up-orchestrator db-migrate-all db-migrate-down db-migrate-down-orchestrator \
  db-rollback db-migrate-init db-migrate-init-orchestrator db-migrate-create \
  db-migration-generate db-migrate-generate db-seed-generate db-service db-renumber db-release db-docs \
  db-validate db-migrate-validate db-migrate-validate-orchestrator db-migration-deps db-migration-order \
  db-migrate-list db-migrate-list-orchestrator db-migrate-plan db-migrate-plan-orchestrator \
  db-migrate-status db-status db-migrate-status-orchestrator \
  db-seed db-seed-enhanced db-setup db-reset db-fresh db-create db-drop db-recreate db-clean \
  db-connect db-health db-schema db-tables db-counts db-hooks

.PHONY: db-help skein-binary skein-validate skein-always $(skein_targets)

ifneq ($(skein_default),)
$(skein_targets): export SKEIN := $(skein_default)
endif
skein-binary: $(skein_built)

# --- validation

# A stamp for each service that was found good, and a fragment of what that depends on; --stamps looks at
# everything when there are none, or when configuration, environment, services or skein are other ones.  Where
# one service or another answer is asked for, or everything again (FORCE=1, -B), stamps do not count.
skein_validate := db-validate db-migrate-validate db-migrate-validate-orchestrator
skein_whole := $(strip $(filter-out undefined,$(foreach name,SKEIN_SERVICE SKEIN_JSON SKEIN_FORCE SKEIN_BASE SKEIN_CONNECTED SKEIN_VERBOSE, \
  $(origin $(name)))) $(findstring B,$(filter-out --%,$(firstword -$(value MAKEFLAGS)))))
ifeq ($(skein_whole),)
skein_fragments := $(sort $(wildcard .skein/validate/*.d))
skein_stamps := $(skein_fragments:.d=.stamp)
skein_checked := skein-validate $(skein_stamps)
skein_check := :
-include $(skein_fragments)
ifneq ($(skein_fragments),)
$(skein_fragments): ;
$(skein_stamps): | skein-validate
	@"$$SKEIN" validate --stamp $@
endif
else
skein_checked :=
skein_check = "$$SKEIN" validate
endif
skein-validate: | skein-binary
	@"$$SKEIN" validate --stamps .skein/validate

# Pages need not be looked at where no file changed since they were written.
skein_docs := $(if $(strip $(filter-out undefined,$(foreach name,SKEIN_SERVICE SKEIN_JSON SKEIN_FORCE SKEIN_CHECK SKEIN_HTML SKEIN_CONNECTED, \
  $(origin $(name)))) $(findstring B,$(filter-out --%,$(firstword -$(value MAKEFLAGS))))),,--stamps .skein/docs)

# Of a release VERSION= is its name, where there is no NAME=; in the shell, as every other value.
skein_release :=
ifeq ($(filter override,$(origin SKEIN_NAME)),)
ifneq ($(filter override,$(origin VERSION)),)
skein_release = SKEIN_NAME="$$VERSION"
endif
endif

##@ Migrate
db-migrate-up db-migrate db-migrate-up-orchestrator: | skein-binary ## Apply what is pending: all of it, COUNT= of it, up to TO= or TO_RELEASE=
	@"$$SKEIN" up
db-migrate-all: | skein-binary ## Apply what is pending of every service, whatever SERVICE_NAME= says
	@env -u SKEIN_SERVICE "$$SKEIN" up
db-migrate-down db-migrate-down-orchestrator: | skein-binary ## Roll back the newest migration, or the newest COUNT=
	@"$$SKEIN" down
db-rollback: | skein-binary ## Roll back one MIGRATION=, all above the version TO=, or to the release TO_RELEASE=
	@"$$SKEIN" rollback
db-migrate-init db-migrate-init-orchestrator: | skein-binary ## Create schemas and tracking tables
	@"$$SKEIN" init
db-migrate-create: | skein-binary ## Create an empty pair of files for NAME=
	@"$$SKEIN" create
db-migration-generate db-migrate-generate: | skein-binary ## Generate a migration of NAME= and TYPE=, ready to run
	@"$$SKEIN" generate
db-seed-generate: | skein-binary ## Generate a seed file NAME= of the environment, for TABLE=
	@"$$SKEIN" generate --type seed
db-service: | skein-binary ## Make a new service NAME=billing-service, with its first table
	@"$$SKEIN" service
db-renumber: | skein-binary ## Give unapplied migrations new numbers after a merge: all, or one MIGRATION=
	@"$$SKEIN" renumber
db-release: | skein-binary ## Make a release NAME=1.3.0 of what there is; without NAME= list the releases
	@$(skein_release) "$$SKEIN" release
db-docs: | skein-binary ## Write documentation pages that changed; CHECK=1 only looks; HTML= makes a site
	@"$$SKEIN" docs $(skein_docs)

##@ Look
db-migrate-status db-status db-migrate-status-orchestrator: | skein-binary ## Show what is applied and what is pending
	@"$$SKEIN" status
db-migrate-list db-migrate-list-orchestrator: | skein-binary ## List the migrations in the files
	@"$$SKEIN" list
db-migrate-plan db-migrate-plan-orchestrator: | skein-binary ## Show what db-migrate-up would do
	@"$$SKEIN" plan
db-migration-deps: | skein-binary ## Show what depends on what
	@"$$SKEIN" deps
db-migration-order: | skein-binary ## Show the order in which everything is applied
	@"$$SKEIN" deps --order
db-validate db-migrate-validate db-migrate-validate-orchestrator: $(skein_checked) | skein-binary ## Check files, dependencies and SQL of what changed
	@$(skein_check)

db-hooks: export skein_home := $(skein_home)
db-hooks: | skein-binary ## Install git's pre-commit hook, which checks what is staged; REMOVE=1 takes it away
	@"$$skein_home/scripts/hooks"

##@ Data
db-seed db-seed-enhanced: | skein-binary ## Load the seed files of the environment; again is harmless
	@"$$SKEIN" seed
db-setup: | skein-binary ## Create the database, migrate and seed
	@"$$SKEIN" database create && "$$SKEIN" init && "$$SKEIN" up && "$$SKEIN" seed
db-reset: | skein-binary ## Drop the services' schemas and migrate again
	@"$$SKEIN" database clean && "$$SKEIN" up
db-fresh: | skein-binary ## Drop the whole database, create it, migrate and seed
	@"$$SKEIN" database recreate && "$$SKEIN" up && "$$SKEIN" seed

##@ Database
db-create: | skein-binary ## Create the database
	@"$$SKEIN" database create
db-drop: | skein-binary ## Drop the database
	@"$$SKEIN" database drop
db-recreate: | skein-binary ## Drop the database and create it empty
	@"$$SKEIN" database recreate
db-clean: | skein-binary ## Drop the services' schemas, keep the database
	@"$$SKEIN" database clean
db-connect: | skein-binary ## Open psql on the database
	@"$$SKEIN" database connect
db-health: | skein-binary ## Check that the database can be reached, and what it is
	@"$$SKEIN" database health
db-schema: | skein-binary ## List the schemas, their owners and sizes
	@"$$SKEIN" database schema
db-tables: | skein-binary ## List the tables and their sizes
	@"$$SKEIN" database tables
db-counts: | skein-binary ## Count the rows of every table
	@"$$SKEIN" database counts

##@ Help
db-help: export skein_fragment := $(skein_fragment)
db-help: ## List these targets
	@awk '/^#@/ { on = !on; if (!on) print ""; else print substr($$0, 4) ":"; next } on { print substr($$0, 4); next } /^##@/ { printf "%s%s:\n", gap, substr($$0, 5); gap = "\n" } /^db-.*: .*## / { text = $$0; sub(/.*## /, "", text); names = $$0; sub(/:.*/, "", names); n = split(names, name, " "); printf "  %-20s %s\n", name[1], text; for (i = 2; i <= n; i++) also = also sprintf("  %-34s %s\n", name[i], name[1]) } END { printf "\nThe same by another name:\n%s", also }' "$$skein_fragment"

# --- order

# $1: a goal.  Goals are put in a row without .NOTPARALLEL, which would be for the whole Makefile.
skein_goals :=
skein_previous :=
define skein_queue
ifeq ($$(filter $1,$$(skein_goals)),)
skein_goals += $1
ifneq ($$(skein_previous),)
$1: | $$(skein_previous)
ifneq ($$(filter $1,$$(skein_validate)),)
ifeq ($$(filter $$(skein_validate),$$(skein_goals:$1=)),)
skein-validate: | $$(skein_previous)
endif
endif
endif
skein_previous := $1
endif
endef

$(foreach goal,$(filter $(skein_targets),$(value MAKECMDGOALS)),$(eval $(call skein_queue,$(goal))))

.DEFAULT_GOAL := $(skein_default_goal)

endif
