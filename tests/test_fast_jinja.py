"""Templates print the same by the faster code as by plain Jinja, or fail in the same way."""

# ruff: noqa: E501, D105 - templates stand whole; magic methods say what they are

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from jinja2 import (
    DictLoader,
    Environment,
    StrictUndefined,
    TemplateSyntaxError,
    UndefinedError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

import built
from generator.base.locale import Locale
from generator.pages.fast_jinja import DirectCodeGenerator, DirectMacro
from generator.pages.page import Deferred, Page, SiteContext
from generator.pages.page_kinds import pages
from generator.pages.render import Renderer, add_compiled, compile_templates
from generator.pages.shell import shell
from generator.pages.theme_files import template_folder

MACROS = """\
{% macro plain(text) %}<b>{{ text }}</b>{% endmacro %}
{% macro more(text, size=2, mark="'") %}{{ mark }}{{ text }}{{ size }}{% endmacro %}
{% macro given(a, b=a) %}{{ a is defined }}{{ b is defined }}{% endmacro %}
{% macro box(title="none") %}[{{ title }}{% if caller is defined %}: {{ caller() }}{% endif %}]{% endmacro %}
{% macro each(items) %}{% for item in items %}({{ caller(item, loop.index) }}){% endfor %}{% endmacro %}
{% macro named(first) %}{{ first }}{% for name, value in kwargs | dictsort %} {{ name }}={{ value }}{% endfor %}{% endmacro %}
{% macro rest(first) %}{{ first }}{{ varargs | join("<") }}{% endmacro %}
{% macro own(caller="<nobody>") %}{{ caller if caller is string else caller() }}{% endmacro %}
{% macro keyword(class, _macro="<") %}{{ class }}{{ _macro }}{% endmacro %}
{% macro nested(text) %}{{ plain(plain(text)) }}{{ more(text, mark=plain(text)) }}{% endmacro %}
{% macro unescaped(text) %}{% autoescape false %}{{ plain(text) }}{{ text }}{% endautoescape %}{% endmacro %}
{% set constant = plain("<") %}
{% set context_function = where %}
"""


class Words(str):
    """A string of a class of its own."""

    __slots__ = ()


class Loud(str):
    """A string that says of itself that it is HTML."""

    __slots__ = ()

    def __html__(self) -> str:
        return f"<i>{self.upper()}</i>"


class Picture:
    """An object that knows its HTML."""

    def __html__(self) -> str:
        return "<img>"

    def __str__(self) -> str:
        return "no <img>"


@dataclass(frozen=True)
class Thing:
    """An object with attributes, of which one fails."""

    label: str = "<label>"
    number: int = 3

    def times(self, number: int, mark: str = "&") -> str:
        """Return a mark so many times."""
        return mark * number

    @property
    def broken(self) -> str:
        """Fail, as a property with a mistake in it does."""
        return self.label.nothing  # type: ignore[attr-defined, no-any-return]


@pass_context
def where(context: Context, text: str = "") -> str:
    """Return the name of the template and a variable of a loop, as a function of a site may."""
    return f"<{context.name} {context.get('item', '-')}{text}>"


VARIABLES: dict[str, Any] = {
    "text": "<a href=\"x\">'&'",
    "words": Words("<words>"),
    "loud": Loud("<loud>"),
    "markup": Markup("<b>&amp;</b>"),
    "picture": Picture(),
    "nothing": None,
    "yes": True,
    "number": 7,
    "half": 0.5,
    "list": ["<", Markup("<"), 1],
    "thing": Thing(),
    "record": {"label": "<item>", "items": "<hidden by the method>"},
    "where": where,
}

SAME = [
    # what a value is
    "{{ text }}{{ words }}{{ loud }}{{ markup }}{{ picture }}{{ nothing }}{{ yes }}{{ number }}{{ half }}",
    "{{ list }}{{ '<' }}{{ '<' | safe }}{{ text | upper }}{{ markup ~ text }}{{ markup | upper }}",
    "{{ [text, markup] | join('<') }}{{ text | e }}{{ markup | e }}{{ text | forceescape }}",
    "{{ text if yes else markup }}{{ markup if yes }}{{ '' if yes else text }}{{ nothing or text }}",
    "{{ (text if yes else markup) ~ '<' }}{{ text if nothing }}{{ missing if nothing }}{{ 'a' if yes else '<' }}",
    "{{ m.plain(text) if yes else text }}{{ text if nothing else m.plain(text) if number == 7 else 1 }}",
    "{{ m.plain(text if yes) }}{{ m.plain(text) ~ m.plain(1) if yes }}{{ [text if yes else 1] }}",
    "{{ (m.plain(text) if yes) | upper }}{{ 1 | nofilter if nothing }}{{ loop.last if nothing }}",
    "{% autoescape false %}{{ text if yes else 1 }}{{ text if nothing }}{% endautoescape %}",
    "{% filter upper %}<b>{{ text }}</b>{% endfilter %}",
    "{% set block %}<b>{{ text }}</b>{% endset %}{{ block }}{{ block | length }}",
    "{% autoescape false %}{{ text }}{{ markup }}{{ thing.label }}{% endautoescape %}{{ text }}",
    "{% autoescape yes %}{{ text }}{{ m.plain(text) }}{% endautoescape %}",
    # attributes and items
    "{{ thing.label }}{{ thing['label'] }}{{ thing.number }}{{ thing.times(3) }}{{ thing.times(2, mark='<') }}",
    "{{ list.0 }}{{ list[1] }}{{ text.upper() }}{{ record['label'] }}",
    "{% set space = namespace(found=text) %}{% for x in [1, 2] %}{% set space.found = space.found ~ x %}{% endfor %}{{ space.found }}",
    # macros
    "{{ m.plain(text) }}{{ m.plain(markup) }}{{ m.plain(m.plain(text)) }}{{ m.plain(picture) }}",
    "{{ m.plain(text) ~ text }}{{ m.plain(text) | upper }}{% set made = m.plain(text) %}{{ made }}{{ made | length }}",
    "{{ m.more(text) }}{{ m.more(text, 3) }}{{ m.more(size=text, text=markup) }}{{ m.more(text, mark=m.plain(1)) }}",
    "{{ m.more(*list) }}{{ m.more(**{'text': text, 'mark': '<'}) }}{{ m.more(text, *[5]) }}",
    "{{ m.given() }}{{ m.given(1) }}{{ m.given(b=1) }}{{ m.given(1, 2) }}",
    "{% call m.box() %}<u>{{ text }}</u>{% endcall %}{{ m.box(text) }}{% call m.box(title=text) %}{% endcall %}",
    "{% call(item, index) m.each(list) %}{{ index }}{{ item }}{{ text }}{% endcall %}",
    "{{ m.named(text, b='<', a=markup) }}{{ m.named(1) }}{{ m.rest(text, text, 2) }}{{ m.rest(1) }}",
    "{{ m.own() }}{{ m.own(text) }}{% call m.own() %}<{% endcall %}",
    "{{ m.keyword(text) }}{{ m.keyword(_macro=text, **{'class': 1}) }}",
    "{{ m.nested(text) }}{{ m.unescaped(text) }}{{ m.constant }}{{ m.constant | length }}",
    "{% from 'macros' import plain, more as other with context %}{{ plain(text) }}{{ other(text, size=plain(1)) }}",
    "{% macro here(x) %}<i>{{ x }}{{ text }}</i>{% endmacro %}{{ here(text) }}{{ here(here(1)) }}{{ here.name }}{{ here.arguments }}",
    "{% macro tree(n) %}({% if n %}{{ tree(n - 1) }}{% endif %}){% endmacro %}{{ tree(4) }}",
    "{% set f = m.plain %}{{ f(text) }}{% for f in [m.plain, where] %}{{ f(text) }}{% endfor %}",
    "{{ m.plain.name }}{{ m.more.arguments }}{{ m.box.caller }}{{ m.rest.catch_varargs }}{{ m.named.catch_kwargs }}",
    # functions that take the context, and loops
    "{{ where() }}{% for item in list %}{{ where(text) }}{% set item = text %}{{ where() }}{% endfor %}",
    "{% for x in list %}{{ loop.index }}{{ loop.cycle('<', text) }}{{ x }}{{ ', ' if not loop.last }}{% else %}none{% endfor %}",
    "{% for x in [] %}{{ x }}{% else %}{{ text }}{% endfor %}{% for x in list if x != '<' %}{{ m.plain(x) }}{% endfor %}",
    "{% for x in [[1, [2]], 3] recursive %}{{ loop(x) if x is iterable else m.plain(x) }}{% endfor %}",
    # templates in one another
    "{% include 'part' %}|{% include 'part' without context %}|{% include ['none', 'part'] %}{% include 'none' ignore missing %}",
    "{% extends 'base' %}{% set shown = '<' %}dropped {{ text }}{% block body %}[{{ super() }}{{ text }}{% include 'part' without context %}]{% endblock %}",
    "{% extends 'base' if yes else 'none' %}{% block foot %}{{ m is defined }}{{ where('b') }}{% for item in list %}{{ where() }}{% endfor %}{% endblock %}",
    "{% if number > 5 %}{% extends 'base' %}{% endif %}{{ text }}{% block body %}{{ caller is defined }}{% endblock %}",
    "{% for x in list %}{% block row scoped %}{{ x }}{{ loop.index }}{% endblock %}{% endfor %}",
    "{% with x = text, y = m.plain(1) %}{{ x }}{{ y }}{% endwith %}{{ x is defined }}",
    "{{ missing is defined }}{{ missing | default('<') }}{{ missing is undefined }}",
    "{{ '%s' | format(text) }}{{ markup | format }}{{ ('<%s>' | safe) | format(text) }}",
    # failures
    "{{ missing }}",
    "{{ missing.label }}",
    "{{ missing() }}",
    "{{ missing.label() }}",
    "{{ m.plain() }}",
    "{{ m.plain(missing) }}",
    "{{ m.plain(text, text) }}",
    "{{ m.plain(size=1) }}",
    "{{ m.plain(text, text=1) }}",
    "{% call m.plain(text) %}{% endcall %}",
    "{% if missing %}{% endif %}",
    "{% for x in missing %}{% endfor %}",
    "{{ list[9] }}",
    "{{ thing.label | nofilter }}",
    "{{ thing.label | nofilter if yes }}",
    "{{ text if missing else 1 }}",
    "{{ missing if yes else 1 }}",
    "{{ (text if nothing) + 1 }}",
    "{{ text + number }}",
    "{% from 'macros' import nothing %}{{ nothing(1) }}",
    "{% extends 'none' %}",
]
"""Templates that print the same, or raise an error of the same class, by both ways."""

ITEMS = [
    "{{ record.label }}",
    "{{ thing.nothing }}",
    "{{ thing.nothing is defined }}",
    "{{ thing.broken }}",
    "{{ record.items() | list }}{{ record.nothing }}",
    "{{ m.nothing }}",
    "{{ m.nothing(text) }}",
    "{{ text.nothing() }}",
    "{% extends 'base' %}{% block body %}{{ self.foot() }}{% endblock %}",
]
"""Templates that ask for an attribute that is not there."""

PARTS = {
    "macros": MACROS,
    "part": "<p>{{ text is defined }}{{ m is defined }}</p>",
    "base": "<top>{{ text }}{% block body %}<body>{{ text }}</body>{% endblock %}{% block foot %}<foot>{% endblock %}",
}


def render(template: str, *, fast: bool) -> str | type[Exception]:
    """Return what a template prints, or the class of the error that it raises."""
    environment = Environment(
        loader=DictLoader({**PARTS, "template": f"{{% import 'macros' as m %}}{template}"}),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.globals["where"] = where
    if fast:
        environment.code_generator_class = DirectCodeGenerator
    try:
        return environment.get_template("template").render(VARIABLES)
    except Exception as error:  # noqa: BLE001 - which one it is, is compared
        return type(error)


@pytest.mark.parametrize("template", SAME)
def test_templates_print_as_by_plain_jinja(template: str) -> None:
    """Values, macros, loops, inheritance, what is undefined: nothing differs."""
    assert render(template, fast=True) == render(template, fast=False)


@pytest.mark.parametrize("template", ITEMS)
def test_an_attribute_that_is_missing_raises(template: str) -> None:
    """Plain Jinja has to decide whether there is an item of that name."""
    assert render(template, fast=True) is AttributeError
    assert render(template, fast=False) is not AttributeError


def test_a_name_that_is_undefined_stops_the_page() -> None:
    """StrictUndefined is in force."""
    assert render("{{ missing }}", fast=True) is UndefinedError


def test_nothing_is_escaped_twice_or_not_at_all() -> None:
    """A string is escaped, once; what a macro made of it is not escaped again."""
    assert render("{{ text }} {{ m.plain(m.plain(text)) }}", fast=True) == (
        "&lt;a href=&#34;x&#34;&gt;&#39;&amp;&#39;"
        " <b><b>&lt;a href=&#34;x&#34;&gt;&#39;&amp;&#39;</b></b>"
    )


def test_macros_are_called_as_functions() -> None:
    """The faster way is taken, by those macros that can take it."""
    environment = Environment(loader=DictLoader(PARTS), autoescape=True)
    environment.code_generator_class = DirectCodeGenerator
    module = environment.get_template("macros").make_module({"where": where})
    direct = {name for name, value in vars(module).items() if type(value) is DirectMacro}
    assert direct == {"plain", "more", "given", "nested", "unescaped"}


def test_a_template_of_a_site_may_ask_for_items(tmp_path: Path) -> None:
    """The page is rendered as by plain Jinja; what is neither attribute nor item stops it."""
    (tmp_path / "page.html").write_text("{{ record.label }}{{ site.name }}{{ site['name'] }}")
    (tmp_path / "wrong.html").write_text("{{ record.nothing }}")
    renderer = Renderer(tmp_path, {"name": "<site>"}, csp=True, plain=True)

    def html(template: str) -> str:
        view = Deferred(lambda _ctx: {}, cast("SiteContext", None))
        page = Page(path="a.html", title="", template=template, context=view)
        return renderer.html(page, {"record": {"label": "<label>"}})

    assert html("page.html") == html("page.html") == "&lt;label&gt;&lt;site&gt;&lt;site&gt;"
    assert renderer.plain_templates == {"page.html"}
    with pytest.raises(UndefinedError, match="has no attribute 'nothing'"):
        html("wrong.html")


MESSAGES = (
    "{% trans title=page.title %}In {{ title }}{% endtrans %}|{{ _('In %(title)s', title=page.title) }}|"
    "{% trans num=n %}{{ num }} field{% pluralize %}{{ num }} fields{% endtrans %}|"
    "{{ ngettext('%(num)s field', '%(num)s fields', n) }}|"
    "{% set words = _('Unknown') %}<p title=\"{{ words | plain }}\">{{ words }}</p>{{ page.items }}"
)


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("en", 'In &lt;a&gt;|In &lt;a&gt;|0 fields|0 fields|<p title="Unknown">Unknown</p>'),
        ("fr", 'Dans &lt;a&gt;|Dans &lt;a&gt;|0 champ|0 champ|<p title="Inconnu">Inconnu</p>'),
    ],
)
def test_messages(tag: str, printed: str, tmp_path: Path) -> None:
    """They are looked up by the faster code and by plain Jinja alike, and their values escaped."""
    fast, plain = MESSAGES.replace("{{ page.items }}", ""), MESSAGES
    (tmp_path / "fast.html").write_text(fast)
    (tmp_path / "plain.html").write_text(plain.replace("page.items", "given.item"))
    renderer = Renderer(tmp_path, {}, csp=True, plain=True, locale=Locale(tag))

    def html(template: str) -> str:
        view = Deferred(lambda _ctx: {}, cast("SiteContext", None))
        page = Page(path="a.html", title="<a>", template=template, context=view)
        return renderer.html(page, {"n": 0, "given": {"item": "!"}})

    assert html("fast.html") == printed
    assert html("plain.html") == f"{printed}!"
    assert renderer.plain_templates == {"plain.html"}


