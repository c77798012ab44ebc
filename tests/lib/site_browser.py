"""Reads a site of skein's as people do: python3 site_browser.py DIRECTORY [PICTURES].  Prints lines "ok" or "not ok", a tab, and what it is about.

The site is that of tests/site.t.  With a second directory it leaves pictures of what it saw there.
"""
import os
import sys
from pathlib import Path

sys.path.insert(0, os.path.dirname(__file__))
from browser import Browser

site = Path(sys.argv[1]).resolve().as_uri()
pictures = sys.argv[2] if len(sys.argv) > 2 else None
browser = Browser()


def check(name, good, seen=None):
    print("ok" if good else "not ok", name if good or seen is None else f"{name}: {seen!r}", sep="\t", flush=True)


def equal(name, seen, wanted):
    check(name, seen == wanted, seen)


def look(name):
    if pictures:
        browser.picture(f"{pictures}/{name}.png")


def search(text):
    browser.run("document.querySelector('.search input').value = ''")
    browser.type(".search input", text)
    browser.wait("return !document.querySelector('.results').hidden")
    return browser.run("return Array.from(document.querySelectorAll('.results a')).map(a => a.textContent)")


def ground():
    return browser.run("return getComputedStyle(document.body).backgroundColor")


def is_dark():
    return sum(int(part) for part in ground()[4:-1].split(",")[:3]) < 200


def too_wide():
    return browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")


# Texts of a box in a picture that stand on one another.
OVERLAPPING = """
return Array.from(document.querySelectorAll('.picture .box')).flatMap(box => {
    const texts = Array.from(box.querySelectorAll('text')).map(text => [text.textContent, text.getBoundingClientRect()]);
    return texts.flatMap(([one, a], i) => texts.slice(i + 1).filter(([, b]) =>
        a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2).map(([other]) => one + ' on ' + other));
})
"""


WHITE = "rgb(255, 255, 255)"
PAGES = ["index.html", "shop/index.html", "shop/000002_create_orders.html", "shop/000003_create_odd.html", "audit/index.html"]

# --- a page from a file
browser.go(f"{site}/index.html")
equal("the index says its title", browser.run("return document.querySelector('h1').textContent"),
      browser.run("return document.title"))
equal("it shows the services", browser.run("return document.querySelectorAll('#services-picture a.box').length"), 2)

# --- along the pictures
browser.click("#services-picture a[href='shop/index.html']")
equal("a box in the picture leads to its service", browser.wait("return location.href.endsWith('shop/index.html') && document.querySelector('h1') && document.querySelector('h1').textContent"), "shop")
browser.click("#entities-picture a[href='#table-shop.orders']")
equal("a table in the picture leads to its columns", browser.run("return location.hash"), "#table-shop.orders")
check("which are in sight", browser.wait("const top = document.getElementById('table-shop.orders').getBoundingClientRect().top; return top >= 0 && top < innerHeight"))
browser.click("tr[id='m000002'] a")
equal("a row leads to its migration", browser.wait("return document.querySelector('h1').textContent === 'create orders'"), True)
equal("its SQL is there, with colours", browser.run("return document.querySelector('pre .w').textContent"), "CREATE")
browser.click("#neighbours-picture a[href='000001_create_customers.html']")
check("a neighbour in the picture leads on", browser.wait("return location.href.endsWith('000001_create_customers.html')"))

# --- search, with the keyboard alone
browser.run("document.activeElement.blur()")
browser.keys("/")
equal("'/' goes to the search", browser.run("return document.activeElement.type"), "search")
found = search("orders")
check("it finds migrations and tables", any("000002_create_orders" in f for f in found) and any(f.startswith("orders") for f in found), found)
found = search("customer_id")
check("and columns", found and found[0].startswith("orders.customer_id"), found)
look("search")
browser.keys("\ue007")
check("Enter goes there", browser.wait("return location.hash === '#table-shop.orders'"), browser.address())
search("no such thing")
equal("what is not there is not found", browser.run("return document.querySelector('.results').textContent"), "Nothing found")
browser.keys("\ue00c")
equal("Escape closes the list", browser.run("return document.querySelector('.results').hidden"), True)
found = search("customers_email_key")
check("indexes and keys are found", found and found[0].startswith("customers_email_key"), found)
found = search("script")
check("names are shown as they are", any("<script>alert(1)</script>" in f for f in found), found)

# --- dark and light
browser.prefer("light")
browser.go(f"{site}/index.html")
equal("light, where light is preferred", ground(), WHITE)
browser.prefer("dark")
check("dark, where dark is preferred", is_dark(), ground())
risk = "return getComputedStyle(document.documentElement).getPropertyValue('--low-ground').trim()"
dark = browser.run(risk)
browser.prefer("dark", "print")
equal("paper is light all the same", ground(), WHITE)
check("with all colours", browser.run(risk) != dark, dark)
browser.prefer("dark")
browser.click(".theme")
equal("the switch makes it light", ground(), WHITE)
browser.prefer("light")
browser.click(".theme")
check("and dark", is_dark(), ground())
browser.go(f"{site}/shop/index.html")
check("which other pages remember", is_dark(), ground())
for path in PAGES:
    browser.go(f"{site}/{path}")
    look("dark-" + path.replace("/", "-"))
browser.run("localStorage.clear()")

# --- every page: no messages, nothing run that is a name, no page wider than a phone
browser.messages()
for path in PAGES:
    browser.size(1200, 900)
    browser.go(f"{site}/{path}")
    look("wide-" + path.replace("/", "-"))
    equal(f"{path}: the console is silent", browser.messages(), [])
    equal(f"{path}: no element that a name made", browser.run("return document.querySelectorAll('main script, main img, main b.name').length"), 0)
    equal(f"{path}: no text of a picture stands on another", browser.run(OVERLAPPING), [])
    equal(f"{path}: every link leads somewhere", browser.run(
        "return Array.from(document.querySelectorAll('a[href^=\"#\"]')).map(a => a.getAttribute('href')).filter(h => !document.getElementById(decodeURIComponent(h.slice(1))))"), [])
    browser.size(360, 740)
    equal(f"{path}: as wide as a phone", too_wide(), 0)
    look("phone-" + path.replace("/", "-"))
browser.close()
