// The switch between dark and light, and the search.  The pages can be read without either.
(function () {
    "use strict";
    var root = document.documentElement;
    var base = document.currentScript.getAttribute("data-root");

    // --- theme: automatic, dark, light; kept where the browser lets a file keep something
    function kept() {
        try { return localStorage.getItem("skein-theme"); } catch (e) { return null; }
    }
    function keep(theme) {
        try { localStorage.setItem("skein-theme", theme); } catch (e) { /* not kept, then */ }
    }
    function show(theme) {
        if (theme === "dark" || theme === "light") root.setAttribute("data-theme", theme);
        else root.removeAttribute("data-theme");
    }
    function isDark() {
        return getComputedStyle(root).colorScheme.indexOf("dark") >= 0;
    }
    show(kept());

    function startTheme(button) {
        function name() {
            var next = isDark() ? "light" : "dark";
            button.setAttribute("aria-label", "Switch to " + next + " colours");
            button.firstElementChild.textContent = isDark() ? "\u2600" : "\u263E";
            button.lastElementChild.textContent = " " + next.charAt(0).toUpperCase() + next.slice(1);
        }
        button.hidden = false;
        button.addEventListener("click", function () {
            var theme = isDark() ? "light" : "dark";
            show(theme);
            keep(theme);
            name();
        });
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
        name();
    }

    // --- search: search.js is read when the first word is typed
    var kinds = { m: "migration", t: "table", c: "column", v: "view", y: "type", f: "function", i: "index or key", s: "service" };
    var entries = null, waiting = null, loading = false;

    // A table's entry holds its columns, and its indexes and keys; each becomes an entry of its own.
    function unpack(index) {
        var all = [];
        index.forEach(function (entry) {
            var kind = entry[0], name = entry[1], link = entry[2], about = entry[3];
            all.push({ kind: kind, name: name, lower: name.toLowerCase(), link: link, about: about, more: (about || "").toLowerCase() });
            (entry[4] || []).forEach(function (column) {
                all.push({ kind: "c", name: name + "." + column, lower: column.toLowerCase(), full: (name + "." + column).toLowerCase(), link: link, about: about, more: (about || "").toLowerCase() });
            });
            (entry[5] || []).forEach(function (key) {
                all.push({ kind: "i", name: key, lower: key.toLowerCase(), link: link, about: name + (about ? " \u00B7 " + about : ""), more: (name + " " + (about || "")).toLowerCase() });
            });
        });
        return all;
    }
    window.skeinIndex = function (index) {
        entries = unpack(index);
        if (waiting) waiting();
    };
    function load() {
        if (loading) return;
        loading = true;
        var script = document.createElement("script");
        script.src = base + "search.js";
        document.head.appendChild(script);
    }

    // The more exactly a word meets the name, the better; what only the description says comes last.
    function weigh(entry, words) {
        var sum = 0, named = entry.kind !== "c";
        for (var i = 0; i < words.length; i++) {
            var word = words[i], name = entry.full && word.indexOf(".") >= 0 ? entry.full : entry.lower;
            var at = name.indexOf(word);
            named = named || at >= 0;
            if (at === 0) sum += name.length === word.length ? 9 : 6;
            else if (at > 0) sum += /[a-z0-9]/.test(name.charAt(at - 1)) ? 3 : 5;
            else if (entry.more.indexOf(word) >= 0) sum += 1;
            else return 0;
        }
        return !named ? 0 : sum + (entry.kind === "c" ? 0 : .5);
    }
    function find(text) {
        var words = text.toLowerCase().split(/\s+/).filter(Boolean);
        var found = [];
        if (words.length) entries.forEach(function (entry, place) {
            var weight = weigh(entry, words);
            if (weight) found.push({ entry: entry, weight: weight, place: place });
        });
        found.sort(function (a, b) { return b.weight - a.weight || a.place - b.place; });
        return { words: words, count: found.length, best: found.slice(0, 30).map(function (f) { return f.entry; }) };
    }

    function addMarked(parent, text, words) {
        var lower = text.toLowerCase(), at = 0;
        while (at < text.length) {
            var next = -1, length = 0;
            words.forEach(function (word) {
                var place = lower.indexOf(word, at);
                if (place >= 0 && (next < 0 || place < next)) { next = place; length = word.length; }
            });
            if (next < 0) break;
            parent.appendChild(document.createTextNode(text.slice(at, next)));
            var mark = document.createElement("mark");
            mark.textContent = text.slice(next, next + length);
            parent.appendChild(mark);
            at = next + length;
        }
        parent.appendChild(document.createTextNode(text.slice(at)));
    }

    function startSearch(form) {
        var input = form.querySelector("input"), list = form.querySelector("ul"), status = form.querySelector("[role=status]");
        var chosen = -1;
        form.hidden = false;

        function choose(number) {
            var items = list.querySelectorAll("[role=option]");
            if (items[chosen]) items[chosen].setAttribute("aria-selected", "false");
            chosen = items.length ? (number + items.length) % items.length : -1;
            if (chosen < 0) { input.removeAttribute("aria-activedescendant"); return; }
            items[chosen].setAttribute("aria-selected", "true");
            items[chosen].scrollIntoView({ block: "nearest" });
            input.setAttribute("aria-activedescendant", items[chosen].id);
        }
        function close() {
            list.hidden = true;
            input.setAttribute("aria-expanded", "false");
            input.removeAttribute("aria-activedescendant");
            chosen = -1;
        }
        function item(entry, number, words) {
            var li = document.createElement("li"), a = document.createElement("a"), what = document.createElement("span");
            li.setAttribute("role", "option");
            li.setAttribute("aria-selected", "false");
            li.id = "result-" + number;
            a.href = base + entry.link;
            a.tabIndex = -1;
            addMarked(a, entry.name, words);
            what.className = "what";
            what.textContent = kinds[entry.kind] + (entry.about ? " \u00B7 " + entry.about : "");
            a.appendChild(what);
            li.appendChild(a);
            return li;
        }
        function update() {
            if (!input.value.trim()) { close(); return; }
            if (!entries) { waiting = update; load(); return; }
            var found = find(input.value);
            list.textContent = "";
            found.best.forEach(function (entry, number) { list.appendChild(item(entry, number, found.words)); });
            if (!found.count) {
                var none = document.createElement("li");
                none.className = "none";
                none.textContent = "Nothing found";
                list.appendChild(none);
            }
            status.textContent = found.count + (found.count === 1 ? " result" : " results");
            list.hidden = false;
            input.setAttribute("aria-expanded", "true");
            chosen = -1;
            choose(0);
        }
        input.addEventListener("focus", load);
        input.addEventListener("input", update);
        input.addEventListener("keydown", function (event) {
            if (event.key === "ArrowDown" || event.key === "ArrowUp") {
                if (list.hidden) update(); else choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
                event.preventDefault();
            } else if (event.key === "Escape") {
                if (list.hidden) input.value = "";
                close();
            }
        });
        form.addEventListener("submit", function (event) {
            event.preventDefault();
            var item = list.hidden ? null : list.querySelectorAll("[role=option]")[Math.max(chosen, 0)];
            if (item) { location.href = item.firstChild.href; close(); }
        });
        document.addEventListener("click", function (event) { if (!form.contains(event.target)) close(); });
        form.addEventListener("focusout", function (event) {
            if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
        });
        document.addEventListener("keydown", function (event) {
            var inField = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
            if (event.key === "/" && !inField && !event.ctrlKey && !event.metaKey && !event.altKey) {
                input.focus();
                event.preventDefault();
            }
        });
    }

    // --- print: what is folded is unfolded
    window.addEventListener("beforeprint", function () {
        document.querySelectorAll("details:not([open])").forEach(function (details) {
            details.setAttribute("data-folded", "");
            details.open = true;
        });
    });
    window.addEventListener("afterprint", function () {
        document.querySelectorAll("details[data-folded]").forEach(function (details) {
            details.removeAttribute("data-folded");
            details.open = false;
        });
    });

    document.addEventListener("DOMContentLoaded", function () {
        startTheme(document.querySelector(".theme"));
        startSearch(document.querySelector(".search"));
    });
})();
