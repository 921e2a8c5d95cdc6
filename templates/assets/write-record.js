// The text of a record as the form writes it: the name of its file, its fields as YAML, its body.
// Pure functions: what is typed goes in, text comes out. Any reader of YAML takes the same from it.
//
// A value is a text, a list of texts, a node or a list of nodes. A node is a record of fields:
//   {v: values by field, u: {field: true} where nobody knows, i: number, a: an id made by the form}
(function () {
  "use strict";
  const casebook = (window.casebook = window.casebook || {});

  // ---- the name of the file: as `fitting_slug` of generator/base/names.py -----------------------

  const LONGEST_NAME = 200;
  const INVISIBLE = /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;
  const RESERVED = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])$/i;
  const MARK = /\p{M}/u, LETTER = /[\p{L}\p{N}]/u;
  const bytes = (text) => new TextEncoder().encode(text);

  // A text without what no file of text may hold: control characters, halves of a character.
  const legible = (text) => text.replace(/[\ud800-\udfff]/gu, "\ufffd")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u0084\u0086-\u009f]|\p{Noncharacter_Code_Point}/gu, "");

  function slug(text) {
    const lowered = legible(text).replace(INVISIBLE, "").normalize("NFC").toLowerCase()
      .replace(/i\u0307+/g, "i").normalize("NFC");
    let spaced = "";
    for (const c of lowered) spaced += LETTER.test(c) || (MARK.test(c) && spaced && !spaced.endsWith(" ")) ? c : " ";
    return spaced.split(" ").filter(Boolean).join("-");
  }

  function fittingSlug(text) {
    const name = slug(text);
    if (bytes(name).length <= LONGEST_NAME) return name;
    const letters = Array.from(name);
    let end = 0;
    for (let size = 0; size + bytes(letters[end]).length <= LONGEST_NAME; end += 1) size += bytes(letters[end]).length;
    while (end && MARK.test(letters[end])) end -= 1;
    const start = letters.slice(0, end).join(""), cut = letters[end] === "-" ? -1 : start.lastIndexOf("-");
    return slug(cut > 0 ? start.slice(0, cut) : start);
  }

  // Whether a file and a page may have this name.
  const mayName = (name) => Boolean(name) && name !== "index" && name !== "unknown" && !RESERVED.test(name);

  // ---- YAML -------------------------------------------------------------------------------------

  const PLAIN = /^[A-Za-z](?:[A-Za-z0-9 -]*[A-Za-z0-9-])?$/;
  const WORDS = /^(?:y|n|yes|no|true|false|on|off|null|none)$/i;
  const DATE = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/, DIGITS = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
  // JSON leaves these as they are; to YAML they are line breaks, or marks that nobody sees.
  const HIDDEN = /[\u0085\u00ad\u2028\u2029\ufeff]/g;

  function scalar(typed, kind) {
    const text = legible(typed);
    if (PLAIN.test(text) && !WORDS.test(text)) return text;
    if ((kind === "date" && DATE.test(text)) || (kind === "number" && DIGITS.test(text))) return text;
    return JSON.stringify(text).replace(HIDDEN, (mark) => "\\u" + mark.charCodeAt(0).toString(16).padStart(4, "0"));
  }

  const isBlank = (text) => !/\S/.test(text);

  // Whether a field says anything: a value, or that nobody knows.
  function says(field, node) {
    if (node.u[field.n]) return true;
    const value = node.v[field.n];
    if (value === undefined) return false;
    if (field.k === "record") return (field.many ? value : [value]).some((entry) => saysAnything(field, entry));
    return field.many ? value.some((text) => !isBlank(text)) : !isBlank(value);
  }

  // Whether an entry was begun: an id that the form made, and the question of a row, are no answer.
  function saysAnything(field, node) {
    return field.f.some((member) => says(member, node)
      && !(field.rows && member.n === field.key)
      && !(member.id && !node.u[member.n] && node.v[member.n] === node.a));
  }

  // Yields the lines of some fields of a node. `ids` are the ids of sources by their numbers.
  function lines(fields, node, indent, ids) {
    const out = [];
    fields.filter((field) => says(field, node)).forEach((field) => {
      const start = indent + scalar(field.n) + ":", value = node.v[field.n];
      const text = (one) => scalar(field.k === "source" ? ids.get(one) : one, field.k);
      if (node.u[field.n]) out.push(start + " unknown");
      else if (field.k === "record") {
        out.push(start);
        (field.many ? value.filter((entry) => saysAnything(field, entry)) : [value]).forEach((entry) => {
          const inner = lines(field.f, entry, indent + (field.many ? "    " : "  "), ids);
          if (field.many) inner[0] = indent + "  - " + inner[0].trim();
          out.push(...inner);
        });
      } else if (field.many) {
        out.push(start, ...value.filter((one) => !isBlank(one)).map((one) => indent + "  - " + text(one)));
      } else out.push(start + " " + text(value));
    });
    return out;
  }

  // The ids of the sources by the numbers of their entries.
  function sourceIds(form, root) {
    const field = form.fields.find((one) => one.n === form.sources);
    const id = field && field.f.find((member) => member.id), ids = new Map();
    if (id && !root.u[field.n]) {
      (root.v[field.n] || []).forEach((entry) => {
        if (!isBlank(entry.v[id.n] || "") && saysAnything(field, entry)) ids.set(String(entry.i), entry.v[id.n]);
      });
    }
    return ids;
  }

  // A copy of a node whose claims name no source that is gone.
  function cited(fields, node, ids) {
    const v = {};
    fields.forEach((field) => {
      const value = node.v[field.n];
      if (value === undefined) return;
      if (field.k === "source") v[field.n] = field.many ? value.filter((one) => ids.has(one)) : ids.has(value) ? value : "";
      else if (field.k === "record") v[field.n] = field.many ? value.map((one) => cited(field.f, one, ids)) : cited(field.f, value, ids);
      else v[field.n] = value;
    });
    return { ...node, v };
  }

  // The text below the fields: each heading that has one. `texts` are in the order of the headings.
  function body(headings, texts) {
    return (headings.length ? headings : [""]).map((heading, place) => {
      const text = legible(texts[place] || "").replace(/^(?:[ \t]*\n)+|\s+$/g, "");
      return text && (heading ? "## " + heading + "\n\n" : "") + text + "\n";
    }).filter(Boolean).join("\n");
  }

  // The whole file. `state` is {kind, root, texts}.
  function fileText(form, state) {
    const ids = sourceIds(form, state.root), root = cited(form.fields, state.root, ids);
    if (form.type) root.v = { ...root.v, [form.type]: state.kind };
    root.u = { ...root.u, [form.type]: false };
    const text = body(form.headings, state.texts);
    return ["---", ...lines(form.fields, root, "", ids), "---", ...(text ? ["", text] : [""])].join("\n");
  }

  function fileName(form, title) {
    const name = fittingSlug(title.split(/\s+/).filter(Boolean).join(" "));
    return (mayName(name) ? name : fittingSlug(form.record) || "new") + ".md";
  }

  casebook.record = { slug, fittingSlug, mayName, scalar, isBlank, says, saysAnything, fileText, fileName };
})();
