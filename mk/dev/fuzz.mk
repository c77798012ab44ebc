# Fuzzing skein: `make fuzz` runs each target of tests/fuzz/ for SECONDS seconds (60).
#
#   make fuzz-script SECONDS=600
#
# Needs clang with libFuzzer (libclang-rt-14-dev).  What is found is kept in build/fuzz/<target>/, findings
# as crash-*; the cases of tests/cases/<target>/ are where it starts.

SECONDS ?= 60
FUZZERS := $(patsubst tests/fuzz/%.c,fuzz-%,$(wildcard tests/fuzz/*.c))

.PHONY: fuzz $(FUZZERS)
fuzz: $(FUZZERS) ## Fuzz for SECONDS seconds each (needs libclang-rt-14-dev)

$(FUZZERS): fuzz-%: build/fuzz/%.fuzz
	$(Q)mkdir -p build/fuzz/$*
	$< -max_total_time=$(SECONDS) -max_len=4096 -timeout=10 -artifact_prefix=build/fuzz/$*/ \
	    build/fuzz/$* $(wildcard tests/cases/$*)

build/fuzz/%.fuzz: tests/fuzz/%.c $(SOURCES) $(GEN)/functions.c $(GEN)/rules.c | $(GEN)/sql.h
	@echo "  FUZZ  $@"
	$(Q)mkdir -p $(@D) && clang -O1 -g -fsanitize=fuzzer,address,undefined $(filter-out -M%,$(SKEIN_CFLAGS)) \
	    -isystem $(SERVER_HEADERS) -o $@ \
	    $< $(sort $(wildcard tool/base/*.c tool/text/*.c tool/sql/*.c tool/model/*.c)) $(GEN)/functions.c $(GEN)/rules.c $(SKEIN_LIBS)