@pytest.mark.parametrize("root", [built.SHIPPED, built.SITES / "tiny"], ids=["shipped", "tiny"])
def test_our_templates_ask_for_attributes_alone(root: Path, tmp_path: Path) -> None:
    """No page of ours needs plain Jinja, which is slower."""
    site = built.settings(root, tmp_path)
    checked = built.checked(root, tmp_path, internal=True)
    assert checked.library
    ctx = SiteContext(checked.library, site)
    around = shell(ctx)
    renderer = Renderer(template_folder(None), around, csp=True, plain=True)
    assert all(renderer.html(page) for page in pages(ctx))
    assert renderer.plain_templates == set()


def test_templates_that_another_process_compiles(tmp_path: Path) -> None:
    """They are used as they come; one that is broken is left out, and said by whoever renders it.

    To see whose code is used, that of each template is given under the name of another.
    """
    (tmp_path / "pages").mkdir()
    for name, text in {"main": "m", "pages/one": "1", "pages/two": "2", "pages/bad": "{%"}.items():
        (tmp_path / f"{name}.html").write_text(text)
    known = compile_templates(tmp_path / "empty")
    compiled = compile_templates(tmp_path)
    own = [key for key in compiled if key not in known]
    add_compiled(dict(zip(own, [compiled[key] for key in (*own[1:], own[0])], strict=True)))
    renderer = Renderer(tmp_path, {}, csp=True, plain=True)

    def html(template: str) -> str:
        view = Deferred(lambda _ctx: {}, cast("SiteContext", None))
        return renderer.html(Page(path="a.html", title="", template=template, context=view))

    assert sorted(map(html, ("main.html", "one.html", "two.html"))) == ["1", "2", "m"]
    assert html("one.html") != "1"
    with pytest.raises(TemplateSyntaxError):
        html("bad.html")
