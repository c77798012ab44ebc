# Testing skein.
#
#   make test                 everything, through prove; installs what tests need
#   make test T=tests/foo.t   one of them
#   make test-unit            what needs no server and nothing but the library
#   make sanitize             everything again under AddressSanitizer and UndefinedBehaviorSanitizer
#
# tests/unit/<folder>/<module>.c mirrors tool/<folder>/<module>.c and is a cmocka program of its own.
# tests/*.t are TAP scripts in bash over tests/lib/tap.sh; they get SKEIN, the binary, and start what they need.
# A skipped test says why: --directives prints it.

UNIT_SOURCES := $(sort $(wildcard tests/unit/*/*.c))
UNIT_TESTS   := $(UNIT_SOURCES:tests/%.c=$(BUILD)/tests/%.t)
COMMAND_TESTS = $(sort $(wildcard tests/*.t))
PROVE_JOBS   ?= 4
PROVE        := prove -j$(PROVE_JOBS) --timer --directives
T            ?= $(COMMAND_TESTS) $(UNIT_TESTS)

.PHONY: test test-unit test-run sanitize
test: ## Install what tests need, run all of them
	scripts/bootstrap test
	@$(MAKE) $(PARALLEL) --no-print-directory test-run

test-run: $(BUILD)/skein $(UNIT_TESTS)
	SKEIN=$(abspath $(BUILD)/skein) CMOCKA_MESSAGE_OUTPUT=TAP $(PROVE) $(T)

test-unit: $(UNIT_TESTS) ## Run the unit tests
	CMOCKA_MESSAGE_OUTPUT=TAP $(PROVE) $(UNIT_TESTS)

sanitize: ## Run all tests under ASan and UBSan
	scripts/bootstrap test
	@$(MAKE) $(PARALLEL) --no-print-directory SANITIZE=1 test-run

$(BUILD)/tests/unit/%.t: tests/unit/%.c $(BUILD)/libskein.a $(OBJ)/flags
	@echo "  TEST  $<"
	$(Q)mkdir -p $(@D) && $(CC) $(CFLAGS) $(SKEIN_CFLAGS) -Wno-missing-prototypes -o $@ $< \
	    $(BUILD)/libskein.a -lcmocka $(SKEIN_LIBS)

-include $(wildcard $(BUILD)/tests/unit/*/*.d)
