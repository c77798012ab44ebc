# Fuzzing skein: `make fuzz` runs each target of tests/fuzz/ for SECONDS seconds (60).
#
#   make fuzz-script SECONDS=600
#
# Needs clang with libFuzzer (libclang-rt-14-dev).  What is found is kept in build/fuzz/<target>/, findings
# as crash-*; the cases of tests/cases/<target>/ are where it starts.

SECONDS     ?= 60
FUZZERS     := $(patsubst tests/fuzz/%.c,fuzz-%,$(wildcard tests/fuzz/*.c))
FUZZ_CFLAGS := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-sanitize=pointer-overflow

.PHONY: fuzz $(FUZZERS) fuzz-library
fuzz: $(FUZZERS) ## Fuzz for SECONDS seconds each (needs libclang-rt-14-dev)

$(FUZZERS): fuzz-%: build/fuzz/%.fuzz
	$(Q)mkdir -p build/fuzz/$*
	$< -max_total_time=$(SECONDS) -max_len=4096 -timeout=10 -artifact_prefix=build/fuzz/$*/ \
	    build/fuzz/$* $(wildcard tests/cases/$*)

build/fuzz/%.fuzz: tests/fuzz/%.c fuzz-library
	@echo "  FUZZ  $@"
	$(Q)clang $(FUZZ_CFLAGS) -fsanitize=fuzzer $(filter-out -M%,$(SKEIN_CFLAGS)) -o $@ $< build/fuzz/libskein.a $(SKEIN_LIBS)

fuzz-library:
	@$(MAKE) $(PARALLEL) --no-print-directory CC=clang BUILD=build/fuzz CFLAGS='$(FUZZ_CFLAGS)' build/fuzz/libskein.a
