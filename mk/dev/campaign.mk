# Campaigns: longer tests, on material that is no part of this repository.
#
#   make corpora CORPORA=directory
#
# runs every corpus of real migrations in `directory`: each a folder of pairs as golang-migrate reads them, or one with
# `migrations` (and `prepare.sql`, what the superuser does beforehand) in it.  tests/campaign/corpora.sh says what is
# compared with what.  A corpus takes about as many seconds as it has migrations.

# Frozen, so that make does not expand what it is given.
ifdef CORPORA
override CORPORA := $(value CORPORA)
export CORPORA
endif

.PHONY: corpora
corpora: $(BUILD)/skein ## Run the real migrations in CORPORA=directory
	@test -d "$$CORPORA" || { echo "make corpora CORPORA=directory: no such directory" >&2; exit 2; }
	@SKEIN=$(abspath $(BUILD)/skein) prove -v tests/campaign/corpora.sh :: "$$CORPORA"/*/

#   make versions PG_DIRS="directory…" [T="tests/crash.t …"]
#
# runs the tests on other versions of PostgreSQL; each directory holds one's postgres and initdb.
ifdef PG_DIRS
override PG_DIRS := $(value PG_DIRS)
export PG_DIRS
endif

.PHONY: versions
versions: $(BUILD)/skein ## Run the tests on the PostgreSQL versions in PG_DIRS="directory…"
	@SKEIN=$(abspath $(BUILD)/skein) T="$(filter %.t,$(value T))" tests/campaign/versions.sh $$PG_DIRS

#   make conformance [CASES=directory]
#
# runs squawk's own cases, `squawk.jsonl` in the directory (cases here or ../shared/cases, when there), with one rule on each, and asks PostgreSQL where the two
# differ.  tests/campaign/conformance.py says how.
ifdef CASES
override CASES := $(value CASES)
endif
CASES ?= $(firstword $(wildcard cases ../shared/cases) cases)
export CASES

.PHONY: conformance
conformance: $(BUILD)/skein ## Compare the rules with squawk on its own cases in CASES=directory
	@test -f "$$CASES/squawk.jsonl" || { echo "make conformance: no squawk.jsonl in $$CASES; CASES=directory says where it is" >&2; exit 2; }
	@tests/campaign/conformance.py "$(abspath $(BUILD)/skein)" "$$CASES/squawk.jsonl"
