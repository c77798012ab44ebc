# `make install PREFIX=/usr/local DESTDIR=`: the binary, the fragment that other repositories include, and
# the git hook.

PREFIX  ?= /usr/local
INSTALL ?= install

.PHONY: install uninstall
install: $(BUILD)/skein ## Install below PREFIX= (DESTDIR= for packagers)
	$(INSTALL) -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/skein/mk" "$(DESTDIR)$(PREFIX)/share/skein/scripts"
	$(INSTALL) -m 755 $(BUILD)/skein "$(DESTDIR)$(PREFIX)/bin/skein"
	$(INSTALL) -m 644 mk/migrate.mk "$(DESTDIR)$(PREFIX)/share/skein/mk/migrate.mk"
	$(INSTALL) -m 755 scripts/hooks scripts/pre-commit "$(DESTDIR)$(PREFIX)/share/skein/scripts/"

uninstall: ## Remove what install put there
	rm -f "$(DESTDIR)$(PREFIX)/bin/skein"
	rm -rf "$(DESTDIR)$(PREFIX)/share/skein"
