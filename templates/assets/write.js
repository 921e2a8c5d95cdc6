// The form in which a record is written: made from the model, which stands in an attribute of the
// page. It asks nothing of any server. What is typed is kept on this device, where the browser
// allows it, and goes out as a file. write-record.js says how a state becomes the text of a file.
//
// A field of the model: n name, k kind, l label, h help, s section, r role, v vocabulary, f fields;
// see `_field` in generator/pages/write.py for the others. A term: id, label, meaning, group, words.
(function () {
  "use strict";
  const casebook = window.casebook, place = document.getElementById("write");
  if (!casebook || !casebook.make || !casebook.record || !place) return;
  const { make, fill, record } = casebook;
  const form = JSON.parse(place.getAttribute("data-form")), words = form.words;
  const say = (name, values) => casebook.say(words[name], values || {});
  const FEW = 8, MOST_OPEN = 4, LONGEST_ADDRESS = 6000;
  const KEY = "casebook:form:" + form.library + ":" + form.folder;

  // ---- the state --------------------------------------------------------------------------------

  const isPlain = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);
  const isText = (value) => typeof value === "string";

  // A node with what may stand in it: a draft may be of an older model, or no draft at all.
  function node(fields, given) {
    const from = isPlain(given) ? given : {}, v = isPlain(from.v) ? from.v : {}, u = isPlain(from.u) ? from.u : {};
    const made = { v: {}, u: {} };
    if (Number.isInteger(from.i)) made.i = from.i;
    if (isText(from.a)) made.a = from.a;
    fields.forEach((field) => {
      const value = Object.prototype.hasOwnProperty.call(v, field.n) ? v[field.n] : undefined;
      const many = Array.isArray(value) ? value : [];
      if (u[field.n] === true && mayBeUnknown(field)) made.u[field.n] = true;
      if (field.k === "record") made.v[field.n] = field.many ? many.filter(isPlain).map((one) => node(field.f, one)) : node(field.f, value);
      else if (field.many) made.v[field.n] = many.filter(isText);
      else if (isText(value)) made.v[field.n] = value;
    });
    return made;
  }

  const mayBeUnknown = (field) => field.r !== "title" && !field.id && field.n !== form.type;

  function today() {
    const now = new Date(), two = (number) => String(number).padStart(2, "0");
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }

  function stateOf(given) {
    const from = isPlain(given) ? given : {};
    const made = {
      kind: form.kinds.some((kind) => kind[0] === from.kind) ? from.kind : form.kinds[0][0],
      root: node(form.fields, from.root),
      texts: (Array.isArray(from.texts) ? from.texts : []).map((text) => (isText(text) ? text : "")),
      next: Number.isInteger(from.next) ? from.next : 1,
    };
    if (!given) form.fields.filter((field) => field.r === "updated").forEach((field) => { made.root.v[field.n] = today(); });
    return made;
  }

  function newEntry(field) {
    const entry = node(field.f), id = field.f.find((member) => member.id);
    entry.i = state.next;
    if (id) entry.a = entry.v[id.n] = freeId(id.n);
    state.next += 1;
    return entry;
  }

  // A short name for a source that no other one has.
  function freeId(name) {
    const taken = state.root.v[form.sources].map((one) => record.slug(one.v[name] || ""));
    let number = 1;
    while (taken.includes("source-" + number)) number += 1;
    return "source-" + number;
  }

  let canKeep = true;

  function draft() {
    try {
      localStorage.setItem(KEY + ":test", "1");
      localStorage.removeItem(KEY + ":test");
      return JSON.parse(localStorage.getItem(KEY));
    } catch (error) {
      canKeep = !(error instanceof DOMException);
      return null;
    }
  }

  // What was typed since the page was opened, or before; a form that nobody touched is no draft.
  let touched = false;

  function keep() {
    try {
      if (canKeep && touched) localStorage.setItem(KEY, JSON.stringify(state));
    } catch (error) {
      canKeep = false;
      showDraft();
    }
  }

  let state = stateOf(null);

  // ---- small parts ------------------------------------------------------------------------------

  let last = 0;
  const newId = () => "write-" + (last += 1);
  // How to go to the control of a field, by its node.
  let controls = new WeakMap();
  const going = (of, name, go) => { controls.set(of, { ...controls.get(of), [name]: go }); };

  function reveal(control) {
    for (let fold = control.closest("details"); fold; fold = fold.parentNode.closest("details")) fold.open = true;
    control.focus();
    control.scrollIntoView({ block: "center" });
  }

  const button = (text, act, label) => make("button", { type: "button", "aria-label": label, on: { click: act } }, text);

  const needs = () => new Set((form.kinds.find((kind) => kind[0] === state.kind) || form.kinds[0])[3]);

  // A label with what it asks for.
  function heading(field, siblings) {
    if (!field.need || !needs().has(field.need)) return [field.l];
    const other = field.or && siblings.find((one) => one.n === field.or);
    return [field.l, " ", make("span.write-need", {}, "(" + (other ? say("either", { field: other.l }) : words.needed) + ")")];
  }

  function unknownBox(field, of, parts) {
    if (!mayBeUnknown(field)) return null;
    const box = make("input", { type: "checkbox", checked: Boolean(of.u[field.n]), "aria-label": say("unknown_of", { label: field.l }) });
    const show = () => { parts.forEach((part) => { part.hidden = box.checked; }); };
    box.addEventListener("change", () => {
      if (box.checked) of.u[field.n] = true;
      else delete of.u[field.n];
      show();
      changed();
    });
    show();
    return make("p.write-unknown", {}, make("label", {}, box, " ", words.unknown));
  }

  // ---- questions --------------------------------------------------------------------------------

  // One text: a line, several lines, a date, an address.
  function textControl(field, value, set, described, label) {
    const id = newId(), kind = field.k;
    const several = kind === "text";
    const control = make(several ? "textarea" : "input", {
      id, rows: several ? "3" : "", dir: "auto", autocomplete: "off",
      type: several ? "" : field.day ? "date" : "text",
      inputmode: kind === "number" ? "decimal" : kind === "url" ? "url" : "",
      spellcheck: kind === "line" || several ? "" : "false",
      "aria-describedby": described, "aria-label": label,
    });
    control.value = value || "";
    control.addEventListener("input", () => { set(control.value); changed(); });
    return control;
  }

  function helpOf(field) {
    const more = field.k === "date" && !field.day ? words.date : field.unit ? say("in_unit", { unit: field.unit }) : "";
    return [field.h, more].filter(Boolean).join(" ");
  }

  function textQuestion(field, of, siblings) {
    const help = newId(), count = make("p.write-count");
    const control = textControl(field, of.v[field.n], (typed) => { of.v[field.n] = typed; counted(); }, help);
    const counted = () => {
      if (field.max && field.k !== "number") count.textContent = say("count", { num: length(control.value), all: field.max });
    };
    counted();
    const parts = [control, count];
    going(of, field.n, () => reveal(control.hidden ? unknown.querySelector("input") : control));
    const unknown = unknownBox(field, of, parts);
    return make("div.write-question", {}, make("label", { for: control.id }, ...heading(field, siblings)),
      make("p.write-help", { id: help }, helpOf(field)), control, field.max && field.k !== "number" ? count : null, unknown);
  }

  // A frame around several controls: its heading, its help, its parts.
  function group(field, of, siblings, parts, first) {
    const legend = make("legend", {}, ...heading(field, siblings)), help = newId();
    const unknown = unknownBox(field, of, parts);
    going(of, field.n, () => reveal((of.u[field.n] && unknown.querySelector("input")) || first()));
    return make("fieldset.write-question", { "aria-describedby": help }, legend,
      make("p.write-help", { id: help }, helpOf(field)), ...parts, unknown);
  }

  // Several texts, each in a line of its own.
  function textsQuestion(field, of, siblings) {
    const list = make("div.write-lines");
    const values = of.v[field.n];
    if (!values.length) values.push("");
    const add = button(words.add, () => {
      values.push("");
      show();
      list.lastChild.querySelector("input, textarea").focus();
    }, say("add_one", { name: field.l }));
    function show() {
      fill(list, ...values.map((value, place) => {
        const label = field.l + " " + (place + 1);
        return make("p.write-line", {}, textControl(field, value, (typed) => { values[place] = typed; }, "", label),
          values.length > 1 ? button("✕", () => { values.splice(place, 1); show(); changed(); add.focus(); }, say("remove_one", { name: label })) : null);
      }));
    }
    show();
    return group(field, of, siblings, [list, add], () => list.querySelector("input, textarea"));
  }

  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // Terms, or sources, to choose from. `options` returns rows as terms have them.
  function choiceQuestion(field, of, siblings, options, open) {
    const chips = make("ul.write-chips"), list = make("ul.write-terms"), status = make("span.write-status", { role: "status" });
    const name = newId(), many = field.many;
    const chosen = () => (many ? of.v[field.n] : [of.v[field.n]].filter(Boolean));
    const labelOf = (id) => (options().find((row) => row[0] === id) || [id, id])[1];
    const boxes = new Map();
    let drawn = false;

    function choose(id, on) {
      if (!many) of.v[field.n] = on ? id : "";
      else if (!on) of.v[field.n] = of.v[field.n].filter((one) => one !== id);
      else if (!of.v[field.n].includes(id)) of.v[field.n].push(id);
      boxes.forEach((box, key) => { box.checked = chosen().includes(key); });
      showChips();
      changed();
    }

    function showChips() {
      fill(chips, ...chosen().map((id) => make("li", {}, button(labelOf(id) + " ✕", () => {
        choose(id, false);
        summary.focus();
      }, say("remove_one", { name: labelOf(id) })))));
      chips.hidden = !chosen().length;
    }

    function draw() {
      drawn = true;
      boxes.clear();
      let above = "";
      fill(list, ...[].concat(...options().map(([id, label, meaning, family, more]) => {
        const box = make("input", { type: many ? "checkbox" : "radio", name, checked: chosen().includes(id), on: { change: () => choose(id, box.checked) } });
        boxes.set(id, box);
        const row = make("li", { "data-words": folded([id, label, meaning, family, more].filter(Boolean).join(" ")) },
          make("label", {}, box, make("span", {}, make("strong", {}, label), meaning ? make("span.write-meaning", {}, meaning) : null)));
        const head = family && family !== above ? make("li.write-family", {}, family) : null;
        above = family || "";
        return [head, row].filter(Boolean);
      })));
      if (search && search.value) filter();
      if (none) none.hidden = options().length > 0;
    }

    const number = options().length;
    const search = number > FEW ? make("input", { type: "search", autocomplete: "off", "aria-label": say("filter", { label: field.l }), placeholder: "⌕", on: { input: filter } }) : null;

    // Shows the terms that have each word of the filter, and of the groups those that have such a term.
    function filter() {
      const wanted = folded(search.value).split(/\s+/).filter(Boolean);
      let shown = 0, family = null;
      Array.from(list.children).forEach((row) => {
        if (row.className) {
          family = row;
          family.hidden = true;
          return;
        }
        row.hidden = !wanted.every((word) => row.getAttribute("data-words").includes(word));
        if (row.hidden) return;
        shown += 1;
        if (family) family.hidden = false;
      });
      status.textContent = wanted.length ? say("matching", { num: shown, all: number }) : "";
    }

    const ready = () => { if (!drawn) draw(); };
    const summary = make("summary", { on: { click: ready } }, say("choose", { label: field.l }));
    const none = field.k === "source" ? make("p.write-none", {}, words.no_sources, " ", button(words.to_sources, goToSources)) : null;
    const fold = make("details.write-choice", { open: open && number <= FEW, on: { toggle: ready } },
      summary, search, search ? status : null, list, none);
    if (fold.open) draw();

    const parts = [chips, fold];
    const terms = form.terms[field.v];
    if (terms && terms.o && many) parts.push(newTerm(field, choose));
    if (none) {
      // A list is made anew only where the sources changed: else it would take the focus away.
      let before = JSON.stringify(options());
      sourceLists.push(() => {
        const now = JSON.stringify(options());
        if (now === before) return;
        before = now;
        draw();
        showChips();
      });
    }
    const frame = group(field, of, siblings, parts, () => {
      ready();
      return summary;
    });
    showChips();
    return frame;
  }

  // A word that no list has, for a vocabulary that takes new ones.
  function newTerm(field, choose) {
    const control = make("input", { type: "text", dir: "auto", autocomplete: "off", "aria-label": say("new_term", { label: field.l }) });
    const add = () => {
      if (record.isBlank(control.value)) return;
      choose(control.value.trim(), true);
      control.value = "";
      control.focus();
    };
    control.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      add();
    });
    return make("p.write-line", {}, control, button(words.add, add, say("add_one", { name: field.l })));
  }

  // ---- sources ----------------------------------------------------------------------------------

  const sourceField = form.fields.find((field) => field.n === form.sources);
  let sourceLists = [], sourcesFrame = null;

  // The sources that are listed, as rows of a choice.
  function sourceRows() {
    const id = sourceField && sourceField.f.find((member) => member.id);
    if (!id || state.root.u[sourceField.n]) return [];
    return state.root.v[sourceField.n].filter((entry) => record.saysAnything(sourceField, entry) && !record.isBlank(entry.v[id.n] || "")).map((entry) => {
      const told = sourceField.f.find((member) => !member.id && (member.k === "text" || member.k === "line") && entry.v[member.n]);
      return [String(entry.i), entry.v[id.n], told ? entry.v[told.n] : ""];
    });
  }

  function goToSources() {
    if (!sourcesFrame) return;
    const fields = sourcesFrame.querySelectorAll("input:not([type=checkbox]), textarea");
    reveal(fields[0] || sourcesFrame.querySelector("button"));
  }

  // ---- records inside the record ----------------------------------------------------------------

  // The questions about an entry; of many, those that it can do without are folded away.
  function members(field, of, name, skip) {
    const asked = field.f.filter((member) => member.n !== skip), wanted = needs();
    const isFirst = (member) => asked.length <= MOST_OPEN || member.n === field.key || member.lead || member.id || member.k === "source" || wanted.has(member.need);
    const draw = (member) => question(member, of, field.f, false);
    const others = asked.filter((member) => !isFirst(member));
    const filled = others.some((member) => record.says(member, of));
    return [...asked.filter(isFirst).map(draw), others.length ? make("details", { open: filled },
      make("summary", {}, say("more_about", { name })), ...others.map(draw)) : null];
  }

  function entriesQuestion(field, of, siblings) {
    const list = make("div.write-entries"), told = make("p.write-status", { role: "status" }), undo = make("span");
    const entries = of.v[field.n], name = (place) => field.one + " " + (place + 1);
    if (!entries.length && field.need && needs().has(field.need)) entries.push(newEntry(field));

    function entryFrame(entry, place) {
      return make("fieldset.write-entry", {}, make("legend", {}, name(place)), ...members(field, entry, name(place)),
        button(words.remove, () => {
          const filled = record.saysAnything(field, entry), called = name(place);
          entries.splice(entries.indexOf(entry), 1);
          show();
          told.textContent = say("removed", { name: called });
          fill(undo, filled && button(words.undo, () => {
            entries.splice(place, 0, entry);
            fill(undo);
            told.textContent = "";
            show();
            changed();
            reveal(list.children[place].querySelector("input, textarea, summary"));
          }, words.undo + ": " + called));
          changed();
          (undo.firstChild || add).focus();
        }, say("remove_one", { name: name(place) })));
    }

    const show = () => fill(list, ...entries.map(entryFrame));
    const add = button(say("add_one", { name: field.one }), () => {
      entries.push(newEntry(field));
      list.append(entryFrame(entries[entries.length - 1], entries.length - 1));
      fill(undo);
      told.textContent = "";
      reveal(list.lastChild.querySelector("input, textarea, summary"));
      changed();
    });
    show();
    const frame = group(field, of, siblings, [list, told, undo, add], () => list.querySelector("input, textarea, summary") || add);
    if (field.n === form.sources && of === state.root) sourcesFrame = frame;
    return frame;
  }

  // Questions that the model itself puts, each with its answer.
  function rowsQuestion(field, of, siblings) {
    const entries = of.v[field.n], list = make("div.write-entries");
    form.terms[field.f.find((member) => member.n === field.key).v].t.forEach(([id, label, meaning]) => {
      let entry = entries.find((one) => one.v[field.key] === id);
      if (!entry) {
        entry = newEntry(field);
        entry.v[field.key] = id;
        entries.push(entry);
      }
      list.append(make("fieldset.write-entry", {}, make("legend", {}, label), meaning ? make("p.write-help", {}, meaning) : null, ...members(field, entry, label, field.key)));
    });
    return group(field, of, siblings, [list], () => list.querySelector("input, textarea, summary"));
  }

  function question(field, of, siblings, open) {
    if (field.k === "record") {
      if (field.rows) return rowsQuestion(field, of, siblings);
      if (field.many) return entriesQuestion(field, of, siblings);
      const inside = make("div.write-entries", {}, ...members(field, of.v[field.n], field.l));
      return group(field, of, siblings, [inside], () => inside.querySelector("input, textarea, summary"));
    }
    if (field.k === "source") return choiceQuestion(field, of, siblings, sourceRows, false);
    if (field.k === "term" && !field.free) return choiceQuestion(field, of, siblings, () => form.terms[field.v].t, open);
    if (field.k === "term" && field.many) return choiceQuestion(field, of, siblings, () => form.terms[field.v].t, open);
    return field.many ? textsQuestion(field, of, siblings) : textQuestion(field, of, siblings);
  }

  // ---- what is left -----------------------------------------------------------------------------

  const length = (text) => Array.from(text.trim()).length;
  const ADDRESS = /^https?:\/\/[^\s<>"\\^`{|}@/]+[^\s<>"\\^`{|}]*$/;
  const LANGUAGE = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/;
  const NUMBER = /^[+-]?(?:\d+(?:\.\d+)?|\d{1,3}(?:[ ,'_\u00a0\u2009\u202f]\d{3})+(?:\.\d+)?|\d{1,3}(?:[ .'\u00a0\u2009\u202f]\d{3})+,\d+)$/;
  const MAIL = /[^\s@]+@[^\s@]+\.[^\s@]/;

  function isDate(text, day) {
    const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
    if (!match || (day && !match[3]) || match[1] === "0000") return false;
    const [year, month, at] = [Number(match[1]), Number(match[2] || 1), Number(match[3] || 1)];
    const date = new Date(Date.UTC(2000, 0, 1));
    date.setUTCFullYear(year, month - 1, at);
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === at;
  }

  // What is wrong with one text, as the name of a sentence; nothing where it is as it should be.
  function fault(field, text) {
    const typed = text.trim();
    if (!typed || typed.toLowerCase() === "unknown") return "";
    if (field.k === "date") return isDate(typed, field.day) ? "" : "no_date";
    if (field.k === "url") return ADDRESS.test(typed) ? "" : "no_address";
    if (field.k === "number") return NUMBER.test(typed) ? "" : "no_number";
    if (field.k === "language") return LANGUAGE.test(typed) ? "" : "no_language";
    if (field.k === "slug" && !record.mayName(record.fittingSlug(typed))) return "no_name";
    if (field.r === "title" && !record.mayName(record.fittingSlug(typed))) return "no_name";
    if (field.max && length(typed) > Number(field.max)) return "long";
    return MAIL.test(typed) ? "mail" : "";
  }

  // The texts at a dotted path.
  function textsAt(of, fields, path) {
    const field = fields.find((one) => one.n === path[0]);
    const value = field && !of.u[field.n] ? of.v[field.n] : undefined;
    if (value === undefined) return [];
    if (field.k !== "record") return [].concat(value);
    return [].concat(...[].concat(value).map((one) => textsAt(one, field.f, path.slice(1))));
  }

  function applies(field) {
    const conditions = Object.entries(field.unless || {});
    return !conditions.length || !conditions.every(([path, accepted]) => textsAt(state.root, form.fields, path.split(".")).some((text) => accepted.includes(text)));
  }

  function answered(field, of) {
    if (field.flag && of.v[field.flag] === "yes") return true;
    if (!record.says(field, of)) return false;
    if (!field.besides || of.u[field.n]) return true;
    const same = field.besides.map(record.slug);
    return of.v[field.n].filter((one) => record.saysAnything(field, one)).some((one) => !same.includes(record.slug(one.v[field.key] || "")));
  }

  // Every sentence of what is left in some fields, each with the way to its control.
  function left(fields, of, before) {
    const wanted = needs(), found = [];
    const add = (field, name, values) => found.push([say(name, { label: before + field.l, ...values }), () => controls.get(of)[field.n]()]);
    fields.filter((field) => field.n !== form.type || of !== state.root).forEach((field) => {
      const needed = field.need && wanted.has(field.need), other = field.or && fields.find((one) => one.n === field.or);
      if (needed && !answered(field, of) && applies(field) && !(other && (answered(other, of) || fields.indexOf(other) < fields.indexOf(field)))) {
        if (record.says(field, of)) add(field, "only_besides");
        else add(field, "empty");
      }
      const value = of.v[field.n];
      if (of.u[field.n] || value === undefined) return;
      if (field.k === "record") {
        const entries = field.many ? value : [value];
        entries.forEach((entry, place) => {
          if (record.saysAnything(field, entry)) found.push(...left(field.f, entry, before + (field.many ? field.one + " " + (place + 1) : field.l) + words.colon + " "));
        });
        return;
      }
      if (field.k === "source") return;
      [].concat(value).forEach((text) => {
        const wrong = fault(field, text);
        if (wrong) add(field, wrong, { num: field.max, name: record.slug(text) || text });
      });
      if (field.id && state.root.v[form.sources].some((one) => one !== of && record.saysAnything(sourceField, one) && record.slug(one.v[field.n] || "") === record.slug(value))) add(field, "twice");
    });
    return found;
  }

  // ---- the page ---------------------------------------------------------------------------------

  const questions = make("div"), body = make("section.write-section"), draftLine = make("p.write-draft"), draftTold = make("p.write-status", { role: "status" });
  const leftTold = make("p.write-status", { role: "status" }), leftList = make("ul.write-left");
  const fileName = make("p"), told = make("p.write-status", { role: "status" }), outLink = make("p");
  const sheet = make("textarea", { rows: "12", readonly: true, spellcheck: "false", "aria-label": words.out });
  const look = make("details", { on: { toggle: () => showOut() } }, make("summary", {}, words.look), sheet);

  const titleField = form.fields.find((field) => field.r === "title");
  const currentName = () => record.fileName(form, (titleField && state.root.v[titleField.n]) || "");
  const currentText = () => record.fileText(form, state);

  function kinds() {
    if (form.kinds.length < 2) return null;
    return make("fieldset.write-question", {}, make("legend", {}, words.kind), make("ul.write-terms", {}, ...form.kinds.map(([id, label, meaning]) => {
      const box = make("input", { type: "radio", name: "write-kind", checked: id === state.kind, on: { change: () => {
        state.kind = id;
        ask();
        changed();
      } } });
      return make("li", {}, make("label", {}, box, make("span", {}, make("strong", {}, label), meaning ? make("span.write-meaning", {}, meaning) : null)));
    })));
  }

  // The needed questions, section by section, then the others, folded. Sources stand before what cites them.
  function ask() {
    controls = new WeakMap();
    sourceLists = [];
    sourcesFrame = null;
    const wanted = needs(), cites = (field) => (field.f || []).some((member) => member.k === "source" || cites(member));
    const isNeeded = (field) => Boolean(field.need) && wanted.has(field.need);
    const shown = form.fields.filter((field) => field.n !== form.type);
    const sections = [["", words.first], ...form.sections].map(([id, title]) => [title, shown.filter((field) => (field.s || "") === id)]);
    const citing = sections.findIndex((section) => section[1].some((field) => cites(field) && isNeeded(field)));
    const home = sections.findIndex((section) => section[1].includes(sourceField));
    if (citing >= 0 && home > citing) {
      const rest = sections[home][1].filter((field) => field !== sourceField);
      sections[home] = [sections[home][0], rest];
      sections.splice(citing, 0, [sourceField.l, [sourceField]]);
    }
    const open = [], folds = [];
    sections.forEach(([title, fields]) => {
      const here = fields.filter(isNeeded), others = fields.filter((field) => !isNeeded(field));
      const draw = (field) => question(field, state.root, shown, isNeeded(field));
      if (here.length) open.push(make("section.write-section", {}, make("h2", {}, title), ...here.map(draw)));
      else if (others.length === 1 && others[0] === sourceField && citing >= 0) open.push(make("details.write-fold", {}, make("summary", {}, title), draw(sourceField)));
      if (others.length && !(others.length === 1 && others[0] === sourceField && citing >= 0)) folds.push(make("details.write-fold", {}, make("summary", {}, title), ...others.map(draw)));
    });
    fill(questions, ...open, folds.length ? make("section.write-section", {}, make("h2", {}, words.more), ...folds) : null);
    texts();
  }

  function texts() {
    const headings = form.headings.length ? form.headings : [words.text_label];
    fill(body, make("h2", {}, words.text), make("p.write-help", {}, words.text_help), ...headings.map((title, place) => {
      const field = { k: "text" };
      const control = textControl(field, state.texts[place], (typed) => { state.texts[place] = typed; }, "");
      return make("div.write-question", {}, make("label", { for: control.id }, title), control);
    }));
  }

  let waiting = 0;

  function changed() {
    touched = true;
    clearTimeout(waiting);
    waiting = setTimeout(settle, 200);
  }

  // What follows from a change: the draft, the lists of sources, what is left, the file.
  function settle() {
    clearTimeout(waiting);
    keep();
    sourceLists.forEach((refresh) => refresh());
    const found = left(form.fields, state.root, "");
    const sentence = found.length ? say("left_some", { num: found.length }) : words.left_none;
    if (leftTold.textContent !== sentence) leftTold.textContent = sentence;
    fill(leftList, ...found.map(([text, go]) => make("li", {}, button(text, go))));
    showOut();
    showDraft();
  }

  function showOut() {
    const name = currentName(), text = currentText();
    fileName.textContent = say("file_name", { name: form.folder + name });
    if (look.open) sheet.value = text;
    if (!form.new) return;
    const empty = form.new + "?filename=" + encodeURIComponent(name), whole = empty + "&value=" + encodeURIComponent(text);
    const fits = whole.length < LONGEST_ADDRESS;
    fill(outLink, make("a", { href: fits ? whole : empty, target: "_blank", rel: "noopener noreferrer" }, fits ? words.new_file : words.new_empty), fits ? null : " " + words.too_long);
  }

  function save() {
    settle();
    const name = currentName();
    casebook.download(name, currentText(), "text/markdown");
    told.textContent = say("saved", { name });
  }

  function copy() {
    settle();
    const show = () => {
      look.open = true;
      sheet.value = currentText();
      sheet.focus();
      sheet.select();
    };
    if (!navigator.clipboard) return show();
    return navigator.clipboard.writeText(currentText()).then(() => { told.textContent = words.copied; }, show);
  }

  function showDraft() {
    if (draftLine.getAttribute("data-asks")) return;
    fill(draftLine, canKeep ? words.kept : words.blocked, canKeep && touched ? " " : null, canKeep && touched ? button(words.forget, askToForget) : null);
  }

  function askToForget() {
    draftLine.setAttribute("data-asks", "yes");
    const done = () => {
      draftLine.removeAttribute("data-asks");
      showDraft();
    };
    const forget = button(words.yes, () => {
      clearTimeout(waiting);
      try {
        localStorage.removeItem(KEY);
      } catch (error) {
        // Then nothing is kept.
      }
      touched = false;
      state = stateOf(null);
      done();
      start();
      draftTold.textContent = words.forgotten;
      place.querySelector("input, textarea").focus();
    });
    fill(draftLine, words.sure + " ", forget, " ", button(words.no, done));
    forget.focus();
  }

  function start() {
    fill(place, make("p.write-help", {}, words.rule), draftTold, draftLine, kinds(), questions, body,
      make("section.write-section", {}, make("h2", {}, words.left), leftTold, leftList),
      make("section.write-section", {}, make("h2", {}, words.out), make("p.write-help", {}, say("out_help", { folder: form.folder })), fileName,
        make("p.write-line", {}, button(words.save, save), button(words.copy, copy)), told, form.new ? outLink : null, look));
    ask();
    settle();
  }

  const kept = draft();
  if (isPlain(kept)) {
    state = stateOf(kept);
    touched = true;
    draftTold.textContent = words.back;
  }
  if (words.language !== document.documentElement.lang) place.lang = words.language;
  start();
  window.addEventListener("pagehide", () => { if (touched) keep(); });
  window.addEventListener("beforeunload", (event) => {
    if (touched && !canKeep) event.preventDefault();
  });
})();
