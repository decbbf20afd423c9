// Lets tests use the API of the extension host. Every line that comes through the socket names an operation and its
// arguments; the answer is one line, too. Offsets are UTF-16 code units in the active editor's document.

const net = require("node:net");
const readline = require("node:readline");
const vscode = require("vscode");

const editor = () => {
  if (!vscode.window.activeTextEditor) throw new Error("no editor is active");
  return vscode.window.activeTextEditor;
};
const document = () => editor().document;
const at = (offset) => document().positionAt(offset);
const range = (start, end) => new vscode.Range(at(start), at(end));
const ASKED_AGAIN = 20;

/** What providers give. VS Code takes the question back when one of them goes, as when a server restarts; then it is asked again. */
async function provided(provider, ...rest) {
  for (let again = 0; ; again++) {
    try {
      return await vscode.commands.executeCommand(`vscode.execute${provider}`, document().uri, ...rest);
    } catch (error) {
      if (again === ASKED_AGAIN || !String(error?.name ?? error).startsWith("Cancel")) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const markdown = (content) => (typeof content === "string" ? content : content.value);
const label = (item) => (typeof item.label === "string" ? item.label : item.label.label);

/** A place in any file, with the text that is there. */
async function place(location) {
  const uri = location.targetUri ?? location.uri;
  const where = location.targetSelectionRange ?? location.targetRange ?? location.range;
  const target = await vscode.workspace.openTextDocument(uri);
  return { path: uri.fsPath, start: target.offsetAt(where.start), text: target.getText(where) };
}

const symbol = (one) => ({
  name: one.name,
  kind: vscode.SymbolKind[one.kind],
  children: (one.children ?? []).map(symbol),
});

async function actions(start, end, kind, resolved = 0) {
  const found = await provided("CodeActionProvider", range(start, end), kind || undefined, resolved);
  return found ?? [];
}

const operations = {
  async open(path) {
    const opened = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
    await vscode.window.showTextDocument(opened, { preview: false });
    return opened.languageId;
  },
  text: () => document().getText(),
  active: () => vscode.window.activeTextEditor?.document.uri.fsPath ?? null,
  async select(start, end) {
    editor().selection = new vscode.Selection(at(start), at(end));
    // The window learns of it later than the extension host; any command that it runs itself comes after that.
    await vscode.commands.executeCommand("setContext", "thoughtsmith-tests.selected", true);
  },
  selection: () => [document().offsetAt(editor().selection.start), document().offsetAt(editor().selection.end)],
  replace: (start, end, text) => editor().edit((edit) => edit.replace(range(start, end), text)),
  save: () => document().save(),
  extension(id) {
    const found = vscode.extensions.getExtension(id);
    return found ? { active: found.isActive, path: found.extensionPath } : null;
  },
  diagnostics: () =>
    vscode.languages.getDiagnostics(document().uri).map((one) => ({
      source: one.source ?? "",
      code: String(one.code?.value ?? one.code ?? ""),
      severity: vscode.DiagnosticSeverity[one.severity],
      message: one.message,
      start: document().offsetAt(one.range.start),
      text: document().getText(one.range),
    })),
  async completions(offset, trigger) {
    const list = await provided("CompletionItemProvider", at(offset), trigger ?? undefined, 200);
    return list.items.map((item) => ({ label: label(item), kind: vscode.CompletionItemKind[item.kind] }));
  },
  async hover(offset) {
    const hovers = await provided("HoverProvider", at(offset));
    return hovers.map((hover) => hover.contents.map(markdown).join("\n"));
  },
  definition: async (offset) => Promise.all((await provided("DefinitionProvider", at(offset))).map(place)),
  references: async (offset) => Promise.all((await provided("ReferenceProvider", at(offset))).map(place)),
  async rename(offset, name) {
    const edit = await vscode.commands.executeCommand("vscode.executeDocumentRenameProvider", document().uri, at(offset), name);
    return vscode.workspace.applyEdit(edit);
  },
  symbols: async () => ((await provided("DocumentSymbolProvider")) ?? []).map(symbol),
  actions: async (start, end, kind) =>
    (await actions(start, end, kind)).map((action) => ({ title: action.title, kind: action.kind?.value ?? "" })),
  async apply(start, end, kind, title) {
    const action = (await actions(start, end, kind, 100)).find((one) => one.title.includes(title));
    if (!action) throw new Error(`${title} is not offered`);
    if (action.edit) await vscode.workspace.applyEdit(action.edit);
    if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  },
  configure: (name, value) =>
    vscode.workspace.getConfiguration().update(name, value ?? undefined, vscode.ConfigurationTarget.Workspace),
  configured: (name) => vscode.workspace.getConfiguration().get(name) ?? null,
  trusted: () => vscode.workspace.isTrusted,
  command: async (id, ...rest) => {
    await vscode.commands.executeCommand(id, ...rest);
  },
  // One that waits for the user.
  start: (id, ...rest) => {
    void vscode.commands.executeCommand(id, ...rest);
  },
};

exports.activate = (context) => {
  const socket = net.connect(process.env.THOUGHTSMITH_TEST_SOCKET);
  context.subscriptions.push({ dispose: () => socket.destroy() });
  readline.createInterface({ input: socket }).on("line", async (line) => {
    const [id, operation, ...rest] = JSON.parse(line);
    let answer;
    try {
      answer = { id, result: (await operations[operation](...rest)) ?? null };
    } catch (error) {
      answer = { id, error: String(error?.stack ?? error) };
    }
    socket.write(`${JSON.stringify(answer)}\n`);
  });
};
