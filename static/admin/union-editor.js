// The text editor of the article form. Everything it can make is what the server keeps (articles/html.py).
import {
  Editor, Document, Paragraph, Text, Heading, Bold, Italic, Underline, Strike, Subscript, Superscript, HardBreak,
  BulletList, OrderedList, ListItem, Blockquote, HorizontalRule, Link, Image, Figure, Caption, Table, TableRow,
  TableCell, TableHeader, History, Dropcursor, Gapcursor, NoSpellCheck,
} from "../django_prose_editor/editor.js";
import { choosePicture, element } from "./union-pictures.js";

const _ = window.gettext;

const EXTENSIONS = [
  Document, Paragraph, Text, Heading.configure({ levels: [2, 3, 4] }), Bold, Italic, Underline, Strike, Subscript,
  Superscript, HardBreak, BulletList, OrderedList, ListItem, Blockquote, HorizontalRule,
  Link.configure({ enableTarget: false, protocols: ["http", "https", "mailto", "tel"], autolink: false }),
  Image, Figure, Caption, Table.configure({ resizable: false }), TableRow, TableCell, TableHeader, History,
  Dropcursor, Gapcursor, NoSpellCheck,
];

// name, what it does, when it is pressed, when it is shown
const inTable = (editor) => editor.isActive("table");
const TOOLS = [
  [_("Paragraph"), (run) => run.setParagraph(), (editor) => editor.isActive("paragraph")],
  [_("Heading"), (run) => run.toggleHeading({ level: 2 }), (editor) => editor.isActive("heading", { level: 2 })],
  [_("Smaller heading"), (run) => run.toggleHeading({ level: 3 }), (editor) => editor.isActive("heading", { level: 3 })],
  [_("Bold"), (run) => run.toggleBold(), (editor) => editor.isActive("bold")],
  [_("Emphasis dots"), (run) => run.toggleItalic(), (editor) => editor.isActive("italic")],
  [_("List"), (run) => run.toggleBulletList(), (editor) => editor.isActive("bulletList")],
  [_("Numbered list"), (run) => run.toggleOrderedList(), (editor) => editor.isActive("orderedList")],
  [_("Quotation"), (run) => run.toggleBlockquote(), (editor) => editor.isActive("blockquote")],
  [_("Link"), askLink, (editor) => editor.isActive("link")],
  [_("Picture"), insertPicture],
  [_("Table"), (run) => run.insertTable({ rows: 3, cols: 3, withHeaderRow: true }), null, (editor) => !inTable(editor)],
  [_("Add row"), (run) => run.addRowAfter(), null, inTable],
  [_("Add column"), (run) => run.addColumnAfter(), null, inTable],
  [_("Remove row"), (run) => run.deleteRow(), null, inTable],
  [_("Remove column"), (run) => run.deleteColumn(), null, inTable],
  [_("Remove table"), (run) => run.deleteTable(), null, inTable],
  [_("Undo"), (run) => run.undo()],
  [_("Redo"), (run) => run.redo()],
];

function askLink(run, editor) {
  const input = element("input", { type: "text", value: editor.getAttributes("link").href ?? "", className: "vTextField" });
  const form = element("form", { method: "dialog" }, [
    element("label", {}, [_("Address of the link"), input]),
    element("p", { className: "help" }, [_("Leave it empty to remove the link.")]),
    element("button", { className: "default" }, [_("Set the link")]),
  ]);
  const dialog = element("dialog", { className: "union-dialog" }, [form]);
  dialog.setAttribute("aria-label", _("Link"));
  form.addEventListener("submit", () => {
    const chain = editor.chain().focus().extendMarkRange("link");
    const href = input.value.trim();
    (href ? chain.setLink({ href }) : chain.unsetLink()).run();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

async function insertPicture(run, editor, textarea) {
  const picture = await choosePicture(textarea);
  if (!picture) return;
  const content = [{ type: "image", attrs: { src: picture.url, alt: picture.alt } }];
  if (picture.caption) content.push({ type: "caption", content: [{ type: "text", text: picture.caption }] });
  editor.chain().focus().insertContent([{ type: "figure", content }, { type: "paragraph" }]).run();
}

// What Word and WeChat bring along beside the words: styles, handlers, pictures of other sites.
function withoutStyling(html) {
  return html
    .replace(/<(style|script|xml|title)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/\s(?:style|on\w+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi, "")
    .replace(/<img\b(?![^>]*\ssrc\s*=\s*["']?\/(?!\/))[^>]*>/gi, "");
}

function makeToolbar(editor, textarea) {
  const bar = element("div", { className: "union-tools" });
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", _("Text tools"));
  const refreshers = TOOLS.map(([name, act, pressed, shown]) => {
    const button = element("button", { type: "button", textContent: name });
    button.addEventListener("click", () => {
      const run = act === askLink || act === insertPicture ? null : editor.chain().focus();
      const chain = act(run, editor, textarea);
      if (run) chain.run();
    });
    bar.append(button);
    return () => {
      if (pressed) button.setAttribute("aria-pressed", pressed(editor));
      if (shown) button.hidden = !shown(editor);
    };
  });
  const refresh = () => refreshers.forEach((one) => one());
  editor.on("transaction", refresh);
  refresh();
  return bar;
}

function start(textarea) {
  const box = element("div", { className: "union-editor" });
  const page = element("div", { className: "union-page" });
  const count = element("p", { className: "help union-count" });
  textarea.before(box);
  textarea.hidden = true;
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const editor = new Editor({
    element: page,
    injectCSS: false,
    extensions: EXTENSIONS,
    content: textarea.value,
    editorProps: { transformPastedHTML: withoutStyling, attributes: { "aria-label": label?.textContent.replace(/[:：]\s*$/, "") ?? "", role: "textbox", "aria-multiline": "true" } },
    onUpdate: () => {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      showCount();
    },
  });
  const showCount = () => {
    count.textContent = interpolate(_("Characters: %s"), [editor.getText().replace(/\s/g, "").length]);
  };
  box.append(makeToolbar(editor, textarea), page, count);
  label?.addEventListener("click", () => editor.commands.focus());
  showCount();
}

function startLeadPicture(select, textarea) {
  const button = element("button", { type: "button", className: "union-choose", textContent: _("Choose or upload a picture") });
  select.parentElement.append(button);
  button.addEventListener("click", async () => {
    const picture = await choosePicture(textarea);
    if (!picture) return;
    select.querySelector(`option[value="${picture.id}"]`)?.remove();
    select.append(new Option(picture.alt, picture.id, true, true));
    django.jQuery(select).trigger("change");
  });
}

const body = document.querySelector("textarea.union-body");
if (body) {
  start(body);
  const lead = document.querySelector("select#id_lead_image");
  if (lead) startLeadPicture(lead, body);
  const form = body.form;
  let dirty = false;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}
