// What the scripts of pages share: elements, sentences, addresses, files that are loaded or saved,
// links that are copied. It knows no page.
(function () {
  "use strict";
  if (!("noModule" in document.createElement("script")) || !window.URL) return;
  const casebook = (window.casebook = window.casebook || {});
  const ROOT = new URL("..", document.currentScript.src || location.href).href;

  // An element: its name and class as in "p.quiet", its attributes, its children.
  casebook.make = function (what, given, ...children) {
    const [name, ...classes] = what.split("."), element = document.createElement(name);
    if (classes.length) element.className = classes.join(" ");
    Object.entries(given || {}).forEach(([key, value]) => {
      if (key === "on") Object.entries(value).forEach(([event, act]) => element.addEventListener(event, act));
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== undefined && value !== "") element.setAttribute(key, value);
    });
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };

  casebook.fill = function (element, ...children) {
    element.textContent = "";
    element.append(...children.filter(Boolean));
  };

  // A sentence with values in place of what stands in braces.
  casebook.say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, key) => values[key]);

  // A value in an address: a point divides values there, and other signs are cut off by programs
  // that show links. A torn address is read as far as it can be.
  casebook.encode = (text) => encodeURIComponent(text).replace(/[.!'()*~]/g,
    (letter) => "%" + letter.charCodeAt(0).toString(16).toUpperCase());

  casebook.decode = function (text) {
    try {
      return decodeURIComponent(text.replace(/\+/g, " "));
    } catch (error) {
      return text;
    }
  };

  // The address of a path of the site.
  casebook.to = (path) => ROOT + path.split("/").map(encodeURIComponent).join("/");

  const loading = new Map();

  // What a case says is loaded by many pages: its version stands in the index of all cases.
  let ofTexts = null;
  function versionOf(path) {
    const data = casebook.explorer && casebook.explorer.data;
    if (!data || !data.texts) return "";
    ofTexts = ofTexts || new Map(data.cases.map((row) => [data.texts + row[0] + ".js", row[10]]));
    return ofTexts.get(path);
  }

  // Loads a script of data once; after a broken line the next call tries again. With another version
  // it has another address, so that a browser does not take what it kept.
  casebook.load = function (path, version = versionOf(path)) {
    if (!loading.has(path)) {
      loading.set(path, new Promise((done, failed) => {
        document.head.append(casebook.make("script", { src: casebook.to(path) + (version ? "?v=" + version : ""), on: { load: done, error: () => {
          loading.delete(path);
          failed(new Error(path));
        } } }));
      }));
    }
    return loading.get(path);
  };

  const versions = new Map(Array.from(document.querySelectorAll("[data-later]")).map((place) =>
    place.getAttribute("data-later").split(" ").map((pair) => pair.split("="))).flat());

  // Loads scripts of this site that the page names as needed later.
  casebook.need = (...names) => Promise.all(names.map((name) => casebook.load("assets/" + name + ".js", versions.get(name))));

  // Hands a text over as a file.
  casebook.download = function (name, text, type) {
    const file = new Blob([text], { type: type + ";charset=utf-8" });
    const link = casebook.make("a", { href: URL.createObjectURL(file), download: name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000); // some phones ask before they save
  };

  // A button that copies an address, by default that of the page; where the browser forbids it, the
  // address stands ready to copy.
  casebook.copyLink = function (words, address = () => location.href) {
    const told = casebook.make("span", { role: "status" });
    const field = casebook.make("input", { type: "text", readonly: true, hidden: true, "aria-label": words.link });
    const copy = () => {
      const text = address();
      const show = () => {
        field.hidden = false;
        field.value = text;
        field.select();
      };
      if (!navigator.clipboard) return show();
      return navigator.clipboard.writeText(text).then(() => { told.textContent = words.copied; }, show);
    };
    return [casebook.make("button", { type: "button", on: { click: copy } }, words.link), told, field];
  };
})();
