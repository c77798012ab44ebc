# `make bench`: what skein costs, beside libpq alone and other tools.  scripts/bench says what is measured and how.
#
#   make bench                        everything
#   make bench BENCH='link status'    some of it: memory-server disk-server link status no-op memory plan validate hook docs

BENCH_DIRECTORY := $(BUILD)/bench
BENCH_PROGRAMS  := $(patsubst tests/bench/%.c,$(BENCH_DIRECTORY)/%,$(wildcard tests/bench/*.c))

.PHONY: bench
bench: $(BUILD)/skein $(BENCH_PROGRAMS) ## Measure skein beside libpq alone and other tools
	@SKEIN=$(abspath $(BUILD)/skein) BENCH_PROGRAMS=$(abspath $(BENCH_DIRECTORY)) scripts/bench $(BENCH)

$(BENCH_DIRECTORY)/%: tests/bench/%.c $(BUILD)/libskein.a $(OBJ)/flags
	@echo "  BENCH $<"
	$(Q)mkdir -p $(@D) && $(CC) $(CFLAGS) $(SKEIN_CFLAGS) -o $@ $< $(BUILD)/libskein.a $(SKEIN_LIBS)

-include $(wildcard $(BENCH_DIRECTORY)/*.d)
