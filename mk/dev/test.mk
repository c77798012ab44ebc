# Testing skein.  `make test` runs all; `make test-unit` needs no server; `make test T=tests/foo.t` runs one.
#
# tests/unit/<folder>/<module>.c mirrors tool/<folder>/<module>.c and is a cmocka program of its own.
# tests/*.t are TAP scripts in bash over tests/lib/tap.sh; they get SKEIN, the binary, and start what they need.

UNIT_SOURCES := $(sort $(wildcard tests/unit/*/*.c))
UNIT_TESTS   := $(UNIT_SOURCES:tests/%.c=$(BUILD)/tests/%.t)
COMMAND_TESTS = $(sort $(wildcard tests/*.t))
PROVE_JOBS   ?= 4
T            ?= $(UNIT_TESTS) $(COMMAND_TESTS)

.PHONY: test test-unit
test: scripts/bootstrap-test $(BUILD)/skein $(UNIT_TESTS)
	SKEIN=$(abspath $(BUILD)/skein) CMOCKA_MESSAGE_OUTPUT=TAP prove -j$(PROVE_JOBS) --timer $(T)

test-unit: $(UNIT_TESTS)
	CMOCKA_MESSAGE_OUTPUT=TAP prove -j$(PROVE_JOBS) $(UNIT_TESTS)

.PHONY: scripts/bootstrap-test
scripts/bootstrap-test:

$(BUILD)/tests/unit/%.t: tests/unit/%.c $(BUILD)/libskein.a
	@echo "  TEST  $<"
	$(Q)mkdir -p $(@D) && $(CC) $(CFLAGS) $(SKEIN_CFLAGS) -Wno-missing-prototypes -o $@ $< $(BUILD)/libskein.a -lcmocka $(SKEIN_LIBS)
